import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, deliveries, requestFiles, requests, users } from "@/db/schema";
import type { Person } from "@/domain/context";
import { Invalid, NotAllowed } from "@/domain/errors";
import { unsealText } from "@/lib/seal";
import { acting } from "@/tests/support/context";
import { someProof } from "@/tests/support/filing";
import { givenAccount, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { givenRequestDesk, told } from "@/tests/support/requests";

import { readRequestStatus } from "./list-status";
import { assignRequest } from "./assign";
import { logRequest } from "./log";
import { readStaffRequest } from "./read-staff-request";
import { readOwnRequest } from "./read-own";
import { writeToRequester } from "./write";

type Given = Parameters<typeof logRequest>[1];
let support: Person;
let handler: Person;

beforeAll(async () => {
  support = await givenStaff("support");
  ({ handler } = await givenRequestDesk());
});

/** A letter of an end user, entered on Thursday, 26 November 2026. */
const letter = (changes: Partial<Given> = {}): Given => ({
  formId: randomUUID(),
  channel: "post",
  receivedAt: "2026-11-20T11:00:00+08:00",
  ticketNumber: "",
  capacity: "end_user",
  requesterName: "江一帆",
  email: "",
  replyTo: "广州市某路 1 号",
  locale: "zh-CN",
  type: "delete",
  ground: "a",
  uin: "",
  accountName: "",
  appName: "轻语",
  sdkAppId: "",
  facts: "请删除我的聊天记录。",
  list: "user-1\nuser-1\nuser-2",
  files: [],
  ...changes,
});
const now = "2026-11-26 10:00";
const log = (changes: Partial<Given> = {}) => logRequest(acting(support, now), letter(changes));

async function rowOf(number: string) {
  const [row] = await db.select().from(requests).where(eq(requests.number, number));
  return row!;
}

describe("P46: a request that came by mail, post or phone", () => {
  test("P47: is due from the day it truly arrived, that day not counted", async () => {
    const { number } = await log();
    const request = await rowOf(number);
    expect(request).toMatchObject({
      channel: "post",
      status: "received",
      receivedAt: new Date("2026-11-20T03:00:00.000Z"),
      loggedAt: new Date("2026-11-26T02:00:00.000Z"),
      // 23 November is the first of 15 working days.
      dueDate: "2026-12-11",
      appName: "轻语",
      subjectCount: 2,
    });
    expect(unsealText(request.replyTo!, "request.reply_to")).toBe("江一帆\n广州市某路 1 号");
    expect(await recordOf(request.id)).toEqual(["request.logged"]);
  });

  test("a requester with an address is told the number by mail and follows it here", async () => {
    const email = `${randomUUID()}@mail.example`;
    const { number } = await log({ channel: "email", email, replyTo: "" });
    const [person] = await db.select().from(users).where(eq(users.email, email));
    expect(person).toMatchObject({ name: "江一帆" });
    const told = await db.select().from(deliveries).where(eq(deliveries.userId, person!.id));
    expect(told.map(({ channel, address }) => [channel, address]).toSorted()).toEqual([
      ["email", email],
      ["inbox", null],
    ]);
    const requester: Person = { kind: "person", ...person!, staffRoles: [], memberships: [] };
    expect(await readOwnRequest(acting(requester, now), { number })).toMatchObject({ number });
  });

  test("one without is told by nobody here, and the case says how to answer", async () => {
    const { number } = await log({ channel: "phone", replyTo: "电话 020-0000 0000" });
    expect(await rowOf(number)).toMatchObject({ requesterId: null });
    expect(await readStaffRequest(acting(handler, now), { number })).toMatchObject({
      channel: "phone",
      requester: null,
      replyTo: "江一帆\n电话 020-0000 0000",
    });
  });

  test("P25: a developer's names an account that exists, and its app", async () => {
    const account = await givenAccount();
    const wish = {
      ...{ capacity: "on_behalf" as const, appName: "" },
      ...{ uin: account.uin, accountName: ` ${account.name.slice(0, 6)}` },
    };
    const { number } = await log(wish);
    expect(await rowOf(number)).toMatchObject({
      accountId: account.id,
      requesterKind: "developer",
      onBehalf: true,
      appName: null,
    });
    await expect(log({ ...wish, uin: "100000000" })).rejects.toMatchObject({
      fields: { uin: ["requests.errors.noSuchAccount"] },
    });
    // A mistyped UIN is another company's: without that company's name nothing reaches it.
    const other = await givenAccount({ name: "别家科技有限公司" });
    await expect(log({ ...wish, uin: other.uin })).rejects.toMatchObject({
      fields: { accountName: ["requests.errors.otherAccountName"] },
      values: { account: "别家科技有限公司" },
    });
    await expect(log({ ...wish, sdkAppId: "1400000001" })).rejects.toMatchObject({
      fields: { sdkAppId: ["requests.errors.notOfAccount"] },
    });
  });

  test("P25: its papers are kept sealed with it; P38: a stop is ordered at once for child data", async () => {
    const files = [1, 2].map((n) => ({ fileName: `信 ${n}.txt`, bytes: someProof() }));
    const { number } = await log({ type: "child_data", ground: "", files });
    const request = await rowOf(number);
    const kept = await db.select().from(requestFiles).where(eq(requestFiles.requestId, request.id));
    expect(kept.map(({ uploadedBy }) => uploadedBy)).toEqual([support.id, support.id]);
    expect(kept[0]!.content.toString("utf8")).not.toContain("授权书");
    expect(request.stopOrderedAt).toEqual(new Date("2026-11-26T02:00:00.000Z"));
    expect(request.stopConfirmedAt).toBeNull();
  });

  test("the ticket's number stays on the record; the record names nobody", async () => {
    const { number } = await log({ channel: "ticket", ticketNumber: "T-77" });
    const { id } = await rowOf(number);
    const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    expect(entry).toMatchObject({
      actorId: support.id,
      after: { ticketNumber: "T-77", receivedAt: "2026-11-20T03:00:00.000Z", channel: "ticket" },
    });
    expect(JSON.stringify(entry)).not.toMatch(/江一帆|聊天记录|user-1/);
  });

  test("fifty sends of one form are one request", async () => {
    const wish = letter();
    const logged = await Promise.all(
      Array.from({ length: 50 }, () => logRequest(acting(support, now), wish)),
    );
    expect(new Set(logged.map(({ number }) => number)).size).toBe(1);
    const { id } = await rowOf(logged[0]!.number);
    expect(await recordOf(id)).toEqual(["request.logged"]);
  });
});

test("what is missing or wrong is told at its field", async () => {
  const bad: [Partial<Given>, string, string][] = [
    [{ receivedAt: "2026-11-26T10:01:00+08:00" }, "receivedAt", "requests.errors.receivedLater"],
    [{ receivedAt: "2025-11-20T10:00:00+08:00" }, "receivedAt", "requests.errors.receivedLongAgo"],
    [{ receivedAt: "" }, "receivedAt", "errors.field.moment"],
    [{ receivedAt: "2026-02-30T10:00:00+08:00" }, "receivedAt", "errors.field.moment"],
    [{ channel: "portal" as never }, "channel", "requests.errors.choose"],
    [{ capacity: "" as never }, "capacity", "requests.errors.choose"],
    [{ type: "" as never }, "type", "requests.errors.choose"],
    [{ ground: "" }, "ground", "errors.field.required"],
    [{ appName: "" }, "appName", "errors.field.required"],
    [{ capacity: "own" }, "uin", "errors.field.required"],
    [{ replyTo: "" }, "replyTo", "errors.field.required"],
    [{ email: "not an address" }, "email", "errors.field.email"],
    [{ email: "a@b.example\r\nBcc: c@d.example" }, "email", "errors.field.email"],
    [{ requesterName: "" }, "requesterName", "errors.field.required"],
    [{ requesterName: "名\u0000字" }, "requesterName", "errors.field.unstorable"],
    [{ facts: " " }, "facts", "errors.field.required"],
    [{ facts: "\ud800" }, "facts", "errors.field.unstorable"],
    [{ facts: "x".repeat(1_000_000) }, "facts", "errors.field.tooLong"],
    [{ ticketNumber: "T\u202e1" }, "ticketNumber", "errors.field.disguising"],
    [{ sdkAppId: "14a" }, "sdkAppId", "requests.errors.sdkAppId"],
    [{ list: "x".repeat(129) }, "list", "requests.errors.linesTooLong"],
    [{ list: "a\u200bb" }, "list", "requests.errors.linesInvisible"],
    [{ files: [{ fileName: "x.exe", bytes: new Uint8Array([1, 2]) }] }, "files", ""],
  ];
  for (const [changes, field, key] of bad) {
    const refusal: unknown = await log(changes).catch((error: unknown) => error);
    expect(refusal, JSON.stringify(changes).slice(0, 80)).toBeInstanceOf(Invalid);
    const { fields } = refusal as Invalid;
    expect(Object.keys(fields), JSON.stringify(changes).slice(0, 80)).toContain(field);
    if (key) expect(fields[field]).toContain(key);
  }
});

test("support sees where it stands, and not a word of what it says", async () => {
  const { number } = await log();
  const standing = await readRequestStatus(acting(support, now), { number });
  expect(standing).toMatchObject({ status: "received", isOpen: true, isOverdue: false });
  expect(JSON.stringify(standing)).not.toMatch(/聊天记录|user-1|江一帆/);
  await expect(readStaffRequest(acting(support, now), { number })).rejects.toBeInstanceOf(
    NotAllowed,
  );
});

test("nobody but support and handlers enters one", async () => {
  for (const role of ["author", "approver", "auditor", "admin"] as const)
    await expect(logRequest(acting(await givenStaff(role), now), letter())).rejects.toBeInstanceOf(
      NotAllowed,
    );
  await expect(logRequest(acting(handler, now), letter())).resolves.toHaveProperty("number");
});

test("what is written to a requester without a mail address is said to be kept only, and its receipt has its day", async () => {
  const { number } = await log();
  const on = acting(handler, now);
  const { revision } = await rowOf(number);
  await assignRequest(on, { number, revision, handlerId: handler.id });
  expect(await writeToRequester(on, { number, message: "请补充。" })).toEqual({ isTold: false });
  const { events, receivedAt } = await readStaffRequest(on, { number });
  expect(events[0]?.at).not.toEqual(receivedAt);

  const mailed = await log({ email: "jiang.yifan@example.com", replyTo: "" });
  const row = await rowOf(mailed.number);
  await assignRequest(on, { ...mailed, revision: row.revision, handlerId: handler.id });
  const told = await writeToRequester(on, { number: mailed.number, message: "请补充。" });
  expect(told).toEqual({ isTold: true });
  const [requester] = await db
    .select()
    .from(users)
    .where(eq(users.id, row.requesterId ?? ""));
  const own = await readOwnRequest(
    acting({ ...support, id: requester!.id, staffRoles: [] }, now),
    mailed,
  );
  expect(own.events[0]?.at).toEqual(new Date("2026-11-20T03:00:00Z"));
});

test("a deletion whose ground nobody is sure of is logged without one, for the handler to decide", async () => {
  const { number } = await log({ type: "delete", ground: "unsure" });
  expect(await rowOf(number)).toMatchObject({ type: "delete", ground: null });
});

describe("P56: what operations found by themselves", () => {
  const found = { channel: "finding", type: "child_data", ground: "", capacity: "" } as const;
  const nobody = { requesterName: "", replyTo: "", email: "" };

  test("is a case without a requester whose stop is ordered at once", async () => {
    const { number } = await log({ ...found, ...nobody });
    const row = await rowOf(number);
    expect(row).toMatchObject({
      ...{ channel: "finding", requesterKind: "operations", requesterId: null, replyTo: null },
      stopOrderedAt: new Date("2026-11-26T02:00:00.000Z"),
      dueDate: "2026-12-11",
    });
    expect(await told(row, ["requester", "developer"])).toEqual([]);
    expect(await told(row, ["handler"])).toEqual(["handler_filed"]);
  });

  test("is nothing but what disposes of data; and who asks is still asked for otherwise", async () => {
    await expect(log({ ...found, type: "question" })).rejects.toMatchObject({
      fields: { type: ["requests.errors.findingType"] },
    });
    await expect(log({ capacity: "" })).rejects.toMatchObject({
      fields: { capacity: ["requests.errors.choose"] },
    });
  });
});
