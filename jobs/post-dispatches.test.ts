import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Webhook } from "standardwebhooks";

import { db } from "@/db/client";
import { broadcasts, dispatchAttempts, dispatches, endpoints } from "@/db/schema";
import { cancelRemainder } from "@/domain/broadcasts/cancel-remainder";
import {
  BROWSERS_AT_ONCE,
  claimDispatches,
  keepDispatchBodies,
  listDispatchesToCompose,
} from "@/domain/broadcasts/claim-dispatches";
import { finishBroadcasts } from "@/domain/broadcasts/finish";
import { listDispatches } from "@/domain/broadcasts/list-dispatches";
import { pauseBroadcast } from "@/domain/broadcasts/pause";
import { resumeBroadcast } from "@/domain/broadcasts/resume";
import { BACKOFF_SECONDS, settleDispatches } from "@/domain/broadcasts/settle-dispatches";
import { asJob, type Person } from "@/domain/context";
import { findOwnEndpoint } from "@/domain/endpoints/find";
import { listOwnBrowsers } from "@/domain/endpoints/list-browsers";
import { replayDispatch } from "@/domain/endpoints/replay";
import { env, provide } from "@/lib/env";
import { pushPublicKey } from "@/lib/web-push";
import { startEndpoints } from "@/stand-ins/endpoints/start";
import {
  givenMembers,
  prepareAll,
  statusOf,
  tellPerson,
  tellProduct,
} from "@/tests/support/broadcasts";
import { dispatchesTo, givenBrowser, givenEndpoint } from "@/tests/support/endpoints";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { postDispatches } from "./post-dispatches";

const now = new Date("2026-03-02T02:00:00Z");
const job = () => asJob("post-dispatches", new Date());
const post = () => postDispatches(() => false);
let receiver: Awaited<ReturnType<typeof startEndpoints>>;
let productId: string;
let approver: Person;

beforeAll(async () => {
  receiver = await startEndpoints();
  provide({ ENDPOINT_HOSTS: receiver.host });
});
afterAll(() => receiver.close());

beforeEach(async () => {
  receiver.received.length = 0;
  await resetDatabase();
  productId = (await givenProduct()).id;
  approver = await givenStaff("approver");
});

type Wish = { path?: string; channel?: "webhook" | "wecom"; productId?: string };

async function givenHooked({ path = "/hook", channel = "webhook", ...wish }: Wish = {}) {
  const account = await givenAccount({ productId: wish.productId ?? productId });
  const owner = await givenMember(account.id, "owner");
  const ctx = { actor: owner, now };
  const address = receiver.url + path;
  const id = await givenEndpoint(ctx, { accountId: account.id, channel, address });
  return { account, owner, ctx, id };
}

const tell = () => tellProduct({ actor: approver, now }, productId);
const statusesOf = async (id: string) => (await dispatchesTo(id)).map(({ status }) => status);
const taken = (path: string) => receiver.received.filter((one) => one.path === path && one.isTaken);

/** Lets what waits for a later attempt, or for its receiver's pace, be due now. */
async function hurry() {
  await db.update(dispatches).set({ nextAttemptAt: sql`clock_timestamp()`, leaseUntil: null });
  await db.update(endpoints).set({ nextPostAt: null });
}

/** A claim as a worker makes it that is killed after it. */
async function claimAndDie() {
  for (const { dispatchId } of await listDispatchesToCompose(job(), {}))
    await keepDispatchBodies(job(), { bodies: [{ dispatchId, body: "{}" }] });
  return claimDispatches(job(), { most: 10 });
}

