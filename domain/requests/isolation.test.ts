import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, requestMessages, requests } from "@/db/schema";
import { seal } from "@/lib/seal";
import { acting, beijing } from "@/tests/support/context";
import { givenFiled } from "@/tests/support/filing";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";

import { openTrail } from "../audit/record";
import { ANONYMOUS, type Context, type Person } from "../context";
import { Conflict, NotAllowed, NotFound } from "../errors";
import { appealDecision } from "./appeal";
import { answerAsDeveloper, readDeveloperTask } from "./developer-task";
import { moveRequest } from "./move";
import { openOwnFile } from "./open-own-file";
import { listOwnRequests, listRoutedRequests, readOwnRequest } from "./read-own";
import { withdrawRequest } from "./withdraw";
import { writeToHandler } from "./write-to-handler";

const AT = "2026-11-23 10:00";

/** Moves a request as its handler would. */
async function moved(number: string, ...statuses: Parameters<typeof moveRequest>[1]["to"][]) {
  const handler = await givenStaff("handler");
  for (const to of statuses)
    await db.transaction(async (tx) => {
      const [request] = await tx.select().from(requests).where(eq(requests.number, number));
      const step = { tx, ...acting(handler, AT) };
      await moveRequest({ ...step, ...openTrail(step).trail }, { request: request!, to });
    });
}

/** Every way to a request there is on the requester's side. */
const ways = (ctx: Context, { number, fileId }: { number: string; fileId: string }) => [
  () => readOwnRequest(ctx, { number }),
  () => openOwnFile(ctx, { number, fileId }),
  () => writeToHandler(ctx, { number, body: "?", file: null }),
  () => withdrawRequest(ctx, { number }),
  () => appealDecision(ctx, { number, reason: "?" }),
  () => readDeveloperTask(ctx, { number }),
  () => answerAsDeveloper(ctx, { number, answer: "handled", text: "" }),
];

async function givenCast() {
  const account = await givenAccount();
  const other = await givenAccount();
  return {
    account,
    filer: await givenMember(account.id, "member"),
    owner: await givenMember(account.id, "owner"),
    legal: await givenMember(account.id, "legal"),
    colleagues: [await givenMember(account.id, "member"), await givenMember(account.id, "viewer")],
    strangers: [
      await givenMember(other.id, "owner"),
      await givenStaff(),
      await givenStaff("author"),
      await givenStaff("approver"),
      await givenStaff("handler"),
      await givenStaff("support"),
      await givenStaff("auditor"),
      await givenStaff("admin"),
    ],
  };
}

const fileOf = async (person: Person, number: string) =>
  (await readOwnRequest(acting(person, AT), { number })).files[0]?.id ?? "";

test("a request, its files and messages are found by nobody but the filer and who binds the account", async () => {
  const { account, filer, owner, legal, colleagues, strangers } = await givenCast();
  const number = await givenFiled(filer, { capacity: "on_behalf", accountId: account.id });
  const fileId = await fileOf(filer, number);
  for (const person of [...colleagues, ...strangers]) {
    const ctx = acting(person, AT);
    for (const way of ways(ctx, { number, fileId }))
      await expect(way()).rejects.toBeInstanceOf(NotFound);
    expect((await listOwnRequests(ctx, {})).rows).toEqual([]);
    for (const shelf of ["waiting", "ended"] as const)
      expect((await listRoutedRequests(ctx, { shelf })).rows).toEqual([]);
  }
  const anonymous = { actor: ANONYMOUS, now: beijing(AT) };
  for (const way of ways(anonymous, { number, fileId }))
    await expect(way()).rejects.toBeInstanceOf(NotAllowed);

  for (const person of [owner, legal]) {
    const ctx = acting(person, AT);
    expect((await readOwnRequest(ctx, { number })).isRequester).toBe(false);
    expect((await openOwnFile(ctx, { number, fileId })).bytes.length).toBeGreaterThan(0);
    // They look on; the filer speaks.
    for (const act of [
      () => writeToHandler(ctx, { number, body: "?", file: null }),
      () => withdrawRequest(ctx, { number }),
    ])
      await expect(act()).rejects.toBeInstanceOf(NotAllowed);
  }
});

