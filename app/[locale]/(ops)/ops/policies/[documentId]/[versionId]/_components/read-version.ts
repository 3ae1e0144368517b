import { cache } from "react";

import { findVersion } from "@/domain/policies/find-version";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

export type VersionParams = Promise<{ documentId: string; versionId: string }>;

/** The version of an address, once per request. */
export async function readVersionAt(params: VersionParams) {
  return readOnce((await params).versionId);
}

const readOnce = cache(async (versionId: string) => {
  const ctx = await requireContext("policy.readDrafts");
  return { ctx, read: await orNotFound(findVersion(ctx, { versionId })) };
});