test("P18: each endpoint of each account that is told gets the broadcast once, and others nothing", async () => {
  const [one, two] = [await givenHooked({ path: "/one" }), await givenHooked({ path: "/two" })];
  const other = await givenHooked({ path: "/other", productId: (await givenProduct()).id });
  const { id } = await tell();
  await post();
  await post();
  expect([taken("/one").length, taken("/two").length, taken("/other").length]).toEqual([1, 1, 0]);
  expect(await statusesOf(one.id)).toEqual(["delivered"]);
  expect(await statusesOf(other.id)).toEqual([]);
  const { secret } = await findOwnEndpoint(two.ctx, { endpointId: two.id });
  const { body, headers } = taken("/two")[0]!;
  expect(headers["webhook-id"]).toBe(`msg_${id.replaceAll("-", "")}`);
  expect(new Webhook(secret ?? "").verify(body, headers)).toMatchObject({
    data: { account: two.account.uin },
  });
});

test("a large audience is posted to when the last of it is prepared", async () => {
  await givenMembers(productId, 1001, "crowd");
  const { id } = await givenHooked();
  await tell();
  expect(await statusesOf(id)).toEqual([]);
  await prepareAll(now);
  await post();
  expect(await statusesOf(id)).toEqual(["delivered"]);
});

test("what concerns one person alone is posted nowhere", async () => {
  const { owner, id } = await givenHooked();
  await tellPerson({ actor: approver, now }, owner.id);
  expect(await statusesOf(id)).toEqual([]);
});

test("P19: an incident is posted to the affected, with the apps that are", async () => {
  const desk = await givenNoticeDesk();
  const { app, account } = await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const owner = await givenMember(account.id, "owner");
  const id = await givenEndpoint(
    { actor: owner, now },
    {
      ...{ accountId: account.id, address: `${receiver.url}/hook` },
    },
  );
  const other = await givenHooked({ path: "/other", productId: desk.productId });
  const incident = await givenIncident(desk, { mark: "暗号", visibility: "restricted" });
  const notice = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { named: app.sdkAppId },
  });
  await published(desk, notice, { typedPeople: 1 });
  await post();
  expect(await statusesOf(id)).toEqual(["delivered"]);
  expect(await statusesOf(other.id)).toEqual([]);
  const { body } = taken("/hook")[0]!;
  expect(body).toContain(app.sdkAppId);
  expect(body).toContain(incident.number);
  expect(body).not.toContain("暗号");
});

describe("an attempt that failed", () => {
  test("is repeated with the same bytes and id, later each time, and at last has failed", async () => {
    const { id } = await givenHooked();
    await tell();
    const waits: number[] = [];
    for (let n = 0; n <= BACKOFF_SECONDS.length; n += 1) {
      receiver.meet({ status: 500 });
      await post();
      const [dispatch] = await dispatchesTo(id);
      if (dispatch?.status === "queued")
        waits.push(Math.round((dispatch.nextAttemptAt.getTime() - Date.now()) / 1000));
      await hurry();
    }
    expect(waits.map((wait, n) => Math.abs(wait - (BACKOFF_SECONDS[n] ?? 0)) < 60)).toEqual(
      BACKOFF_SECONDS.map(() => true),
    );
    expect(await statusesOf(id)).toEqual(["failed"]);
    const posts = receiver.received.map(({ body, headers }) => `${headers["webhook-id"]} ${body}`);
    expect(posts).toHaveLength(10);
    expect(new Set(posts).size).toBe(1);
    const attempts = await db.select().from(dispatchAttempts);
    expect(attempts.map(({ outcome, answer }) => [outcome, answer])).toEqual(
      posts.map(() => ["retry", 500]),
    );
  });

  test("and may have arrived is repeated to a webhook, and unknown to a robot", async () => {
    const hook = await givenHooked();
    const robot = await givenHooked({ channel: "wecom", path: "/cgi-bin/webhook/send?key=1" });
    await tell();
    receiver.meet("cut", "cut");
    await post();
    await hurry();
    await post();
    expect(await statusesOf(hook.id)).toEqual(["delivered"]);
    expect(await statusesOf(robot.id)).toEqual(["unknown"]);
    expect(receiver.received.filter(({ path }) => path.startsWith("/cgi"))).toHaveLength(1);
  });

  test("410 ends the endpoint, on record, and nothing more is posted to it", async () => {
    const { id } = await givenHooked();
    await tell();
    receiver.meet({ status: 410 });
    await post();
    await tell();
    await post();
    expect(receiver.received).toHaveLength(1);
    expect(await statusesOf(id)).toEqual(["failed"]);
    expect((await recordOf(id)).at(-1)).toBe("endpoint.ended");
  });

  test("P18: a browser whose consent was taken back ends, on record, and no other of its person's", async () => {
    provide({ PUSH_KEY: Buffer.alloc(32, 7).toString("base64url") });
    const { ctx } = await givenHooked();
    const asked = [1, 2].map(() => receiver.push.subscribe(pushPublicKey(env().PUSH_KEY ?? "")));
    const ids: string[] = [];
    for (const one of asked) ids.unshift((await givenBrowser(ctx, one)).endpointId);
    receiver.push.end(asked[0]!.endpoint);
    await tell();
    await post();
    await tell();
    await post();
    const [standing = "", ended = ""] = ids;
    expect(await statusesOf(ended)).toEqual(["failed"]);
    expect((await recordOf(ended)).at(-1)).toBe("endpoint.ended");
    expect(await statusesOf(standing)).toEqual(["delivered", "delivered"]);
    expect(await listOwnBrowsers(ctx, {})).toMatchObject([
      { id: standing, endReason: null, lastStatus: "delivered" },
      { id: ended, endReason: "gone", lastStatus: "failed" },
    ]);
  });

  test("and is posted again by its people has its bytes and its id", async () => {
    const { id, ctx } = await givenHooked();
    await tell();
    await post();
    const [dispatch] = await dispatchesTo(id);
    await replayDispatch(ctx, { endpointId: id, dispatchId: dispatch!.id });
    await post();
    const [first, second] = receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(await statusesOf(id)).toEqual(["delivered"]);
  });
});

