import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, policyCorrections, policyTexts } from "@/db/schema";
import { hashOf } from "@/lib/hash";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenMajorChange, untilInForce } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { ANONYMOUS } from "../context";
import { listWaitingReviews } from "../reviews/waiting";
import { answerVersion } from "./answer";
import { listOpenCorrections, readCorrections } from "./corrections";
import { decideCorrection } from "./decide-correction";
import { draftVersion } from "./draft";
import { findReceipt, listOwnAccountsFor } from "./own-answers";
import { proposeCorrection } from "./propose-correction";
import { readVersion } from "./read";
import { readCopy } from "./read-copy";
import { searchPolicies } from "./search-policies";

const DAY = "2026-03-04 10:00";
const BEFORE = "我们重视您的**个人信息**,并新增了接收方。";
const AFTER = "我们很重视您的**个人信息**,并新增了接收方。";
const stranger = { actor: ANONYMOUS, now: beijing(DAY) };

async function given() {
  const desk = await givenMajorChange();
  const [asAuthor, asApprover] = [acting(desk.author, DAY), acting(desk.approver, DAY)];
  const proposed = {
    ...{ versionId: desk.next.id, locale: "zh-CN" as const },
    body: `# 一、引言\n\n${AFTER}\n`,
    reason: "漏字。",
  };
  return { ...desk, asAuthor, asApprover, proposed };
}

async function decide(
  { asApprover, next }: Awaited<ReturnType<typeof given>>,
  decision: "approved" | "rejected" = "approved",
  reason = "",
) {
  const { waiting } = await readCorrections(asApprover, { versionId: next.id });
  const contentHash = waiting?.correction.contentHash ?? "";
  return decideCorrection(asApprover, { versionId: next.id, contentHash, decision, reason });
}

const readNext = ({ slug }: { slug: string }) =>
  readVersion(stranger, { slug, label: "2.0", locale: "zh-CN" });

test("a slip is put right by two, everybody reads it with its record, and nobody is told again", async () => {
  const desk = await given();
  const told = await db.$count(broadcasts, eq(broadcasts.subjectId, desk.next.id));
  await proposeCorrection(desk.asAuthor, desk.proposed);
  expect((await readNext(desk)).corrections).toEqual([]);
  const { rows } = await listWaitingReviews(desk.asApprover, {});
  const ids = rows.filter(({ kind }) => kind === "correction").map(({ id }) => id);
  expect(await listOpenCorrections(desk.asApprover, { ids })).toContainEqual(
    expect.objectContaining({ versionId: desk.next.id, label: "2.0" }),
  );
  await decide(desk);

  const { text, version, corrections } = await readNext(desk);
  expect(JSON.stringify(text.blocks)).toContain("我们很重视您的");
  expect(version.contentHash).not.toBe(desk.next.contentHash);
  expect(corrections).toMatchObject([
    { reason: "漏字。", locale: "zh-CN", hashBefore: desk.next.contentHash, at: beijing(DAY) },
  ]);
  expect(corrections[0]?.approvedBy).toBe(desk.approver.name);
  expect(corrections[0]?.changes).toMatchObject([{ kind: "changed" }]);
  expect(await db.$count(broadcasts, eq(broadcasts.subjectId, desk.next.id))).toBe(told);
  expect((await recordOf(desk.next.id)).slice(-2)).toEqual([
    "version.correction_proposed",
    "version.corrected",
  ]);
  const { rows: found } = await searchPolicies(stranger, { q: "我们很重视", locale: "zh-CN" });
  expect(found.map(({ id }) => id)).toContain(desk.next.id);
});

test("P03, P44: the text that was announced stays readable under its fingerprint, which still verifies, and so does the corrected one", async () => {
  const desk = await given();
  await proposeCorrection(desk.asAuthor, desk.proposed);
  await decide(desk);
  const asked = { slug: desk.slug, label: "2.0", locale: "zh-CN" as const };
  const [now, then] = [
    await readCopy(stranger, asked),
    await readCopy(stranger, { ...asked, hash: desk.next.contentHash }),
  ];
  expect(then.text.body).toContain(BEFORE);
  expect(hashOf(then.content)).toBe(desk.next.contentHash);
  expect(then.correctedAt).toEqual(beijing(DAY));
  expect(now.text.body).toContain(AFTER);
  expect(hashOf(now.content)).toBe(now.contentHash);
  expect(now.correctedAt).toBeNull();
  expect(now.corrections).toMatchObject([
    { before: desk.next.contentHash, after: now.contentHash },
  ]);
  await expect(readCopy(stranger, { ...asked, hash: "0".repeat(64) })).rejects.toMatchObject({
    code: "not_found",
  });
  const [stored] = await db
    .select()
    .from(policyTexts)
    .where(eq(policyTexts.versionId, desk.next.id));
  expect(stored?.body).toContain(BEFORE);
});

