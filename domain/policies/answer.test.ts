import { createHash, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, broadcasts, deliveries, policyAcknowledgements } from "@/db/schema";
import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { canonicalJson } from "@/lib/hash";
import { answerTo, giveAnswer, STATEMENT } from "@/tests/support/answers";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import {
  givenMajorChange,
  givenSubmitted,
  givenInForce,
  MAJOR_CHANGE,
  withdraw,
} from "@/tests/support/policies";
import { recordLength, recordOf } from "@/tests/support/record";
import { answerGiven } from "@/wording/answer-given";

import { answerVersion } from "./answer";
import { renameDocument } from "./discard";
import { lockVersion } from "./find";
import { answersOf } from "./integration";
import { findReceipt, listOwnAnswers } from "./own-answers";
import { readCopy } from "./read-copy";
import { compareVersions, readVersion } from "./read";

const MORNING = "2026-03-03 10:00";

async function givenConcerned() {
  const change = await givenMajorChange();
  const account = await givenAccount({ productId: change.productId });
  const owner = await givenMember(account.id, "owner");
  return { ...change, account, owner };
}

test("an owner acknowledges: who, for whom, which text, which words, when, with a number", async () => {
  const { next, account, owner } = await givenConcerned();

  const receipt = await giveAnswer(owner, next, { accountId: account.id });

  expect(receipt).toMatchObject({
    receiptNumber: expect.stringMatching(/^A-2026-\d{6}$/),
    personName: owner.name,
    memberRole: "owner",
    accountName: account.name,
    answer: "acknowledged",
    contentHash: next.contentHash,
    statement: STATEMENT,
    answeredAt: beijing(MORNING),
  });
  expect(await recordOf(receipt.id)).toEqual(["acknowledgement.given"]);
});

test("P04: an answer says how it was given: session, factor, what led there; browser and network as a commitment that its person alone opens", async () => {
  const { next, account, owner } = await givenConcerned();
  const legal = await givenMember(account.id, "legal");
  const [signedInAt, factorAt] = [beijing("2026-03-03 09:20"), beijing("2026-03-03 09:50")];
  const session = { signedInAt, factorAt, sessionId: randomUUID() };
  const answer = answerTo(next, { accountId: account.id });

  const { id, receiptNumber } = await answerVersion(acting({ ...owner, ...session }, MORNING), {
    ...answer,
    shownBy: "popup",
    userAgent: "Mozilla/5.0 Firefox/140.0",
    network: "192.0.2.0/24",
  });

  const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
  expect(entry?.after).toMatchObject({
    ...{ shownBy: "popup", signedInAt: signedInAt.toISOString() },
    factorAt: factorAt.toISOString(),
  });
  expect(JSON.stringify(entry)).not.toMatch(/Firefox|192\.0\.2|salt/i);
  const read = (reader: typeof owner) => findReceipt(acting(reader, MORNING), { receiptNumber });
  const { visit, visitHash } = await read(owner);
  if (typeof visit === "string") throw new Error("its person sees it");
  const { salt, ...value } = visit;
  expect(value).toEqual({ browser: "Mozilla/5.0 Firefox/140.0", network: "192.0.2.0/24" });
  const committed = createHash("sha256").update(salt, "hex").update(canonicalJson(value));
  expect(entry?.after).toMatchObject({ visitHash: committed.digest("hex") });
  expect((await read(legal)).visit).toBe("visitHash");
  expect(visitHash).toHaveLength(64);
  expect(answerGiven(await read(owner), "zh-CN").map(([, value]) => value)).toEqual([
    "从弹窗打开答复页面",
    "2026年3月3日 09:20（北京时间）登录，40 分钟后答复",
    "2026年3月3日 09:50（北京时间）通过",
    "Firefox，192.0.2.0/24",
  ]);
});

test("the receipt is mailed to the person who answered", async () => {
  const { next, account, owner } = await givenConcerned();
  await givenMember(account.id, "legal");

  const receipt = await giveAnswer(owner, next, { accountId: account.id });

  const [broadcast] = await db
    .select()
    .from(broadcasts)
    .where(eq(broadcasts.subjectId, receipt.id));
  expect(broadcast).toMatchObject({ kind: "acknowledgement_receipt", isPublic: false });
  const mails = await db.select().from(deliveries).where(eq(deliveries.broadcastId, broadcast!.id));
  expect(mails.map(({ channel, address }) => [channel, address])).toEqual([["email", owner.email]]);
});

