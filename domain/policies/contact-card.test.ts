import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { contactCards } from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import {
  answers,
  completeDraft,
  givenApproved,
  givenDraft,
  givenInForce,
  givenSubmitted,
  untilInForce,
  versionNow,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { ANONYMOUS } from "../context";
import { listWaitingReviews } from "../reviews/waiting";
import { listContactCards, readContactCard } from "./contact-card";
import { decideContactCard } from "./decide-contact-card";
import { draftVersion } from "./draft";
import { editVersion } from "./edit";
import { findVersion } from "./find-version";
import { proposeContactCard } from "./propose-contact-card";

beforeEach(resetDatabase);

/** Before the first version of a document, and after it. */
const FIRST = "2026-01-02 09:00";
const DAY = "2026-02-01 09:00";
const stranger = (at: string) => ({ actor: ANONYMOUS, now: beijing(at) });

const card = (change: { person?: string; mail?: string; since?: string } = {}) => ({
  since: change.since ?? "2026-01-02",
  mail: change.mail ?? "dpo@vendor.example",
  lines: {
    name: { "zh-CN": "云桥科技有限公司", en: "Yunqiao Technology Ltd" },
    address: { "zh-CN": "深圳市云桥路 1 号" },
    team: { "zh-CN": "数据隐私保护部" },
    person: { "zh-CN": change.person ?? "林澄" },
    service: { "zh-CN": "控制台“工单”" },
    post: { "zh-CN": "深圳市云桥路 1 号 数据隐私保护部 518054" },
  },
});

async function givenCard(change: Parameters<typeof card>[0] = {}, at = FIRST) {
  const [author, approver] = [await givenStaff("author"), await givenStaff("approver")];
  await proposeContactCard(acting(author, at), card(change));
  const { waiting } = await listContactCards(acting(author, at), {});
  const { rows } = await listWaitingReviews(acting(approver, at), {});
  expect(rows).toContainEqual(expect.objectContaining({ kind: "card", id: waiting?.card.id }));
  const cardId = waiting?.card.id ?? "";
  const decide = { cardId, decision: "approved" as const, reason: "" };
  await decideContactCard(acting(approver, at), decide);
  return { author, approver, cardId };
}

/** A guide's words about contacts as the card has them. */
const TEXT = `# 一、引言

我们重视您的**个人信息**。

# 九、联系我们

云桥科技有限公司（深圳市云桥路1号），数据隐私保护部，负责人：林澄。

1. 邮箱：dpo@vendor.example
2. 邮寄：深圳市云桥路1号，数据隐私保护部，518054
`;

test("P45, P58: a card is shown from its day on, once another person has agreed, and the earlier one stays on record", async () => {
  const [author, approver] = [await givenStaff("author"), await givenStaff("approver", "author")];
  expect(await readContactCard(stranger(FIRST), {})).toMatchObject({ since: null });
  await proposeContactCard(acting(author, FIRST), card());
  expect(await readContactCard(stranger(FIRST), {})).toMatchObject({ since: null });
  await expect(proposeContactCard(acting(approver, FIRST), card())).rejects.toMatchObject({
    messageKey: "policies.errors.card.waits",
  });

  const { waiting } = await listContactCards(acting(author, FIRST), {});
  const cardId = waiting?.card.id ?? "";
  await expect(
    decideContactCard(acting(author, FIRST), { cardId, decision: "approved", reason: "" }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await decideContactCard(acting(approver, FIRST), { cardId, decision: "approved", reason: "" });
  await expect(
    decideContactCard(acting(approver, FIRST), { cardId, decision: "approved", reason: "" }),
  ).rejects.toMatchObject({ messageKey: "policies.errors.card.decided" });
  expect(await readContactCard(stranger(FIRST), {})).toEqual({ ...card() });
  expect(await recordOf(cardId)).toEqual(["contact_card.proposed", "contact_card.approved"]);

  await givenCard({ person: "周明", since: "2026-03-01" }, DAY);
  expect((await readContactCard(stranger("2026-02-28 23:59"), {})).lines.person).toEqual({
    "zh-CN": "林澄",
  });
  expect((await readContactCard(stranger("2026-03-01 00:00"), {})).lines.person).toEqual({
    "zh-CN": "周明",
  });
  const { later, past } = await listContactCards(acting(author, DAY), {});
  expect([later.length, past.length]).toEqual([1, 1]);
});

test("nobody agrees to their own card, nor turns one down without a reason, nor begins one in the past", async () => {
  const both = await givenStaff("author", "approver");
  await expect(
    proposeContactCard(acting(both, FIRST), card({ since: "2026-01-01" })),
  ).rejects.toMatchObject({ fields: { since: ["policies.errors.card.past"] } });
  await proposeContactCard(acting(both, FIRST), card());
  const { waiting } = await listContactCards(acting(both, FIRST), {});
  const cardId = waiting?.card.id ?? "";
  await expect(
    decideContactCard(acting(both, FIRST), { cardId, decision: "approved", reason: "" }),
  ).rejects.toMatchObject({ messageKey: "policies.errors.card.own" });
  const other = acting(await givenStaff("approver"), FIRST);
  await expect(
    decideContactCard(other, { cardId, decision: "rejected", reason: " " }),
  ).rejects.toMatchObject({ code: "invalid" });
  await expect(
    decideContactCard(acting(await givenStaff("approver"), "2026-01-03 09:00"), {
      ...{ cardId, decision: "approved", reason: "" },
    }),
  ).rejects.toMatchObject({ messageKey: "policies.errors.card.over" });
  await decideContactCard(other, { cardId, decision: "rejected", reason: "地址有误" });
  expect(await readContactCard(stranger(FIRST), {})).toMatchObject({ since: null });
});

test("the database keeps that another person decides, that one waits, and what was decided", async () => {
  const { author, approver, cardId } = await givenCard();
  const wanted = eq(contactCards.id, cardId);
  await expect(
    db.update(contactCards).set({ since: "2026-02-02" }).where(wanted),
  ).rejects.toThrow();
  await expect(db.delete(contactCards).where(wanted)).rejects.toThrow();
  const proposal = { content: { mail: "", lines: {} }, since: "2026-05-01" };
  const by = { proposedBy: author.id, proposedAt: new Date(0) };
  await db.insert(contactCards).values({ ...proposal, ...by });
  await expect(db.insert(contactCards).values({ ...proposal, ...by })).rejects.toThrow();
  const own = { decision: "approved" as const, decidedBy: author.id, decidedAt: new Date(0) };
  const waiting = sql`decision is null`;
  await expect(db.update(contactCards).set(own).where(waiting)).rejects.toThrow();
  await db
    .update(contactCards)
    .set({ ...own, decidedBy: approver.id })
    .where(waiting);
});

test("P45, P58: another card answers question 5 of what is being written with yes, whatever its author says, and takes it out of review", async () => {
  await givenCard();
  const desk = await givenInForce();
  const draft = await givenDraft(desk, { label: "2.0", effectiveDate: "2026-04-20", at: DAY });
  expect((await versionNow(draft.id)).isMajor).toBe(false);
  const waiting = await givenSubmitted(await givenInForce(), {
    ...{ label: "2.0", effectiveDate: "2026-04-20", at: DAY },
  });
  const soon = await givenDraft(await givenInForce(), {
    ...{ label: "2.0", effectiveDate: "2026-02-20", at: DAY },
  });

  const { cardId } = await givenCard({ person: "周明", since: "2026-03-01" }, DAY);
  expect(await versionNow(draft.id)).toMatchObject({
    ...{ isMajor: true, majorAnswers: { contacts: true } },
    revision: draft.revision + 1,
  });
  expect(await versionNow(waiting.id)).toMatchObject({ status: "draft", isMajor: true });
  expect(await recordOf(waiting.id)).toEqual(
    expect.arrayContaining(["version.contacts_answered", "version.returned"]),
  );
  // It takes effect before the card does.
  expect((await versionNow(soon.id)).isMajor).toBe(false);
  expect(cardId).not.toBe("");

  const ctx = acting(desk.author, DAY);
  const wish = { label: "2.0", effectiveDate: "2026-04-20", text: "# 一、引言\n\n改。\n" };
  await editVersion(ctx, completeDraft(await versionNow(draft.id), wish));
  expect(await versionNow(draft.id)).toMatchObject({
    ...{ isMajor: true, majorAnswers: { ...answers("contacts") } },
  });
  expect((await findVersion(ctx, { versionId: draft.id })).cardSince).toBe("2026-03-01");
});

test("P45: the version after the one that brought the card is asked like any other", async () => {
  await givenCard();
  const desk = await givenInForce();
  await givenCard({ person: "周明", since: "2026-03-01" }, DAY);
  const next = await givenApproved(desk, {
    ...{ label: "2.0", effectiveDate: "2026-04-20", at: "2026-03-02 10:00" },
  });
  expect(next).toMatchObject({ isMajor: true, majorAnswers: { contacts: true } });
  await untilInForce(next);

  const third = await draftVersion(acting(desk.author, "2026-05-02 10:00"), {
    ...{ documentId: desk.documentId, label: "3.0" },
  });
  expect(third).toMatchObject({ isMajor: false, majorAnswers: {} });
  // A card that was unknown when the one in force was approved still counts as new to the next.
  await givenCard({ person: "吴越", since: "2026-05-02" }, "2026-05-02 11:00");
  expect(await versionNow(third.id)).toMatchObject({ majorAnswers: { contacts: true } });
});

test("P45, P46: the words about contacts of a guide are held against the card of its day", async () => {
  await givenCard();
  const found = async (text: string) => {
    const desk = await givenInForce();
    const { id } = await givenDraft(desk, {
      ...{ label: "2.0", effectiveDate: "2026-04-20", at: DAY, text },
    });
    const { checks } = await findVersion(acting(desk.author, DAY), { versionId: id });
    return checks.find(({ check }) => check === "card_differs")?.findings.map(({ words }) => words);
  };
  expect(await found(TEXT)).toBeUndefined();
  expect(await found(TEXT.replace("林澄", "周明").replace("dpo@", "old@"))).toEqual([
    "dpo@vendor.example",
    "林澄",
  ]);
});
