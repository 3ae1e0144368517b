import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, calls, deliveries, dispatches, members, suppressions } from "@/db/schema";
import type { Severity } from "@/db/vocabulary/incidents";
import { provide } from "@/lib/env";
import { acting, beijing } from "@/tests/support/context";
import { freezeAll, prepareAll } from "@/tests/support/broadcasts";
import { givenEndpoint, givenNumber, smsSettings } from "@/tests/support/endpoints";
import {
  givenAffected,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { asJob } from "./context";
import { listCalls } from "./broadcasts/calls";
import { escalateUnopened } from "./broadcasts/escalate-unopened";
import { finishBroadcasts } from "./broadcasts/finish";
import { reconcile } from "./broadcasts/reconcile";
import { replayDispatch } from "./endpoints/replay";
import { followAdvice } from "./incidents/follow-advice";

const IS_MAIL = eq(deliveries.channel, "email");

beforeEach(resetDatabase);

describe("P17, P18: an incident's notice that nobody of an account has opened", () => {
  const OUT = "2026-11-20 09:50";
  const escalate = (at: string) =>
    escalateUnopened(asJob("escalate-unopened", beijing(at)), {
      ...{ hours: 24, followHours: 60 },
    });

  /** A restricted notice goes to the security contact alone, so that the owner comes next. */
  async function givenTold() {
    const desk = await givenNoticeDesk();
    const { account, owner: next } = await givenAffected(desk.productId, {
      platforms: { android: "8.0.0" },
    });
    const contact = await givenContact(account.id, "security");
    const incident = await givenIncident(desk, { visibility: "restricted" });
    const draft = await givenNotice(desk, { incidentId: incident.id });
    const { broadcastId } = await published(desk, draft, { at: OUT, typedPeople: 1 });
    await prepareAll(beijing(OUT));
    return { account, next, contact, broadcastId: broadcastId ?? "" };
  }

  const toldBy = async (broadcastId: string) =>
    db
      .select({ userId: deliveries.userId, channel: deliveries.channel, status: deliveries.status })
      .from(deliveries)
      .where(eq(deliveries.broadcastId, broadcastId));

  test("goes to the next contact after some hours, and onto the list of calls after as many again, each once", async () => {
    const { account, next, broadcastId } = await givenTold();
    await escalate("2026-11-21 09:00");
    expect(await toldBy(broadcastId)).toHaveLength(2);

    await Promise.all([escalate("2026-11-21 10:00"), escalate("2026-11-21 10:00")]);
    const told = (await toldBy(broadcastId)).filter(({ userId }) => userId === next.id);
    expect(told.map(({ channel, status }) => `${channel} ${status}`).toSorted()).toEqual([
      ...["email queued", "inbox placed"],
    ]);
    expect(await freezeAll(beijing("2026-11-21 10:00"))).toBe(2);
    expect(await db.$count(calls)).toBe(0);

    await escalate("2026-11-22 10:00");
    await escalate("2026-11-22 10:10");
    const list = await listCalls(acting(await givenStaff("support"), "2026-11-22 11:00"), {});
    expect(list.rows).toMatchObject([
      {
        ...{ accountId: account.id, cause: "unopened", broadcastId },
        ...{ dueAt: beijing("2026-11-23 10:00"), isOverdue: false },
      },
    ]);
    expect(await recordOf(account.id)).toEqual(["call.told_next", "call.opened"]);
    // Somebody opens it after all.
    await db
      .update(deliveries)
      .set({ readAt: beijing("2026-11-22 12:00") })
      .where(eq(deliveries.userId, next.id));
    await escalate("2026-11-22 12:10");
    expect(await db.$count(calls, sql`settled_at is null`)).toBe(0);
  });

  /**
   * A restricted notice of this grade, told to the contact alone: two owners, of whom the later one has a number,
   * as has a member who may not learn of it; and endpoints of which one asked for incidents.
   */
  async function givenChannels(severity: Severity) {
    provide(smsSettings("https://sms.example"));
    const desk = await givenNoticeDesk();
    const { account, owner: boss } = await givenAffected(desk.productId, {
      platforms: { android: "8.0.0" },
    });
    const owners = [boss, await givenMember(account.id, "owner")].toSorted((one, other) =>
      one.id < other.id ? -1 : 1,
    );
    const contact = await givenContact(account.id, "security");
    const ctx = acting(boss, "2026-11-19 09:00");
    const quiet = { accountId: account.id, topics: ["policies" as const] };
    const address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-0000-4bc4-97a0";
    const robot = await givenEndpoint(ctx, { ...quiet, channel: "wecom", address });
    await givenEndpoint(ctx, quiet);
    const hook = { accountId: account.id, address: "https://hooks.example.com/told" };
    const told = await givenEndpoint(ctx, hook);
    const { endpointId: number } = await givenNumber(owners[1]!, "+8613800000001");
    await givenNumber(await givenMember(account.id, "member"), "+8613800000002");
    const incident = await givenIncident(desk, { severity, visibility: "restricted" });
    const draft = await givenNotice(desk, { incidentId: incident.id });
    const { broadcastId } = await published(desk, draft, { at: OUT, typedPeople: 1 });
    await prepareAll(beijing(OUT));
    return { account, contact, owners, broadcastId: broadcastId ?? "", robot, told, number };
  }

  const postedOf = async (broadcastId: string) =>
    (await db.select().from(dispatches).where(eq(dispatches.broadcastId, broadcastId)))
      .map(({ endpointId }) => endpointId)
      .toSorted();

  test("P18: of a grave incident the first step goes to every other channel that the account has, once, with a row each", async () => {
    const { account, contact, owners, broadcastId, robot, told, number } =
      await givenChannels("major");
    expect(await postedOf(broadcastId)).toEqual([told]);
    await Promise.all([escalate("2026-11-21 10:00"), escalate("2026-11-21 10:00")]);
    await escalate("2026-11-21 10:10");
    expect(await postedOf(broadcastId)).toEqual([told, robot, number].toSorted());
    // Whoever has a number is told with message and mail too, though another comes first.
    const people = new Set((await toldBy(broadcastId)).map(({ userId }) => userId));
    expect(people).toEqual(new Set([contact.id, ...owners.map(({ id }) => id)]));
    expect(await recordOf(account.id)).toEqual(["call.told_next", "call.posted"]);

    await escalate("2026-11-22 10:00");
    const list = await listCalls(acting(await givenStaff("support"), "2026-11-22 11:00"), {});
    const sent = list.rows[0]?.sent ?? [];
    expect(sent.filter(({ channel }) => channel !== "email")).toMatchObject([
      { channel: "webhook", status: "queued", isFallback: false },
      { channel: "sms", address: "+86 138****0001", isFallback: true, name: owners[1]!.name },
      { channel: "wecom", isFallback: true, at: beijing("2026-11-21 10:00") },
    ]);
    expect(sent.filter(({ channel }) => channel === "email")).toHaveLength(3);
  });

  test("P18: a notice that had ended goes on with what is posted after hours, so that the record gets it too, and who has left hears of it no more", async () => {
    const { account, owners, broadcastId, robot, told } = await givenChannels("major");
    await db.insert(suppressions).values(
      owners.map(({ email: address }) => ({
        address,
        reason: "bounced" as const,
        since: beijing(OUT),
      })),
    );
    const end = async () => {
      await db
        .update(dispatches)
        .set({ status: "delivered", bodyHash: sql`encode(sha256('x'), 'hex')` });
      await db.update(deliveries).set({ status: "delivered" }).where(IS_MAIL);
      await finishBroadcasts(asJob("deliver-mails", beijing("2026-11-20 12:00")), {});
    };
    await end();
    const status = async () =>
      (await db.select().from(broadcasts).where(eq(broadcasts.id, broadcastId)))[0]?.status;
    expect(await status()).toBe("finished");
    const left = await givenMember(account.id, "member");
    await givenNumber(left, "+8613800000003");
    const [sent] = await db.select().from(deliveries).where(eq(deliveries.channel, "inbox"));
    await db.insert(deliveries).values({ ...sent!, id: crypto.randomUUID(), userId: left.id });
    await db
      .update(members)
      .set({ leftAt: beijing("2026-11-20 13:00") })
      .where(eq(members.userId, left.id));

    await escalate("2026-11-21 10:00");
    expect(await status()).toBe("sending");
    const posted = await postedOf(broadcastId);
    expect(posted).toHaveLength(3);
    expect(posted).toEqual(expect.arrayContaining([told, robot]));
    await end();
    expect(await status()).toBe("finished");
    const checked = await reconcile(acting(await givenStaff("auditor"), "2026-11-22 11:00"), {
      id: broadcastId,
    });
    expect(checked.checks.find(({ what }) => what === "recordPosts")).toMatchObject({
      ...{ expected: 3, found: 3 },
    });
  });

  test("what was never tried for want of budget is posted again by its owner, and the telling that had ended goes on", async () => {
    const { owners, broadcastId, number } = await givenChannels("major");
    await escalate("2026-11-21 10:00");
    await db.update(dispatches).set({ status: "failed", reason: "budget" });
    await db.update(deliveries).set({ status: "delivered" }).where(IS_MAIL);
    await finishBroadcasts(asJob("deliver-mails", beijing("2026-11-21 12:00")), {});
    const telling = db.select().from(broadcasts).where(eq(broadcasts.id, broadcastId));
    expect(await telling).toMatchObject([{ status: "finished" }]);
    const [post] = await db.select().from(dispatches).where(eq(dispatches.endpointId, number));
    await replayDispatch(acting(owners[1]!, "2026-11-22 10:00"), {
      ...{ endpointId: number, dispatchId: post!.id },
    });
    expect(await telling).toMatchObject([{ status: "sending" }]);
  });

  test("P18: of a lesser incident nothing but the next contact hears", async () => {
    const { account, broadcastId, told } = await givenChannels("larger");
    await escalate("2026-11-21 10:00");
    expect(await toldBy(broadcastId)).toHaveLength(4);
    expect((await postedOf(broadcastId)).filter((id) => id === told)).toHaveLength(1);
    expect(await recordOf(account.id)).toEqual(["call.told_next"]);
  });

  test.each(["opened", "paused"])(
    "P18: a grave incident that is %s goes to no other channel",
    async (state) => {
      const { contact, broadcastId, told } = await givenChannels("very_major");
      const at = { readAt: beijing(OUT) };
      await (state === "opened"
        ? db.update(deliveries).set(at).where(eq(deliveries.userId, contact.id))
        : db.update(broadcasts).set({ status: "paused" }).where(eq(broadcasts.id, broadcastId)));
      await escalate("2026-11-21 10:00");
      expect(await postedOf(broadcastId)).toEqual([told]);
    },
  );

  test("ends where somebody of the account has opened it", async () => {
    const { contact, broadcastId } = await givenTold();
    await db
      .update(deliveries)
      .set({ readAt: beijing(OUT) })
      .where(eq(deliveries.userId, contact.id));
    await escalate("2026-11-21 10:00");
    await escalate("2026-11-22 10:00");
    expect(await toldBy(broadcastId)).toHaveLength(2);
    expect(await db.$count(calls)).toBe(0);
  });

  test("ends where a page has shown somebody its banner: it is seen, though its message was never opened", async () => {
    const { contact, broadcastId } = await givenTold();
    await db
      .update(deliveries)
      .set({ bannerSeenAt: beijing(OUT) })
      .where(eq(deliveries.userId, contact.id));
    await escalate("2026-11-21 10:00");
    expect(await toldBy(broadcastId)).toHaveLength(2);
  });

  test("seen, and what it requires not done for each app: the next contact, then a call, which ends with the last tick", async () => {
    const desk = await givenNoticeDesk();
    const { account, owner, app } = await givenAffected(desk.productId, {
      platforms: { android: "8.0.0" },
    });
    const legal = await givenContact(account.id, "legal");
    const incident = await givenIncident(desk);
    const draft = await givenNotice(desk, { incidentId: incident.id });
    const { id: noticeId, broadcastId } = await published(desk, draft, { at: OUT, typedPeople: 1 });
    await prepareAll(beijing(OUT));
    const tick = (item: number, at: string) =>
      followAdvice(acting(owner, at), { noticeId, appId: app.id, item });
    // The first of two is done, which opens the message; the other is not.
    await tick(0, "2026-11-20 12:00");
    await escalate("2026-11-22 21:00");
    expect(await toldBy(broadcastId ?? "")).toHaveLength(2);
    await Promise.all([escalate("2026-11-22 22:00"), escalate("2026-11-22 22:00")]);
    const told = await toldBy(broadcastId ?? "");
    expect(told.filter(({ userId }) => userId === legal.id)).toHaveLength(2);
    await escalate("2026-11-25 10:00");
    await escalate("2026-11-25 10:10");
    const list = await listCalls(acting(await givenStaff("support"), "2026-11-25 11:00"), {});
    expect(list.rows).toMatchObject([
      {
        ...{ accountId: account.id, cause: "unfollowed", broadcastId },
        ...{ dueAt: beijing("2026-11-27 22:00"), isOverdue: false },
      },
    ]);
    expect(await recordOf(account.id)).toEqual(["call.told_next", "call.opened"]);
    await tick(1, "2026-11-25 12:00");
    await escalate("2026-11-25 12:10");
    expect(await db.$count(calls, sql`settled_at is null`)).toBe(0);
    expect((await recordOf(account.id)).at(-1)).toBe("call.settled");
  });
});