test("an end user's request is no account's to see, not even after it was routed there; the task is", async () => {
  const { account, owner, colleagues, strangers } = await givenCast();
  const person = await givenStaff();
  const number = await givenFiled(person, { subjects: "user-77" });
  const fileId = await fileOf(person, number);
  await db
    .update(requests)
    .set({ accountId: account.id, developerDueDate: "2026-11-30" })
    .where(eq(requests.number, number));
  for (const way of ways(acting(owner, AT), { number, fileId }))
    await expect(way()).rejects.toBeInstanceOf(NotFound);

  await moved(number, "verifying", "in_progress", "with_developer");
  const task = await readDeveloperTask(acting(owner, AT), { number });
  expect(task).toMatchObject({ state: "waiting", subjects: ["user-77"] });
  expect(JSON.stringify(task)).not.toContain(person.email);
  for (const other of [...colleagues, ...strangers])
    await expect(readDeveloperTask(acting(other, AT), { number })).rejects.toBeInstanceOf(NotFound);
  await expect(readOwnRequest(acting(owner, AT), { number })).rejects.toBeInstanceOf(NotFound);
  await expect(openOwnFile(acting(owner, AT), { number, fileId })).rejects.toBeInstanceOf(NotFound);
});

test("P28, P29: the developer answers once, the case goes back to its handler, the requester sees no inside words", async () => {
  const { account, owner, legal } = await givenCast();
  const person = await givenStaff();
  const number = await givenFiled(person);
  await db
    .update(requests)
    .set({ accountId: account.id, developerDueDate: "2026-11-30" })
    .where(eq(requests.number, number));
  await moved(number, "verifying", "in_progress", "with_developer");
  const answer = {
    number,
    answer: "not_our_user",
    text: "查无此人",
  } as const;
  await answerAsDeveloper(acting(owner, AT), answer);
  const second = answerAsDeveloper(acting(legal, AT), answer);
  await expect(second).rejects.toBeInstanceOf(Conflict);
  const request = await readOwnRequest(acting(person, AT), { number });
  expect(request.status).toBe("in_progress");
  expect(JSON.stringify(request.messages)).not.toContain("查无此人");
  // The clock kept running.
  expect(request.dueDate).toBe(request.due.steps.at(-1)?.day);
});

test("P26: what was asked for with 'need more' goes back to be verified, with a message and a file", async () => {
  const person = await givenStaff();
  const number = await givenFiled(person);
  await moved(number, "verifying", "need_more");
  const bytes = new TextEncoder().encode("补充的授权书");
  const file = { fileName: "补充.txt.exe", bytes };
  await writeToHandler(acting(person, AT), { number, body: "已补充", file });
  const request = await readOwnRequest(acting(person, AT), { number });
  expect(request.status).toBe("verifying");
  expect(request.messages).toMatchObject([{ isFromRequester: true, body: "已补充" }]);
  expect(request.files.map(({ name }) => name)).toContain("补充.txt");
});

test("notes among handlers and answers that nobody has approved are not the requester's to read", async () => {
  const person = await givenStaff();
  const handler = await givenStaff("handler");
  const number = await givenFiled(person);
  const { id } = await readOwnRequest(acting(person, AT), { number });
  await db.insert(requestMessages).values({
    requestId: id,
    direction: "internal",
    authorId: handler.id,
    body: seal("内部意见", "request.message"),
    at: beijing(AT),
  });
  const request = await readOwnRequest(acting(person, AT), { number });
  expect(request.messages).toEqual([]);
  expect(request.answers).toEqual([]);
});

test("every look at a file is on the record", async () => {
  const person = await givenStaff();
  const number = await givenFiled(person);
  const { id, files } = await readOwnRequest(acting(person, AT), { number });
  await openOwnFile(acting(person, AT), { number, fileId: files[0]?.id ?? "" });
  await openOwnFile(acting(person, AT), { number, fileId: files[0]?.id ?? "" });
  const entries = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
  expect(entries.filter(({ action }) => action === "request.file_viewed")).toHaveLength(2);
});

test("a withdrawn request stays readable, and withdrawing twice is harmless", async () => {
  const person = await givenStaff();
  const ctx = acting(person, AT);
  const number = await givenFiled(person);
  await withdrawRequest(ctx, { number });
  await withdrawRequest(ctx, { number });
  expect((await readOwnRequest(ctx, { number })).status).toBe("withdrawn");
  await expect(appealDecision(ctx, { number, reason: "?" })).rejects.toBeInstanceOf(Conflict);
});
