import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import {
  auditEntries,
  broadcasts,
  deliveries,
  requestDrafts,
  requestFiles,
  requests,
} from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import { givenCompleteDraft, givenFiled, someProof } from "@/tests/support/filing";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";

import { Conflict, Invalid, NotFound } from "../errors";
import { deleteDraft } from "./delete-draft";
import { addDraftFile, addDraftFiles, removeDraftFile } from "./draft-files";
import { stepsOf } from "./filing-steps";
import { findFiledDraft } from "./find-filed-draft";
import { listDrafts, readDraft } from "./read-draft";
import { listOwnRequests, readOwnRequest } from "./read-own";
import { saveStep } from "./save-step";
import { startDraft } from "./start-draft";
import { submitRequest } from "./submit";
import { writeToHandler } from "./write-to-handler";

const AT = "2026-11-23 10:00";
const endUser = () => givenStaff();

async function givenDeveloper(role: "owner" | "legal" | "member" | "viewer" = "owner") {
  const account = await givenAccount({ productId: (await givenProduct()).id });
  return { account, developer: await givenMember(account.id, role) };
}

/** What a data subject may ask for by the guide's section 6, in its order (P23, P54); privacy settings are under the settings (own-settings.test.ts). */
const RIGHTS = [
  ...["consult", "copy", "correct", "delete", "withdraw_consent", "deregister_end_user"],
  ...["complaint", "report"],
] as const;
/** What is answered on the same clock (P48). */
const CONCERNS = ["question", "complaint", "suggestion"] as const;

test("P23, P48, P54: every right, question, complaint, report and suggestion can be filed and starts its clock", async () => {
  const person = await endUser();
  const types = new Set([...RIGHTS, ...CONCERNS]);
  for (const type of types) await givenFiled(person, { type });
  const { rows: own } = await listOwnRequests(acting(person, AT), {});
  expect(own.map(({ type }) => type).toSorted()).toEqual([...types].toSorted());
  for (const { dueDate, status } of own) {
    expect(status).toBe("received");
    expect(dueDate > "2026-12-11").toBe(true);
  }
});

test("P47: the due date is counted day by day from the day after receipt", async () => {
  const person = await endUser();
  const number = await givenFiled(person);
  const request = await readOwnRequest(acting(person, AT), { number });
  expect(request.due.steps[0]?.day).toBe("2026-11-24");
  expect(request.due.steps.at(-1)).toMatchObject({ day: request.dueDate, count: 15 });
});

test("P25: a developer who files for an end user brings written proof, the app and the UserIDs", async () => {
  const { account, developer } = await givenDeveloper();
  const wish = { capacity: "on_behalf", accountId: account.id, proof: false } as const;
  const draftId = await givenCompleteDraft(developer, wish);
  const refused = submitRequest(acting(developer, AT), { draftId, locale: "zh-CN" });
  await expect(refused).rejects.toMatchObject({
    messageKey: "requests.errors.incomplete",
    fields: { proof: [] },
  });
  await addDraftFile(acting(developer, AT), { draftId, fileName: "a.txt", bytes: someProof() });
  const { number } = await submitRequest(acting(developer, AT), { draftId, locale: "zh-CN" });
  const [request] = await db.select().from(requests).where(eq(requests.number, number));
  expect(request).toMatchObject({
    onBehalf: true,
    requesterKind: "developer",
    accountId: account.id,
    subjectCount: 2,
  });
});

test("P27: nobody files as an end user, guardian or agent without proof", async () => {
  const person = await endUser();
  for (const capacity of ["end_user", "guardian", "agent"] as const) {
    const draftId = await givenCompleteDraft(person, { capacity, proof: false });
    const refused = submitRequest(acting(person, AT), { draftId, locale: "zh-CN" });
    await expect(refused).rejects.toBeInstanceOf(Invalid);
  }
});

test("P32: a deletion names its ground, and a changed mind leaves none behind", async () => {
  const person = await endUser();
  const ctx = acting(person, AT);
  const draftId = await givenCompleteDraft(person);
  expect((await readDraft(ctx, { draftId })).answers.ground).toBe("a");
  await saveStep(ctx, { draftId, answer: { step: "type", type: "complaint" } });
  await saveStep(ctx, { draftId, answer: { step: "type", type: "delete" } });
  expect((await readDraft(ctx, { draftId })).answers.ground).toBeUndefined();
  const refused = submitRequest(ctx, { draftId, locale: "zh-CN" });
  await expect(refused).rejects.toMatchObject({ fields: { ground: [] } });
});

test("submit pressed 50 times at once files one request, and every press gets its number", async () => {
  const person = await endUser();
  const draftId = await givenCompleteDraft(person);
  const presses = await Promise.all(
    Array.from({ length: 50 }, () =>
      submitRequest(acting(person, AT), { draftId, locale: "zh-CN" }),
    ),
  );
  expect(new Set(presses.map(({ number }) => number)).size).toBe(1);
  expect(await db.select().from(requests).where(eq(requests.draftId, draftId))).toHaveLength(1);
  const told = await db.select().from(deliveries).where(eq(deliveries.userId, person.id));
  expect(told.map(({ channel }) => channel).toSorted()).toEqual(["email", "inbox"]);
}, 30_000);

