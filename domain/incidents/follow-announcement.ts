import { and, eq, inArray, max, ne } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { broadcasts, type Notice, notices, withdrawals } from "@/db/schema";
import type { NoticeParts } from "@/db/schema/incidents";
import { FOLLOW_KINDS, type FollowKind } from "@/db/vocabulary/incidents";

import { heldOfWritten } from "../broadcasts/hold";
import { Conflict } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { emptyParts, insertDraft } from "./draft-notice";
import { lockNotice, type NoticeWithIncident } from "./find";

/**
 * Starts what corrects a published announcement, adds to it or ends it: a notice of its own, which goes to
 * exactly those whom that one told. One at a time is on its way. A correction begins with its words.
 * @throws Conflict, NotFound
 */
export const followAnnouncement = verb({
  may: "notice.draft",
  input: z.object({ noticeId: uuid, kind: z.enum(FOLLOW_KINDS) }),

  async run(step, { noticeId, kind }) {
    const { tx } = step;
    const { notice: followed } = await lockNotice(tx, noticeId);
    const { productId, visibility, audience, broadcastId, silentReason } = followed;
    if (followed.type !== "announcement" || followed.status !== "published" || followed.followsId)
      throw new Conflict("notices.errors.follow.notPublished");
    await assertStands(tx, { followed, kind });
    const ofIt = eq(notices.followsId, noticeId);
    if ((await tx.$count(notices, and(ofIt, inArray(notices.status, ["draft", "in_review"])))) > 0)
      throw new Conflict("notices.errors.follow.anotherAhead");
    const [last] = await tx
      .select({ sequence: max(notices.sequence) })
      .from(notices)
      .where(and(ofIt, ne(notices.status, "discarded")));
    return insertDraft(step, {
      ...{ incidentId: null, productId, type: "announcement", visibility, audience },
      ...{ followsId: noticeId, followKind: kind, correctsId: null },
      sequence: (last?.sequence ?? 1) + 1,
      parts: firstWords(followed.parts, kind),
      notifies: broadcastId !== null,
      silentReason: broadcastId ? null : silentReason,
    });
  },
});

function firstWords(parts: NoticeParts, kind: FollowKind): NoticeParts {
  if (kind === "correction") return parts;
  const { title, actionability } = parts;
  return emptyParts(title, kind === "end" ? "information" : actionability);
}

/**
 * That what a notice follows can still be followed by it, and has told everybody whom it tells; nothing of
 * what follows nothing. Both are locked. @throws Conflict
 */
export async function assertMayFollow(
  tx: Tx,
  { notice: { followKind: kind }, followed }: Pick<NoticeWithIncident, "notice" | "followed">,
): Promise<void> {
  if (!followed || !kind) return;
  await assertStands(tx, { followed, kind });
  if (!followed.broadcastId) return;
  const [told] = await tx.select().from(broadcasts).where(eq(broadcasts.id, followed.broadcastId));
  if (told) await heldOfWritten(tx, told);
}

type Following = { followed: Notice; kind: FollowKind };

/** What was withdrawn is followed by nothing any more, and nothing ends twice. @throws Conflict */
async function assertStands(tx: Tx, { followed: { id }, kind }: Following): Promise<void> {
  const isWithdrawn = and(eq(withdrawals.subjectId, id), eq(withdrawals.decision, "approved"));
  if ((await tx.$count(withdrawals, isWithdrawn)) > 0)
    throw new Conflict("notices.errors.follow.withdrawn");
  if (kind !== "end") return;
  const hasEnded = and(
    eq(notices.followsId, id),
    eq(notices.followKind, "end"),
    eq(notices.status, "published"),
  );
  if ((await tx.$count(notices, hasEnded)) > 0) throw new Conflict("notices.errors.follow.ended");
}