test("a receipt says of its mail what became of it, and claims none for who got none", async () => {
  const { next, account, owner } = await givenConcerned();
  const legal = await givenMember(account.id, "legal");
  const { id, receiptNumber } = await giveAnswer(owner, next, { accountId: account.id });
  const mailOf = async (reader: typeof owner) =>
    (await findReceipt(acting(reader, MORNING), { receiptNumber })).mail;

  expect(await mailOf(owner)).toEqual({ address: owner.email, state: "waiting" });
  expect(await mailOf(legal)).toBeNull();
  for (const [status, state] of [
    ["unknown", "unknown"],
    ["unconfirmed", "sent"],
    ["suppressed", "failed"],
  ]) {
    await db.execute(
      sql`update deliveries set status = ${status} where broadcast_id = (select id from broadcasts where subject_id = ${id})`,
    );
    expect(await mailOf(owner)).toMatchObject({ state });
  }
});

test("P04: disagreeing is a path of its own: recorded, with its reason, and nobody has accepted", async () => {
  const { next, account, owner } = await givenConcerned();

  const receipt = await giveAnswer(owner, next, {
    accountId: account.id,
    answer: "disagreed",
    reason: "新增的接收方与我们的合同不符。",
  });

  expect(receipt).toMatchObject({ answer: "disagreed", reason: "新增的接收方与我们的合同不符。" });
  expect(await recordOf(receipt.id)).toEqual(["acknowledgement.refused"]);
  const answers = await db
    .select()
    .from(policyAcknowledgements)
    .where(eq(policyAcknowledgements.accountId, account.id));
  expect(answers.map(({ answer }) => answer)).toEqual(["disagreed"]);
});

test("P04: a disagreement may become an acknowledgement, both stay; an acknowledgement is final", async () => {
  const { next, account, owner } = await givenConcerned();
  const accountId = account.id;
  await giveAnswer(owner, next, { accountId, answer: "disagreed" });
  await giveAnswer(owner, next, { accountId, at: "2026-03-04 10:00" });

  const taken = giveAnswer(owner, next, { accountId, answer: "disagreed", at: "2026-03-05 10:00" });

  await expect(taken).rejects.toMatchObject({ messageKey: "policies.errors.alreadyAcknowledged" });
  const answers = await db
    .select()
    .from(policyAcknowledgements)
    .where(eq(policyAcknowledgements.accountId, accountId));
  expect(answers).toHaveLength(2);
});

test("after an acknowledgement nobody disagrees", async () => {
  const { next, account, owner } = await givenConcerned();
  await giveAnswer(owner, next, { accountId: account.id });

  const taken = giveAnswer(owner, next, { accountId: account.id, answer: "disagreed" });

  await expect(taken).rejects.toMatchObject({
    messageKey: "policies.errors.alreadyAcknowledged",
  });
});

test("a double click is one acknowledgement, one receipt, one mail", async () => {
  const { next, account, owner } = await givenConcerned();
  const give = () => giveAnswer(owner, next, { accountId: account.id });

  const [first, second, third] = await Promise.all([give(), give(), give()]);

  expect(new Set([first.id, second.id, third.id]).size).toBe(1);
  expect(await db.$count(broadcasts, eq(broadcasts.subjectId, first.id))).toBe(1);
});

test("no account waits for another's answer to the same version", async () => {
  const { next, account, owner } = await givenConcerned();

  await db.transaction(async (other) => {
    await lockVersion(other, next.id, "share");
    expect(await giveAnswer(owner, next, { accountId: account.id })).toMatchObject({
      userId: owner.id,
    });
  });
});

test("two who answer for one account at once: what comes second knows of the first", async () => {
  const { next, account, owner } = await givenConcerned();
  const legal = await givenMember(account.id, "legal");

  await Promise.allSettled([
    giveAnswer(owner, next, { accountId: account.id }),
    giveAnswer(legal, next, { accountId: account.id, answer: "disagreed", reason: "再议" }),
  ]);

  const given = await answersOf(db, { versionId: next.id, accountId: account.id });
  expect(["acknowledged", "disagreed acknowledged"]).toContain(
    given.map(({ answer }) => answer).join(" "),
  );
});

test("the unticked box acknowledges nothing", async () => {
  const { next, account, owner } = await givenConcerned();
  const input = { ...answerTo(next, { accountId: account.id }), confirmed: false };

  await expect(answerVersion(acting(owner, MORNING), input)).rejects.toMatchObject({
    fields: { confirmed: ["policies.errors.missing.confirmation"] },
  });
});

test("an answer names the text that was read", async () => {
  const { next, account, owner } = await givenConcerned();
  const input = { ...answerTo(next, { accountId: account.id }), contentHash: "0".repeat(64) };

  await expect(answerVersion(acting(owner, MORNING), input)).rejects.toMatchObject({
    messageKey: "policies.errors.notWhatWasSeen",
  });
});

test("owner and legal bind the account; members and viewers do not", async () => {
  for (const role of MEMBER_ROLES) {
    const { next, account } = await givenConcerned();
    const person = await givenMember(account.id, role);
    const given = giveAnswer(person, next, { accountId: account.id });

    if (role === "owner" || role === "legal")
      expect(await given).toMatchObject({ memberRole: role });
    else await expect(given, role).rejects.toMatchObject({ code: "not_allowed" });
  }
});