test("what is told of a request names its number and nothing personal", async () => {
  const person = await endUser();
  const number = await givenFiled(person);
  const { id } = await readOwnRequest(acting(person, AT), { number });
  const [told] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, id));
  expect(Object.keys(told?.facts as object).toSorted()).toEqual([
    "dueDate",
    "event",
    "isDueProvisional",
    "number",
    "requestId",
    "type",
  ]);
});

test("drafts, facts, UserIDs and files rest encrypted", async () => {
  const person = await endUser();
  const draftId = await givenCompleteDraft(person, { subjects: "canary-user" });
  const [draft] = await db.select().from(requestDrafts).where(eq(requestDrafts.id, draftId));
  const [file] = await db.select().from(requestFiles).where(eq(requestFiles.draftId, draftId));
  expect(draft?.answers.includes("canary-user")).toBe(false);
  expect(file?.content.includes("授权书")).toBe(false);
  await submitRequest(acting(person, AT), { draftId, locale: "zh-CN" });
  const [request] = await db.select().from(requests).where(eq(requests.draftId, draftId));
  expect(request?.subjects?.includes("canary-user")).toBe(false);
  expect(request?.facts.includes("聊天记录")).toBe(false);
});

test("a draft is kept after every page, found again, and goes on where it stopped", async () => {
  const person = await endUser();
  const ctx = acting(person, AT);
  const { draftId } = await startDraft(ctx, { capacity: "end_user" });
  await saveStep(ctx, { draftId, answer: { step: "app", appName: "轻语", sdkAppId: "" } });
  expect(await listDrafts(ctx, {})).toMatchObject([{ id: draftId, step: "type" }]);
  await deleteDraft(ctx, { draftId });
  expect(await listDrafts(ctx, {})).toEqual([]);
});

test("a draft is nobody else's to read, change, add to or send", async () => {
  const person = await endUser();
  const draftId = await givenCompleteDraft(person);
  const [file] = (await readDraft(acting(person, AT), { draftId })).files;
  const stranger = acting(await endUser(), AT);
  const answer = { step: "facts", facts: "x" } as const;
  for (const attempt of [
    () => readDraft(stranger, { draftId }),
    () => saveStep(stranger, { draftId, answer }),
    () => addDraftFile(stranger, { draftId, fileName: "a.txt", bytes: someProof() }),
    () => removeDraftFile(stranger, { draftId, fileId: file?.id ?? "" }),
    () => deleteDraft(stranger, { draftId }),
    () => submitRequest(stranger, { draftId, locale: "zh-CN" }),
  ])
    await expect(attempt()).rejects.toBeInstanceOf(NotFound);
});

test("nobody files for an account that is not theirs, or in which they only read", async () => {
  const { developer } = await givenDeveloper();
  const other = await givenDeveloper();
  const ctx = acting(developer, AT);
  const { draftId } = await startDraft(ctx, { capacity: "own" });
  const place = { step: "account", place: other.account.id } as const;
  await expect(saveStep(ctx, { draftId, answer: place })).rejects.toBeInstanceOf(NotFound);
  const viewer = await givenDeveloper("viewer");
  const asViewer = acting(viewer.developer, AT);
  await expect(startDraft(asViewer, { capacity: "own" })).rejects.toBeInstanceOf(Invalid);
  await expect(startDraft(asViewer, { capacity: "end_user" })).resolves.toBeDefined();
});

test("a person has 20 drafts at most, and says so before losing anything", async () => {
  const ctx = acting(await endUser(), AT);
  for (let n = 0; n < 20; n += 1) await startDraft(ctx, { capacity: "end_user" });
  await expect(startDraft(ctx, { capacity: "end_user" })).rejects.toBeInstanceOf(Conflict);
});

test("filing is on the record, without what was written", async () => {
  const person = await endUser();
  const number = await givenFiled(person, { subjects: "canary-user" });
  const { id } = await readOwnRequest(acting(person, AT), { number });
  const entries = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
  expect(entries.map(({ action }) => action)).toEqual(["request.filed"]);
  expect(JSON.stringify(entries)).not.toMatch(/canary-user|聊天记录/);
});

test("an end user is not asked for an account, a developer not for the app in words", () => {
  expect(stepsOf({ capacity: "end_user", type: "delete" })).not.toContain("account");
  expect(stepsOf({ capacity: "own", type: "delete" })).not.toContain("app");
  expect(stepsOf({ capacity: "own", type: "question" })).toEqual([
    "who",
    "account",
    "type",
    "facts",
    "proof",
    "check",
  ]);
});

test("P48, P54: a question, complaint, report, suggestion or wish for the legal basis needs no proof of identity", async () => {
  const person = await endUser();
  const wordsAlone = ["question", "complaint", "report", "suggestion", "legal_basis"] as const;
  for (const capacity of ["end_user", "guardian", "agent"] as const)
    for (const type of wordsAlone) {
      const number = await givenFiled(person, { capacity, type, proof: false });
      const { files } = await readOwnRequest(acting(person, AT), { number });
      expect(files).toEqual([]);
    }
});

