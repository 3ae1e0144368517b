import { notFound } from "next/navigation";

import { findNotice } from "@/domain/incidents/find-notice";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

export type NoticeParams = Promise<{ number?: string; noticeId: string }>;

/** The notice of an address; one of another incident, or of none, is not found. */
export async function readNoticeAt(params: NoticeParams) {
  const { number, noticeId } = await params;
  const ctx = await requireContext("notice.readDrafts");
  const read = await orNotFound(findNotice(ctx, { noticeId }));
  if ((read.incident?.number ?? undefined) !== number) notFound();
  return { ctx, read };
}