test("somebody else's account is not found, whatever one may be elsewhere", async () => {
  const { next, account, productId } = await givenConcerned();
  const other = await givenAccount({ productId });
  const stranger = await givenMember(other.id, "owner");
  const before = await recordLength();

  await expect(giveAnswer(stranger, next, { accountId: account.id })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await recordLength()).toBe(before);
});

test("staff do not answer for developers", async () => {
  const { next, account } = await givenConcerned();

  await expect(
    giveAnswer(await givenStaff("admin", "author"), next, { accountId: account.id }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("an account that does not integrate the product has nothing to answer", async () => {
  const { next } = await givenMajorChange();
  const account = await givenAccount();
  const owner = await givenMember(account.id, "owner");

  await expect(giveAnswer(owner, next, { accountId: account.id })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("neither a draft nor what was withdrawn is answered", async () => {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(account.id, "owner");
  const waiting = await givenSubmitted(desk, MAJOR_CHANGE);
  await expect(giveAnswer(owner, waiting, { accountId: account.id })).rejects.toMatchObject({
    messageKey: "policies.errors.notOpenForAnswers",
  });

  const announced = await givenConcerned();
  await withdraw(announced, announced.next);
  await expect(
    giveAnswer(announced.owner, announced.next, { accountId: announced.account.id }),
  ).rejects.toMatchObject({ messageKey: "policies.errors.notOpenForAnswers" });
});

test("receipts are seen by one's own account only", async () => {
  const { next, account, owner, productId } = await givenConcerned();
  const { receiptNumber } = await giveAnswer(owner, next, { accountId: account.id });
  const other = await givenAccount({ productId });
  const stranger = await givenMember(other.id, "owner");

  const seen = await findReceipt(acting(owner, MORNING), { receiptNumber });
  expect(seen).toMatchObject({ receiptNumber, label: "2.0", uin: account.uin });
  await expect(findReceipt(acting(stranger, MORNING), { receiptNumber })).rejects.toMatchObject({
    code: "not_found",
  });
  expect((await listOwnAnswers(acting(stranger, MORNING), {})).rows).toEqual([]);
});

describe("a document renamed after an answer was given", () => {
  async function givenRenamed() {
    const concerned = await givenConcerned();
    const { next, account, owner, author, documentId, slug } = concerned;
    const { receiptNumber } = await giveAnswer(owner, next, { accountId: account.id });
    const titles = { titleZh: "云隐私指引", titleEn: "Cloud Guide" };
    await renameDocument(acting(author, "2026-03-04 10:00"), { documentId, ...titles });
    return { ...concerned, receiptNumber, wanted: { slug, locale: "zh-CN" } as const };
  }
  const BEFORE = { "zh-CN": "隐私保护指引", en: "Privacy Guide" };
  const NOW = { "zh-CN": "云隐私指引", en: "Cloud Guide" };

  test("leaves the receipt, the list of answers and every form of the version as they were", async () => {
    const { owner, receiptNumber, wanted } = await givenRenamed();
    const ctx = acting(owner, "2026-03-05 10:00");

    expect((await findReceipt(ctx, { receiptNumber })).titles).toEqual(BEFORE);
    expect((await listOwnAnswers(ctx, {})).rows[0]?.titles).toEqual(BEFORE);
    expect((await readVersion(ctx, { ...wanted, label: "2.0" })).document.titles).toEqual(BEFORE);
    expect((await readCopy(ctx, { ...wanted, label: "2.0" })).titles).toEqual(BEFORE);
    expect((await compareVersions(ctx, { ...wanted, label: "2.0" })).document.titles).toEqual(
      BEFORE,
    );
  });

  test("is called its new name on its own page, which says what it was called until when", async () => {
    const { owner, wanted } = await givenRenamed();
    const { document } = await readVersion(acting(owner, "2026-03-05 10:00"), wanted);

    expect(document.titles).toEqual(NOW);
    expect(document.formerTitles).toEqual([
      { ...BEFORE, until: beijing("2026-03-04 10:00").toISOString() },
    ]);
  });
});

test("the receipt and the list of answers say that the version was withdrawn since", async () => {
  const { next, account, owner, ...desk } = await givenConcerned();
  const answer = { accountId: account.id, answer: "disagreed" } as const;
  const { receiptNumber } = await giveAnswer(owner, next, answer);
  const ctx = acting(owner, "2026-03-06 10:00");
  expect((await findReceipt(ctx, { receiptNumber })).withdrawal).toBeNull();
  await withdraw(desk, next);

  expect((await findReceipt(ctx, { receiptNumber })).withdrawal).toEqual({
    at: beijing("2026-03-05 10:00"),
    reason: "推迟",
  });
  expect((await listOwnAnswers(ctx, {})).rows).toMatchObject([
    { receiptNumber, isWithdrawn: true },
  ]);
});
