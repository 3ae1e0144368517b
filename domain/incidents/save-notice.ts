import { eq } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { type Notice, notices } from "@/db/schema";
import { formatTime } from "@/lib/format";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import type { RecordedStep } from "../verb";
import { lockNotice, type NoticeWithIncident } from "./find";

/** A notice that may still be edited. @throws Conflict when it is published, discarded, or somebody saved meanwhile */
export async function lockEditable(
  tx: Tx,
  { noticeId, revision }: { noticeId: string; revision: number },
): Promise<NoticeWithIncident> {
  const found = await lockNotice(tx, noticeId);
  const { status, updatedAt } = found.notice;
  if (status === "published") throw new Conflict("notices.errors.published");
  if (status === "discarded") throw new Conflict("notices.errors.movedOn");
  if (found.notice.revision !== revision)
    throw new Conflict("notices.errors.editedMeanwhile", { time: formatTime(updatedAt) });
  return found;
}

/**
 * Writes an edit. A notice in review goes back to draft, so no approval can fall on something its
 * reviewer did not see, and whoever edits may not approve it.
 */
export async function writeEdit(
  { tx, actor, now, record }: RecordedStep,
  notice: Notice,
  set: Partial<Notice>,
): Promise<{ revision: number }> {
  const revision = notice.revision + 1;
  await tx
    .update(notices)
    .set({
      ...set,
      status: "draft",
      contentHash: null,
      submittedAt: null,
      writerIds: [...new Set([...notice.writerIds, person(actor).id])],
      revision,
      updatedAt: now,
    })
    .where(eq(notices.id, notice.id));
  if (notice.status === "in_review")
    await record("notice.returned", {
      subject: { type: "notice", id: notice.id },
      before: { contentHash: notice.contentHash },
      after: { reason: "edited" },
    });
  return { revision };
}
