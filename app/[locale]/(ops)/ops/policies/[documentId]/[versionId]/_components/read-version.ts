import { findVersion } from "@/domain/policies/find-version";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

export type VersionParams = Promise<{ documentId: string; versionId: string }>;

/** The version of an address. */
export async function readVersionAt(params: VersionParams) {
  const { versionId } = await params;
  const ctx = await requireContext("policy.readDrafts");
  return { ctx, read: await orNotFound(findVersion(ctx, { versionId })) };
}
