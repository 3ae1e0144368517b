import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { draftStates, policyVersions } from "@/db/schema";
import { discardVersion } from "@/domain/policies/discard";
import { editVersion } from "@/domain/policies/edit";
import {
  keepTypedVersion,
  listVersionStates,
  readVersionState,
} from "@/domain/policies/kept-wordings";
import { approveVersion } from "@/domain/policies/review";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import {
  completeDraft,
  givenDesk,
  givenDraft,
  givenSubmitted,
  versionNow,
} from "@/tests/support/policies";
import { givenAnnouncement, givenNoticeDesk, NOTICE_DAY } from "@/tests/support/notices";

import { keepTypedNotice, readNoticeState } from "./incidents/kept-wordings";

const TEN = "2026-01-05 10:30";
const LATER = "2026-01-05 10:31";

type Of = { id: string; revision: number };
const typed = ({ id, revision }: Of, text: string) => ({
  ...{ id, revision },
  typed: { label: "1.0", texts: { "zh-CN": text }, effectiveDate: "half a date" },
});

async function givenTwo() {
  const desk = await givenDesk();
  const draft = await givenDraft(desk);
  return { ...desk, draft, other: await givenStaff("author") };
}

test("what is typed and not saved is kept beside the draft, which stays as it is, a review as well", async () => {
  const desk = await givenDesk();
  const { id, contentHash } = await givenSubmitted(desk);
  const before = await versionNow(id);
  const ctx = acting(desk.author, TEN);

  const { kept } = await keepTypedVersion(ctx, typed(before, "# 一、打到一半"));
  const again = await keepTypedVersion(
    acting(desk.author, LATER),
    typed(before, "# 一、打到一半。"),
  );
  expect(again.kept).toBe(kept);
  expect(await versionNow(id)).toEqual(before);
  await approveVersion(acting(desk.approver, LATER), { versionId: id, contentHash });

  const state = await readVersionState(ctx, { versionId: id, stateId: kept ?? "" });
  expect(state.content.texts).toEqual({ "zh-CN": "# 一、打到一半。" });
  // What could not be read takes nothing else with it.
  expect(state.content.effectiveDate).toBe(before.effectiveDate);
});

test("two who write at once: each is told of the other, and neither wording is lost", async () => {
  const { author, other, draft } = await givenTwo();
  const [one, two] = [acting(author, TEN), acting(other, TEN)];
  expect(await keepTypedVersion(one, typed(draft, "甲的稿"))).toMatchObject({
    others: [],
    ahead: null,
  });
  const seen = await keepTypedVersion(two, typed(draft, "乙的稿"));
  expect(seen.others).toEqual([{ name: author.name, isTyping: true }]);

  await editVersion(one, completeDraft(draft, { text: "甲保存的稿\n" }));
  await expect(editVersion(two, completeDraft(draft, { text: "乙的稿\n" }))).rejects.toMatchObject({
    messageKey: "policies.errors.editedMeanwhile",
  });
  const told = await keepTypedVersion(two, typed(draft, "乙的稿，接着写"));
  expect(told.ahead).toMatchObject({ name: author.name });

  const states = await listVersionStates(two, { versionId: draft.id });
  expect(states.map(({ kind, name }) => [kind, name])).toContainEqual(["typed", other.name]);
  const own = await readVersionState(two, { versionId: draft.id, stateId: told.kept ?? "" });
  expect(own.content.texts["zh-CN"]).toBe("乙的稿，接着写");
  expect(own.content.changes).not.toEqual([]);
});

test("what was on its way while the very same was saved is kept no second time", async () => {
  const { author, draft } = await givenTwo();
  const ctx = acting(author, TEN);
  const form = completeDraft(draft, { text: "保存的稿\n" });
  await editVersion(ctx, form);
  const { id, revision } = draft;
  expect((await keepTypedVersion(ctx, { id, revision, typed: form })).kept).toBeNull();
  const later = { ...form, texts: { "zh-CN": "又写了一句\n" } };
  expect((await keepTypedVersion(ctx, { id, revision, typed: later })).kept).not.toBeNull();
});

test("whoever is not heard of for long has gone", async () => {
  const { author, other, draft } = await givenTwo();
  const silent = { id: draft.id, revision: draft.revision, typed: null };
  await keepTypedVersion(acting(author, TEN), silent);
  expect((await keepTypedVersion(acting(other, TEN), silent)).others).toEqual([
    { name: author.name, isTyping: false },
  ]);
  expect((await keepTypedVersion(acting(other, LATER), silent)).others).toEqual([]);
});

test("every save keeps what was there before; taken back, its writer may not approve it", async () => {
  const { author, approver, other, draft } = await givenTwo();
  const [one] = [acting(author, TEN)];
  await editVersion(one, completeDraft(draft, { text: "第二稿\n" }));
  const { kept } = await keepTypedVersion(
    acting(other, TEN),
    typed({ id: draft.id, revision: draft.revision + 1 }, "旁人的稿\n"),
  );
  await editVersion(
    acting(author, LATER),
    completeDraft({ id: draft.id, revision: draft.revision + 1 }, { text: "第三稿\n" }),
  );

  const states = await listVersionStates(one, { versionId: draft.id });
  const texts = await Promise.all(
    states.map(
      async ({ id }) =>
        (await readVersionState(one, { versionId: draft.id, stateId: id })).content.texts["zh-CN"],
    ),
  );
  expect(texts).toEqual(expect.arrayContaining(["第三稿\n", "旁人的稿\n", "第二稿\n"]));

  const { content } = await readVersionState(one, { versionId: draft.id, stateId: kept ?? "" });
  const { revision } = await versionNow(draft.id);
  await editVersion(one, {
    ...content,
    ...{ versionId: draft.id, revision, stateId: kept ?? "" },
  });
  const { writerIds } = await versionNow(draft.id);
  expect(writerIds).toEqual(expect.arrayContaining([author.id, other.id]));
  expect(writerIds).not.toContain(approver.id);
});

test("it is its own draft's alone, of who may write, and goes with the draft", async () => {
  const { author, approver, draft } = await givenTwo();
  const { kept } = await keepTypedVersion(acting(author, TEN), typed(draft, "稿"));
  await expect(keepTypedVersion(acting(approver, TEN), typed(draft, "稿"))).rejects.toMatchObject({
    code: "not_allowed",
  });
  const strange = await givenDraft(await givenDesk());
  await expect(
    readVersionState(acting(author, TEN), { versionId: strange.id, stateId: kept ?? "" }),
  ).rejects.toMatchObject({ code: "not_found" });

  await discardVersion(acting(author, TEN), { versionId: draft.id, revision: draft.revision });
  expect(await db.$count(policyVersions, eq(policyVersions.id, draft.id))).toBe(0);
  expect(await db.$count(draftStates, eq(draftStates.subjectId, draft.id))).toBe(0);
});

test("the same of an announcement", async () => {
  const desk = await givenNoticeDesk();
  const { id, revision } = await givenAnnouncement(desk, {});
  const ctx = acting(desk.author, NOTICE_DAY.written);
  const situation = { "zh-CN": "写到一半" };
  const { kept } = await keepTypedNotice(ctx, { id, revision, typed: { situation, type: "none" } });
  const { content } = await readNoticeState(ctx, { noticeId: id, stateId: kept ?? "" });
  expect(content).toMatchObject({ situation, type: "announcement" });
});