test("P04: an answer names the text it was given to; who read the text before is asked to read again", async () => {
  const desk = await given();
  const people = await Promise.all(
    [1, 2].map(async () => {
      const account = await givenAccount({ productId: desk.productId });
      const owner = await givenMember(account.id, "owner");
      return { accountId: account.id, ctx: acting(owner, DAY) };
    }),
  );
  const [early, late] = people;
  const answer = ({ ctx, accountId }: (typeof people)[number], contentHash: string) =>
    answerVersion(ctx, {
      ...{ versionId: desk.next.id, accountId, answer: "acknowledged", confirmed: true },
      ...{ reason: null, statement: "我已阅读。", locale: "zh-CN", userAgent: null, contentHash },
    });
  const first = await answer(early!, desk.next.contentHash);
  await proposeCorrection(desk.asAuthor, desk.proposed);
  await decide(desk);

  await expect(answer(late!, desk.next.contentHash)).rejects.toMatchObject({
    messageKey: "policies.errors.notWhatWasSeen",
  });
  const { version } = await listOwnAccountsFor(late!.ctx, { versionId: desk.next.id });
  const second = await answer(late!, version.contentHash ?? "");
  const receipts = [
    await findReceipt(early!.ctx, { receiptNumber: first.receiptNumber }),
    await findReceipt(late!.ctx, { receiptNumber: second.receiptNumber }),
  ];
  expect(receipts.map(({ isCorrectedSince }) => isCorrectedSince)).toEqual([true, false]);
  for (const { contentHash, slug, label } of receipts) {
    const copy = await readCopy(stranger, { slug, label, locale: "zh-CN", hash: contentHash });
    expect(hashOf(copy.content)).toBe(contentHash);
  }
});

test("what changes the meaning is refused with its place, and one correction waits at a time", async () => {
  const desk = await given();
  const body = desk.proposed.body.replace("新增了", "没有新增");
  await expect(proposeCorrection(desk.asAuthor, { ...desk.proposed, body })).rejects.toMatchObject({
    code: "invalid",
    fields: { body: [expect.stringMatching(/correction\.(duties|numbers|structure)/)] },
    values: { place: "一、引言" },
  });
  await expect(
    proposeCorrection(desk.asAuthor, { ...desk.proposed, locale: "en" }),
  ).rejects.toMatchObject({ fields: { locale: ["policies.errors.correction.noText"] } });
  await proposeCorrection(desk.asAuthor, desk.proposed);
  await expect(proposeCorrection(desk.asAuthor, desk.proposed)).rejects.toMatchObject({
    messageKey: "policies.errors.correction.waits",
  });
});

test("nobody agrees to their own, turned down it stays on record with its reason, and only authors and approvers may", async () => {
  const desk = await given();
  const both = await givenStaff("author", "approver");
  await proposeCorrection(acting(both, DAY), desk.proposed);
  const own = { ...desk, asApprover: acting(both, DAY) };
  await expect(decide(own)).rejects.toMatchObject({
    messageKey: "policies.errors.correction.own",
  });
  await expect(decide(desk, "rejected")).rejects.toMatchObject({ code: "invalid" });
  await decide(desk, "rejected", "不是笔误。");
  expect((await readNext(desk)).corrections).toEqual([]);
  expect((await readCorrections(desk.asAuthor, { versionId: desk.next.id })).past).toMatchObject([
    { correction: { decision: "rejected", refusal: "不是笔误。" } },
  ]);
  await expect(proposeCorrection(desk.asApprover, desk.proposed)).rejects.toMatchObject({
    code: "not_allowed",
  });
  await expect(decide({ ...desk, asApprover: desk.asAuthor })).rejects.toMatchObject({
    code: "not_allowed",
  });
});

test("the next version begins with the corrected text, and what is archived is not corrected any more", async () => {
  const desk = await given();
  await proposeCorrection(desk.asAuthor, desk.proposed);
  await decide(desk);
  await untilInForce(desk.next);
  const later = acting(desk.author, "2026-04-02 10:00");
  const next = await draftVersion(later, { documentId: desk.documentId, label: "3.0" });
  const [text] = await db.select().from(policyTexts).where(eq(policyTexts.versionId, next.id));
  expect(text?.body).toContain(AFTER);
  await expect(
    proposeCorrection(later, { ...desk.proposed, versionId: desk.first.id }),
  ).rejects.toMatchObject({ messageKey: "policies.errors.correction.notNow" });
});

test("what was decided of a correction never changes, and nobody decides their own, whoever writes", async () => {
  const desk = await given();
  await proposeCorrection(desk.asAuthor, desk.proposed);
  const ofVersion = eq(policyCorrections.versionId, desk.next.id);
  await expect(
    db
      .update(policyCorrections)
      .set({
        ...{ decision: "approved", decidedBy: desk.author.id, decidedName: "x" },
        decidedAt: beijing(DAY),
      })
      .where(ofVersion),
  ).rejects.toThrow();
  await decide(desk);
  await expect(
    db.update(policyCorrections).set({ body: "别的" }).where(ofVersion),
  ).rejects.toMatchObject({ cause: { message: expect.stringContaining("does not change") } });
  await expect(
    db.execute(sql`delete from policy_corrections where version_id = ${desk.next.id}`),
  ).rejects.toThrow();
});
