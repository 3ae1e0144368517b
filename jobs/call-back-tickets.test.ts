import { Webhook } from "standardwebhooks";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, dispatches, endpoints, requests } from "@/db/schema";
import { STAFF_ROLES } from "@/db/vocabulary/access";
import { readCallbackTrouble } from "@/domain/broadcasts/callback-trouble";
import { asJob, type Person } from "@/domain/context";
import { changeCallbackSecret } from "@/domain/endpoints/change-secret";
import { findTicketSystem } from "@/domain/endpoints/find-ticket-system";
import { nameTicketSystem } from "@/domain/endpoints/name-ticket-system";
import { removeTicketSystem } from "@/domain/endpoints/remove";
import { replayCallback } from "@/domain/endpoints/replay";
import { testCallback } from "@/domain/endpoints/test";
import { NotAllowed } from "@/domain/errors";
import { assignRequest } from "@/domain/requests/assign";
import { askForMore, verifyRequest } from "@/domain/requests/verify";
import { raiseAlarms } from "@/domain/security/raise-alarms";
import { provide } from "@/lib/env";
import { startEndpoints } from "@/stand-ins/endpoints/start";
import { acting } from "@/tests/support/context";
import { givenFiled } from "@/tests/support/filing";
import { givenPerson, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { asSeen, givenRequest, givenRequestDesk, givenTaken } from "@/tests/support/requests";
import { resetDatabase } from "@/tests/support/reset-database";

import { postDispatches } from "./post-dispatches";

const AT = "2026-03-02 09:30";
const TICKET = "T-2026-4711";
const FACTS = "请删除手机号 13800000000 名下的聊天记录。";
const post = () => postDispatches(() => false);
let receiver: Awaited<ReturnType<typeof startEndpoints>>;
let admin: Person;

beforeAll(async () => {
  receiver = await startEndpoints();
  provide({ TICKET_HOSTS: receiver.host, ENDPOINT_HOSTS: "" });
});
afterAll(() => receiver.close());

beforeEach(async () => {
  receiver.received.length = 0;
  await resetDatabase();
  admin = await givenStaff("admin");
});

const asAdmin = (at = AT) => acting(admin, at);
const name = (path = "/tickets") => nameTicketSystem(asAdmin(), { address: receiver.url + path });
const shown = async (who: Person = admin) => (await findTicketSystem(acting(who, AT), {}))!;

/** A request as somebody files it who came by a ticket's link. */
async function givenFromTicket(at = AT) {
  const person = await givenPerson("林晓");
  const wish = { at, ticketNumber: TICKET, facts: FACTS, subjects: "alice-0815" };
  return { person, number: await givenFiled(person, wish) };
}

/** What arrived, as another implementation of the signature reads it. */
const read = (secret: string) =>
  receiver.received.map(
    ({ body, headers }) =>
      new Webhook(secret).verify(body, headers) as {
        type: string;
        timestamp: string;
        data: object;
      },
  );

const hurry = () => db.update(dispatches).set({ nextAttemptAt: sql`clock_timestamp()` });

test("P46: each move of a ticket's request reaches the ticket system, signed, with its number, state, day and link, and nothing of the person", async () => {
  const { handler } = await givenRequestDesk();
  const secret = (await name()).secret ?? "";
  const { person, number } = await givenFromTicket();
  const request = (await db.select().from(requests).where(eq(requests.number, number)))[0]!;
  await assignRequest(acting(handler, "2026-03-03 10:00"), {
    ...(await asSeen(request)),
    handlerId: handler.id,
  });
  await verifyRequest(acting(handler, "2026-03-03 11:00"), await asSeen(request));
  await askForMore(acting(handler, "2026-03-04 10:00"), {
    ...(await asSeen(request)),
    text: "请补一张身份证明。",
  });
  await post();
  const events = read(secret);
  expect(events.map(({ type }) => type)).toEqual(events.map(() => "request.moved"));
  expect(events.map(({ data }) => data)).toEqual(
    ["received", "verifying", "in_progress", "need_more"].map((status) => ({
      ...{ ticket: TICKET, request: number, status, dueDate: request.dueDate },
      url: {
        "zh-CN": `http://localhost:3000/zh-CN/ops/support?q=${number}`,
        en: `http://localhost:3000/en/ops/support?q=${number}`,
      },
    })),
  );
  expect(events.at(-1)?.timestamp).toBe("2026-03-04T02:00:00.000Z");
  const all = receiver.received.map(({ body }) => body).join();
  for (const own of [person.name, person.email, person.id, FACTS, "13800000000", "alice", "补一张"])
    expect(all).not.toContain(own);
  expect(() => read(`whsec_${Buffer.alloc(32, 9).toString("base64")}`)).toThrow();
});

test("a request that names no ticket calls nobody, nor does one while no address is named", async () => {
  const { handler, filed } = await givenRequestDesk();
  await givenFromTicket();
  await name();
  await givenTaken(await filed(), handler);
  await post();
  expect(receiver.received).toEqual([]);
});

describe("a call that failed", () => {
  test("is repeated with the same bytes and id, stands in the log, and is posted again by an administrator", async () => {
    await name();
    const { number } = await givenFromTicket();
    receiver.meet({ status: 503 });
    await post();
    await hurry();
    await post();
    const { log } = await shown();
    expect(log.rows).toMatchObject([
      { status: "delivered", move: { ticket: TICKET, request: number, status: "received" } },
    ]);
    expect(log.rows[0]?.tried.map(({ outcome, answer }) => [outcome, answer])).toEqual([
      ["retry", 503],
      ["delivered", 200],
    ]);
    await replayCallback(asAdmin(), { dispatchId: log.rows[0]!.id });
    await post();
    const posts = receiver.received.map(({ body, headers }) => `${headers["webhook-id"]} ${body}`);
    expect(posts).toHaveLength(3);
    expect(new Set(posts).size).toBe(1);
  });

  test("goes to the address that took the place of the one it failed at, under the same secret", async () => {
    const secret = (await name("/old")).secret ?? "";
    await givenFromTicket();
    receiver.meet({ status: 500 });
    await post();
    expect(await name("/new")).toEqual({ secret: null });
    await hurry();
    await post();
    expect(receiver.received.map(({ path }) => path)).toEqual(["/old", "/new"]);
    expect(read(secret)).toHaveLength(2);
    const [row] = await db.select().from(endpoints);
    expect(await recordOf(row?.id ?? "")).toEqual(["endpoint.added", "endpoint.address_changed"]);
  });
});

describe("a ticket system that hears of nothing", () => {
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  const raise = (hours: number) => raiseAlarms(asJob("raise-alarms", later(hours)), {});
  const readBy = async (who: Person, hours: number) =>
    readCallbackTrouble({ actor: who, now: later(hours) }, {});
  const mailed = async () =>
    (await db.select().from(broadcasts).where(eq(broadcasts.kind, "security_alarm"))).map(
      ({ facts }) => facts,
    );

  test("for six hours is an alarm once a day, until a call is taken", async () => {
    const support = await givenStaff("support");
    await name();
    await givenFromTicket();
    receiver.meet({ status: 503 });
    await post();
    expect(await raise(5)).toEqual({ raised: 0 });
    expect(await readBy(support, 5)).toBeNull();
    expect(await raise(7)).toEqual({ raised: 1 });
    expect(await raise(7)).toEqual({ raised: 0 });
    expect(await raise(7 + 24)).toEqual({ raised: 1 });
    expect(await mailed()).toMatchObject([
      { pattern: "callback_failing", count: 1, hours: 6 },
      { pattern: "callback_failing", count: 1 },
    ]);
    expect(await readBy(support, 7)).toMatchObject({ state: "failing", calls: 1 });
    await hurry();
    await post();
    expect(await readBy(support, 7)).toBeNull();
    expect(await raise(72)).toEqual({ raised: 0 });
  });

  test("took a later call than the one that was called in vain: it is none, whichever was written first", async () => {
    const support = await givenStaff("support");
    await name();
    await givenFromTicket();
    receiver.meet({ status: 503 });
    await post();
    await givenFromTicket("2026-03-02 10:30");
    receiver.meet({ status: 503 });
    await post();
    // The earlier move is tried again first, and taken; the later one waits for its turn.
    await db
      .update(dispatches)
      .set({ nextAttemptAt: sql`clock_timestamp()` })
      .where(eq(dispatches.id, sql`(select id from dispatches order by created_at, id limit 1)`));
    await post();
    const statuses = await db.select({ status: dispatches.status }).from(dispatches);
    expect(statuses.map(({ status }) => status).toSorted()).toEqual(["delivered", "queued"]);
    expect(await readBy(support, 7)).toBeNull();
    expect(await raise(7)).toEqual({ raised: 0 });
  });

  test("for good (410) is an alarm once, and stands until another address is named", async () => {
    const auditor = await givenStaff("auditor");
    await name();
    await givenFromTicket();
    receiver.meet({ status: 410 });
    await post();
    expect([await raise(0), await raise(1), await raise(48)]).toEqual([
      { raised: 1 },
      { raised: 0 },
      { raised: 0 },
    ]);
    expect(await mailed()).toMatchObject([{ pattern: "callback_gone", count: 1 }]);
    expect(await readBy(auditor, 48)).toMatchObject({ state: "gone", calls: 1 });
    await name("/other");
    expect(await readBy(auditor, 48)).toBeNull();
  });

  test("ended by an administrator is none, nor is one that was never called", async () => {
    await name();
    expect(await raise(48)).toEqual({ raised: 0 });
    await givenFromTicket();
    await removeTicketSystem(asAdmin(), {});
    expect(await raise(48)).toEqual({ raised: 0 });
  });
});

test("a new secret signs beside the one before; a test says that it is one; the end cancels what waits", async () => {
  const before = (await name()).secret ?? "";
  const after = await changeCallbackSecret(acting(admin, "2099-01-01 09:00"), {});
  await testCallback(asAdmin(), {});
  await post();
  for (const secret of [before, after])
    expect(read(secret)).toMatchObject([{ type: "endpoint.test" }]);
  await givenFromTicket();
  await removeTicketSystem(asAdmin(), {});
  await post();
  expect(receiver.received).toHaveLength(1);
  expect(await shown()).toMatchObject({ endReason: "removed", address: null });
  expect((await name()).secret).not.toBeNull();
});

test("two administrators who name the first address at once name one, and one of them is told its secret", async () => {
  const named = await Promise.all(
    Array.from({ length: 4 }, () => nameTicketSystem(asAdmin(), { address: `${receiver.url}/a` })),
  );
  expect(named.filter(({ secret }) => secret !== null)).toHaveLength(1);
});

describe("who may", () => {
  test("administrators alone name it, with a fresh factor; support and auditors see its host and its log", async () => {
    await name();
    for (const role of STAFF_ROLES.filter((one) => one !== "admin")) {
      const ctx = acting(await givenStaff(role), AT);
      await expect(nameTicketSystem(ctx, { address: "https://a.example/" })).rejects.toBeInstanceOf(
        NotAllowed,
      );
      await expect(removeTicketSystem(ctx, {})).rejects.toBeInstanceOf(NotAllowed);
      await expect(changeCallbackSecret(ctx, {})).rejects.toBeInstanceOf(NotAllowed);
      await expect(testCallback(ctx, {})).rejects.toBeInstanceOf(NotAllowed);
      const reads = findTicketSystem(ctx, {});
      if (role === "support" || role === "auditor")
        await expect(reads).resolves.toMatchObject({ host: "127.0.0.1", address: null });
      else await expect(reads).rejects.toBeInstanceOf(NotAllowed);
    }
    const stale = { ...admin, sessionId: "s", signedInAt: asAdmin("2026-03-02 09:00").now };
    await expect(
      nameTicketSystem(acting(stale, AT), { address: "https://a.example/" }),
    ).rejects.toMatchObject({ messageKey: "access.errors.staleFactor" });
    expect(await shown()).toMatchObject({ address: `${receiver.url}/tickets` });
  });

  test("an address inside the network is refused unless the setting names it, and in production one without https", async () => {
    const refused = (key: string) => ({ fields: { address: [`endpoints.errors.address.${key}`] } });
    const naming = (address: string) => nameTicketSystem(asAdmin(), { address });
    await expect(naming("https://10.0.0.8/hook")).rejects.toMatchObject(refused("not_public"));
    await expect(naming("http://tickets.example/")).rejects.toMatchObject(refused("not_https"));
    provide({ GAOZHI_MODE: "production" });
    await expect(naming(`${receiver.url}/tickets`))
      .rejects.toMatchObject(refused("not_https"))
      .finally(() => provide({ GAOZHI_MODE: "test" }));
  });
});

test("the database keeps one ticket system, and one post of a move", async () => {
  await name();
  const { secret: _, id: __, ...row } = (await db.select().from(endpoints))[0]!;
  await expect(db.insert(endpoints).values(row)).rejects.toThrow();
  await expect(
    db.update(endpoints).set({ channel: "wecom" }).where(eq(endpoints.host, row.host)),
  ).rejects.toThrow();
  await givenFromTicket();
  const { id: ___, ...again } = (await db.select().from(dispatches))[0]!;
  await expect(db.insert(dispatches).values(again)).rejects.toThrow();
  await givenRequest(null);
  expect(await db.$count(dispatches)).toBe(1);
});