describe("a worker", () => {
  test("killed after its claim leaves a webhook to the next, and a robot's card unknown", async () => {
    const hook = await givenHooked();
    const robot = await givenHooked({ channel: "wecom", path: "/cgi-bin/webhook/send?key=1" });
    await tell();
    const claimed = await claimAndDie();
    expect(claimed).toHaveLength(2);
    await post();
    expect(receiver.received).toHaveLength(0);
    await db.update(dispatches).set({ leaseUntil: sql`clock_timestamp() - interval '1 second'` });
    await db.update(endpoints).set({ nextPostAt: null });
    await post();
    expect(await statusesOf(hook.id)).toEqual(["delivered"]);
    expect(await statusesOf(robot.id)).toEqual(["unknown"]);
    expect(receiver.received.map(({ path }) => path)).toEqual(["/hook"]);
    // The one that was thought dead comes back: it settles nothing.
    const settlings = claimed.map(({ dispatchId, attempt }) => ({
      ...{ dispatchId, attempt, outcome: { kind: "failed" as const, reason: "late" } },
    }));
    expect(await settleDispatches(job(), { settlings })).toBe(0);
    expect(await statusesOf(hook.id)).toEqual(["delivered"]);
  });

  test("beside another posts nothing twice", async () => {
    const hooks = [];
    for (let n = 0; n < 12; n += 1) hooks.push(await givenHooked({ path: `/hook/${n}` }));
    await tell();
    await Promise.all([post(), post(), post()]);
    expect(receiver.received.map(({ path }) => path).sort()).toEqual(
      hooks.map((_, n) => `/hook/${n}`).sort(),
    );
  });

  test("keeps nobody waiting for slow receivers, also where there are more others than places", async () => {
    await givenHooked({ path: "/slow" });
    for (let n = 0; n < 24; n += 1) await givenHooked({ path: `/fast-${n}` });
    await tell();
    let others = 0;
    let release: (() => void) | undefined;
    const allOthers = new Promise<void>((resolve) => (release = resolve));
    await postDispatches(
      () => false,
      async ({ url }) => {
        if (url.endsWith("/slow")) await allOthers;
        else if ((others += 1) === 24) release?.();
        return { kind: "answered", status: 200, headers: {}, text: "" };
      },
    );
    expect(others).toBe(24);
  });

  test("posts to few of one person's browsers at once, whatever hosts they named", async () => {
    provide({ PUSH_KEY: Buffer.alloc(32, 7).toString("base64url") });
    const { ctx } = await givenHooked();
    const key = pushPublicKey(env().PUSH_KEY ?? "");
    for (let n = 0; n < 5; n += 1) await givenBrowser(ctx, receiver.push.subscribe(key));
    await tell();
    const claimed = await claimAndDie();
    expect(claimed.filter(({ channel }) => channel === "push")).toHaveLength(BROWSERS_AT_ONCE);
    expect(claimed.filter(({ channel }) => channel === "webhook")).toHaveLength(1);
    const next = await claimAndDie();
    expect(next.filter(({ channel }) => channel === "push")).toHaveLength(BROWSERS_AT_ONCE);
  });

  test("posts to a robot no faster than it may", async () => {
    const { id } = await givenHooked({ channel: "wecom", path: "/cgi-bin/webhook/send?key=1" });
    for (let n = 0; n < 3; n += 1) await tell();
    const again = await post();
    expect(receiver.received).toHaveLength(1);
    expect(again!.getTime()).toBeGreaterThan(Date.now() + 1_000);
    expect((await statusesOf(id)).sort()).toEqual(["delivered", "queued", "queued"]);
  });
});

