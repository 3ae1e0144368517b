import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { reviews } from "@/db/schema";
import { REVIEW_SUBJECTS } from "@/db/vocabulary/reviews";
import { recordOf } from "@/tests/support/record";
import { asOwner } from "@/tests/support/owner";
import { KINDS } from "@/tests/support/reviews";

describe.each(REVIEW_SUBJECTS)("a %s passes two people", (kind) => {
  const { given, approve, reject, edit, discard, history, returned } = KINDS[kind];

  test("a second person's yes stands with the hash and the content it was given for", async () => {
    const { author, approver, ...thing } = await given();
    await expect(approve(author, thing)).rejects.toMatchObject({ code: "not_allowed" });
    await approve(approver, thing);

    const rows = await db.select().from(reviews).where(eq(reviews.subjectId, thing.id));
    expect(rows).toMatchObject([
      {
        subjectType: kind,
        contentHash: thing.contentHash,
        reviewerId: approver.id,
        decision: "approved",
        reason: null,
      },
    ]);
    expect(rows[0]?.judged).not.toBeNull();
    expect(await recordOf(thing.id)).toContain(`${kind}.approved`);
  });

  test("whoever took part decides neither way, and nobody decides on what they did not see", async () => {
    const { approver, ...thing } = await given();
    const reason = "请改。";
    const other = { ...thing, contentHash: "0".repeat(64) };
    for (const act of [
      () => approve(approver, other),
      () => reject(approver, { ...other, reason }),
    ])
      await expect(act()).rejects.toMatchObject({
        messageKey: expect.stringMatching("notWhatWasSeen"),
      });

    const table = sql.raw(kind === "version" ? "policy_versions" : "notices");
    const took = sql`update ${table} set writer_ids = writer_ids || ${approver.id}::uuid where id = ${thing.id}`;
    await db.execute(took);
    for (const act of [
      () => approve(approver, thing),
      () => reject(approver, { ...thing, reason }),
    ])
      await expect(act()).rejects.toMatchObject({ messageKey: expect.stringMatching("ownWork") });
    expect(await db.$count(reviews, eq(reviews.subjectId, thing.id))).toBe(0);
  });

  test("what is sent back carries its reason until somebody edits it, and its history for good", async () => {
    const { author, approver, ...thing } = await given();
    await reject(approver, { ...thing, reason: "第二条没有写明接收方。" });
    expect(await returned(author, thing.id)).toBe("第二条没有写明接收方。");

    await edit(author, thing);
    expect(await returned(author, thing.id)).toBeNull();
    expect(await history(approver, thing.id)).toMatchObject({
      reviews: [{ decision: "rejected", judged: expect.anything() }],
      acts: [{ isReturn: false }],
    });
    await expect(approve(approver, thing)).rejects.toMatchObject({
      messageKey: expect.stringMatching("movedOn"),
    });
  });

  test("an edit of what waits takes it back, on record", async () => {
    const { author, approver, ...thing } = await given();
    await edit(author, thing);

    expect((await history(approver, thing.id)).acts).toMatchObject([
      { isReturn: false },
      { isReturn: true },
    ]);
    expect((await recordOf(thing.id)).slice(-2)).toEqual([`${kind}.returned`, `${kind}.edited`]);
  });

  test("the database keeps it: no own review, none without a reason, none of nothing, no change", async () => {
    const { author, approver, ...thing } = await given();
    await reject(approver, { ...thing, reason: "请改。" });
    const row = {
      subjectType: kind,
      subjectId: thing.id,
      contentHash: thing.contentHash,
      writerIds: [author.id],
      reviewerId: approver.id,
      decision: "rejected" as const,
      reason: "请改。",
      decidedAt: new Date(),
    };
    const broken = [
      [{ reviewerId: author.id }, "nobody_reviews_their_own_work"],
      [{ reason: " " }, "rejections_have_a_reason"],
      [{ reason: null }, "rejections_have_a_reason"],
      [{ subjectId: author.id }, /^reviews_.*_fk$/],
    ] as const;
    for (const [fault, constraint] of broken)
      await expect(db.insert(reviews).values({ ...row, ...fault })).rejects.toMatchObject({
        cause: { constraint: expect.stringMatching(constraint) },
      });
    for (const change of [
      sql`update reviews set reason = 'x' where subject_id = ${thing.id}`,
      sql`delete from reviews where subject_id = ${thing.id}`,
      sql`truncate reviews`,
    ])
      await expect(asOwner((own) => own.execute(change))).rejects.toMatchObject({
        cause: { code: "23001" },
      });
  });

  test("what was judged stays when its author discards it, and cannot be deleted", async () => {
    const { author, approver, ...thing } = await given();
    await reject(approver, { ...thing, reason: "请改。" });
    await discard(author, thing);

    expect((await history(approver, thing.id)).reviews).toHaveLength(1);
    const table = sql.raw(kind === "version" ? "policy_versions" : "notices");
    await expect(db.execute(sql`delete from ${table} where id = ${thing.id}`)).rejects.toThrow();
  });
});
