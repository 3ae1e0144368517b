import { and, eq } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { type Notice, notices } from "@/db/schema";
import type { NoticeType } from "@/db/vocabulary/incidents";
import { hashOf } from "@/lib/hash";

import { Invalid } from "../errors";
import { saveDraft } from "../reviews/draft";
import { verb } from "../verb";
import { lockEditable } from "./find";
import { noticeInput } from "./input";
import { NOTICE } from "./review-kind";

/**
 * Saves the composer. A later notice may still become another kind of later notice. Saving what is
 * there changes nothing. @throws Conflict, Invalid
 */
export const editNotice = verb({
  may: "notice.draft",
  input: noticeInput,

  async run(step, { noticeId, revision, type, visibility, ...rest }) {
    const { notice, incident } = await lockEditable(step.tx, { noticeId, revision });
    const incidentNumber = incident?.number ?? null;
    const { notifies, silentReason, correctsId, ...parts } = rest;
    assertType(notice, type);
    const fields = {
      type,
      parts,
      notifies,
      silentReason: notifies ? null : silentReason,
      correctsId: type === "correction" ? correctsId : null,
      visibility: notice.incidentId ? notice.visibility : (visibility ?? notice.visibility),
    };
    if (fields.correctsId) await assertPublished(step.tx, notice, fields.correctsId);
    if (hashOf(fieldsOf(notice)) === hashOf(fields))
      return step.unchanged({ revision, incidentNumber });
    const saved = await saveDraft(step, NOTICE, { draft: notice, own: fields });
    await step.record("notice.edited", {
      id: noticeId,
      before: { textHash: hashOf(fieldsOf(notice)) },
      after: { textHash: hashOf(fields), revision: saved.revision },
    });
    return { ...saved, incidentNumber };
  },
});

const fieldsOf = (notice: Notice) => {
  const { type, parts, notifies, silentReason, correctsId, visibility } = notice;
  return { type, parts, notifies, silentReason, correctsId, visibility };
};

/** The first notice stays the first, an announcement an announcement. @throws Invalid */
function assertType(notice: Notice, type: NoticeType): void {
  const isFixed = (one: NoticeType) => one === "initial" || one === "announcement";
  if (notice.type !== type && (isFixed(notice.type) || isFixed(type)))
    throw new Invalid("errors.form", { type: ["notices.errors.type"] });
}

async function assertPublished(tx: Tx, notice: Notice, correctsId: string): Promise<void> {
  const found = await tx.$count(
    notices,
    and(
      eq(notices.id, correctsId),
      eq(notices.incidentId, notice.incidentId ?? notice.id),
      eq(notices.status, "published"),
    ),
  );
  if (found === 0)
    throw new Invalid("errors.form", { correctsId: ["notices.errors.missing.corrects"] });
}