describe("a broadcast", () => {
  test("that is paused posts nothing until it goes on, and ends when its posts are final", async () => {
    const { id } = await givenHooked();
    const told = await tell();
    const steer = { actor: { ...approver, signedInAt: now, factorAt: now }, now };
    await pauseBroadcast(steer, { broadcastId: told.id });
    await post();
    expect(receiver.received).toHaveLength(0);
    await resumeBroadcast(steer, { broadcastId: told.id });
    await db.execute(sql`update deliveries set status = 'delivered' where channel = 'email'`);
    await finishBroadcasts(asJob("deliver-mails", now), {});
    expect((await statusOf(told.id)).status).toBe("sending");
    await post();
    await finishBroadcasts(asJob("deliver-mails", now), {});
    expect((await statusOf(told.id)).status).toBe("finished");
    expect(await statusesOf(id)).toEqual(["delivered"]);
  });

  test("whose remainder is cancelled posts nothing that nobody tried", async () => {
    const { id } = await givenHooked();
    const told = await tell();
    const steer = { actor: { ...approver, signedInAt: now, factorAt: now }, now };
    await pauseBroadcast(steer, { broadcastId: told.id });
    await cancelRemainder(steer, { broadcastId: told.id, typedMails: "1", reason: "内容有误" });
    await post();
    expect(receiver.received).toHaveLength(0);
    expect(await statusesOf(id)).toEqual(["cancelled"]);
  });

  test("shows on its board a row for each endpoint, and how many of each result", async () => {
    await givenHooked({ path: "/one" });
    await givenHooked({ channel: "wecom", path: "/cgi-bin/webhook/send?key=gone" });
    const { id } = await tell();
    await post();
    const board = await listDispatches({ actor: approver, now }, { broadcastId: id });
    expect(board.totals).toMatchObject([
      { channel: "webhook", status: "delivered", count: 1 },
      { channel: "wecom", status: "failed", count: 1 },
    ]);
    expect(board.rows).toHaveLength(2);
  });
});

test("the database keeps one row for a broadcast and an endpoint, and no address of one that ended", async () => {
  const { id } = await givenHooked();
  const told = await tell();
  const [row] = await db
    .select()
    .from(dispatches)
    .where(and(eq(dispatches.endpointId, id), eq(dispatches.broadcastId, told.id)));
  const { id: _, ...again } = row!;
  await expect(db.insert(dispatches).values(again)).rejects.toThrow();
  await expect(
    db.update(endpoints).set({ endedAt: now, endReason: "removed" }).where(eq(endpoints.id, id)),
  ).rejects.toThrow();
  expect(await db.$count(broadcasts)).toBe(1);
});
