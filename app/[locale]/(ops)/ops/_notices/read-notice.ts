import { notFound } from "next/navigation";
import { cache } from "react";

import { findNotice } from "@/domain/incidents/find-notice";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

export type NoticeParams = Promise<{ number?: string; noticeId: string }>;

/** The notice of an address, once per request; one of another incident, or of none, is not found. */
export async function readNoticeAt(params: NoticeParams) {
  const { number, noticeId } = await params;
  const { ctx, read } = await readOnce(noticeId);
  if ((read.incident?.number ?? undefined) !== number) notFound();
  return { ctx, read };
}

const readOnce = cache(async (noticeId: string) => {
  const ctx = await requireContext("notice.readDrafts");
  return { ctx, read: await orNotFound(findNotice(ctx, { noticeId })) };
});