test("one person who names two accounts is asked for one, in words about an account and not about lines", async () => {
  const person = await endUser();
  const ctx = acting(person, AT);
  const draftId = await givenCompleteDraft(person);
  const answer = (list: string) => ({ draftId, answer: { step: "subjects" as const, list } });
  await saveStep(ctx, answer("13800000000"));
  await expect(saveStep(ctx, answer("13800000000，second@mail.example"))).rejects.toMatchObject({
    fields: { list: ["requests.errors.oneAccount"] },
  });
  expect(await saveStep(ctx, answer('"棉，棉"'))).toMatchObject({ subjects: ["棉，棉"] });
});

test("P32: whoever is not sure of the ground says so, and the handler decides", async () => {
  const person = await endUser();
  const draftId = await givenCompleteDraft(person);
  await saveStep(acting(person, AT), { draftId, answer: { step: "ground", ground: "unsure" } });
  const { number } = await submitRequest(acting(person, AT), { draftId, locale: "zh-CN" });
  const [request] = await db.select().from(requests).where(eq(requests.number, number));
  expect(request).toMatchObject({ type: "delete", ground: null });
});

test("of files sent together, those that are proof are kept, and each other is named with its reason", async () => {
  const person = await endUser();
  const ctx = acting(person, AT);
  const draftId = await givenCompleteDraft(person, { proof: false });
  const good = { fileName: "证明.txt", bytes: someProof() };
  const files = [
    { fileName: "程序.exe", bytes: new Uint8Array([0x4d, 0x5a, 0, 1, 2]) },
    good,
    { fileName: "空.txt", bytes: new Uint8Array() },
    good,
  ];
  const { kept, refused } = await addDraftFiles(ctx, { draftId, files });
  expect({ kept, refused }).toEqual({
    kept: 1,
    refused: [
      { name: "程序.exe", key: "requests.errors.file.kind" },
      { name: "空.txt", key: "requests.errors.file.empty" },
    ],
  });
  await expect(addDraftFiles(acting(await endUser(), AT), { draftId, files })).rejects.toThrow(
    NotFound,
  );
});

test("the address of a draft that was sent leads to its request, one that was deleted to none, another's likewise", async () => {
  const person = await endUser();
  const ctx = acting(person, AT);
  const draftId = await givenCompleteDraft(person);
  expect(await findFiledDraft(ctx, { draftId })).toMatchObject({ draft: { id: draftId } });
  const { number } = await submitRequest(ctx, { draftId, locale: "zh-CN" });
  expect(await findFiledDraft(ctx, { draftId })).toEqual({ draft: null, number });
  expect(await findFiledDraft(acting(await endUser(), AT), { draftId })).toEqual({ draft: null });
  const deleted = await givenCompleteDraft(person);
  await deleteDraft(ctx, { draftId: deleted });
  expect(await findFiledDraft(ctx, { draftId: deleted })).toEqual({ draft: null });
  expect(await findFiledDraft(ctx, { draftId: "a\u0000b" })).toEqual({ draft: null });
});

test("a draft that is sent while its page is made is shown or led to its request, never lost between two reads", async () => {
  const person = await endUser();
  const ctx = acting(person, AT);
  for (let n = 0; n < 5; n += 1) {
    const draftId = await givenCompleteDraft(person);
    const [{ number }, ...found] = await Promise.all([
      submitRequest(ctx, { draftId, locale: "zh-CN" }),
      ...Array.from({ length: 8 }, () => findFiledDraft(ctx, { draftId })),
    ]);
    for (const one of found) expect(one.draft?.id ?? one.number).toBeOneOf([draftId, number]);
  }
});

test("a file sent to the handler without a word stands among the messages, with its moment", async () => {
  const person = await endUser();
  const number = await givenFiled(person);
  const ctx = acting(person, "2026-11-24 09:00");
  const file = { fileName: "补充.txt", bytes: someProof() };
  await writeToHandler(ctx, { number, body: "", file });
  const { messages, files } = await readOwnRequest(ctx, { number });
  expect(files.map(({ name }) => name)).toContain("补充.txt");
  expect(messages).toMatchObject([
    {
      ...{ isFromRequester: true, body: "补充.txt", at: beijing("2026-11-24 09:00") },
      files: [{ name: "补充.txt" }],
    },
  ]);
});

test("a requester brings five files at most, whatever they came with", async () => {
  const person = await endUser();
  const number = await givenFiled(person);
  const ctx = acting(person, "2026-11-24 09:00");
  const { files } = await readOwnRequest(ctx, { number });
  const send = (count: number) =>
    writeToHandler(ctx, {
      ...{ number, body: "" },
      file: { fileName: `${count}.txt`, bytes: new TextEncoder().encode(`材料 ${count}`) },
    });
  for (let count = files.length; count < 5; count++) await send(count);
  await expect(send(5)).rejects.toMatchObject({
    fields: { file: ["requests.errors.file.tooMany"] },
  });
});
