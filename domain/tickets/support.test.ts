import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { apps, auditEntries, deliveries } from "@/db/schema";
import type { Person } from "@/domain/context";
import { NotAllowed, NotFound } from "@/domain/errors";
import { startBroadcast } from "@/domain/broadcasts/start";
import { verb } from "@/domain/verb";
import { FACTS } from "@/tests/support/broadcasts";
import { acting } from "@/tests/support/context";
import { givenContact } from "@/tests/support/notices";
import {
  givenAccount,
  givenMember,
  givenPerson,
  givenProduct,
  givenStaff,
} from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { givenRequest } from "@/tests/support/requests";
import { givenLink } from "@/tests/support/tickets";

import { findCustomers } from "./find-customers";
import { lookAtAccount, lookAtPerson } from "./look-at-customer";
import { listCustomerBroadcasts } from "./list-customer-broadcasts";

const now = "2026-11-26 10:00";
let support: Person;

beforeAll(async () => {
  support = await givenStaff("support");
});

const find = (wanted: string, page?: string) =>
  findCustomers(acting(support, now), { wanted, ...(page && { page }) });

/** An account of two people with an app, told of a major change. */
async function givenTold() {
  const product = await givenProduct();
  const account = await givenAccount({ productId: product.id, name: `青禾网络 ${product.slug}` });
  const [owner, member] = [
    await givenMember(account.id, "owner"),
    await givenMember(account.id, "member"),
  ];
  const { id } = await verb({
    may: "policy.review",
    input: z.object({}),
    run: (step) =>
      startBroadcast(step, {
        kind: "policy_change",
        subjectId: FACTS.versionId,
        facts: FACTS,
        audience: { productId: product.id },
        isPublic: true,
      }),
  })(acting(await givenStaff("approver"), "2026-11-20 10:00"), {});
  return { account, owner, member, broadcastId: id };
}

const settle = (userId: string, set: Partial<typeof deliveries.$inferInsert>) =>
  db
    .update(deliveries)
    .set(set)
    .where(sql`${deliveries.userId} = ${userId} and ${deliveries.channel} = 'email'`);

describe("support finds a customer", () => {
  test("by UIN, name, SDKAppID, and by a member's or a contact's address", async () => {
    const { account, owner } = await givenTold();
    const contact = await givenContact(account.id, "security");
    const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
    for (const wanted of [
      account.uin,
      account.uin.slice(0, 10),
      account.name.slice(2),
      app!.sdkAppId,
      owner.email,
      ` ${owner.email.toUpperCase()} `,
      contact.email,
    ]) {
      const { accounts } = await find(wanted);
      expect(
        accounts.rows.map(({ id }) => id),
        wanted,
      ).toEqual([account.id]);
    }
  });

  test("by a ticket's and by a request's number: who filed, the account, the links", async () => {
    const { account, owner } = await givenTold();
    const person = await givenPerson("终端用户");
    await givenRequest(person.id, { ticketNumber: "T-500" });
    const filed = await givenRequest(owner.id, {
      ticketNumber: "T-500",
      requesterKind: "developer",
      accountId: account.id,
    });
    const link = await givenLink(support, { ticketNumber: "T-500", purpose: "file_request" });
    const byTicket = await find("T-500");
    expect(byTicket.people.map(({ id }) => id).toSorted()).toEqual(
      [owner.id, person.id].toSorted(),
    );
    expect(byTicket.accounts.rows.map(({ id }) => id)).toEqual([account.id]);
    expect(byTicket.links.map(({ id }) => id)).toEqual([link.id]);
    expect((await find(filed.number)).people.map(({ id }) => id)).toEqual([owner.id]);
  });

  test("addresses are shown in part, and wildcards find nothing of themselves", async () => {
    const { owner } = await givenTold();
    const { people } = await find(owner.email);
    expect(people[0]!.email).toBe(`${owner.email.slice(0, 1)}***@people.example`);
    for (const wanted of ["%", "_", "\\", "\u0000", "\ud800", "' or 1=1", "x".repeat(100_000)])
      expect((await find(wanted)).people).toEqual([]);
    for (const wanted of ["100%", "", " \u0000"])
      expect((await find(wanted)).accounts.rows).toEqual([]);
  });

  test("twenty a page, and the rest behind it", async () => {
    const name = `连锁 ${Math.random()}`;
    for (let n = 0; n < 21; n += 1) await givenAccount({ name: `${name} ${n}` });
    const { accounts: first } = await find(name);
    const { accounts: second } = await find(name, first.next!);
    expect([first.rows.length, first.previous]).toEqual([20, null]);
    expect([second.rows.length, second.next]).toEqual([1, null]);
  });

  test("every search is on the record, without what was typed", async () => {
    const other = await givenStaff("support");
    const { owner } = await givenTold();
    await findCustomers(acting(other, now), { wanted: owner.email });
    await findCustomers(acting(other, now), { wanted: "nobody@nowhere.example" });
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.actorId, other.id));
    expect(entries.map(({ action }) => action)).toEqual(["support.searched", "support.searched"]);
    expect(entries[0]!.after).toMatchObject({ by: "email", personIds: [owner.id] });
    expect(entries[1]!.after).toMatchObject({ people: 0 });
    expect(JSON.stringify(entries)).not.toMatch(/people\.example|nowhere\.example/);
  });
});

describe("support looks at a customer", () => {
  test("every look is on the record", async () => {
    const { account, owner } = await givenTold();
    const ctx = acting(support, now);
    await lookAtAccount(ctx, { accountId: account.id });
    await lookAtAccount(ctx, { accountId: account.id });
    await lookAtPerson(ctx, { userId: owner.id });
    expect(await recordOf(account.id)).toEqual(["account.looked_up", "account.looked_up"]);
    expect(await recordOf(owner.id)).toEqual(["person.looked_up"]);
  });

  test("its people and contacts in part; no request's contents", async () => {
    const { account, owner } = await givenTold();
    await givenContact(account.id, "security", false);
    await givenRequest(owner.id, {
      accountId: account.id,
      requesterKind: "developer",
      ticketNumber: "T-600",
    });
    await givenLink(support, {
      ticketNumber: "T-600",
      purpose: "file_request",
      prefill: { facts: "工单里的话" },
    });
    const seen = await lookAtAccount(acting(support, now), { accountId: account.id });
    expect(seen.members.rows.map(({ role }) => role)).toEqual(["owner", "member"]);
    expect(seen.contacts).toMatchObject([{ kind: "security", verifiedAt: null }]);
    expect(seen.links.map(({ ticketNumber }) => ticketNumber)).toEqual(["T-600"]);
    expect(JSON.stringify(seen)).not.toMatch(/聊天记录|alice|工单里的话/);
    expect(JSON.stringify(seen)).not.toContain(owner.email);
  });

  test("what was told, to whom, whether it arrived and was read; what did not arrive stands first", async () => {
    const { account, owner, member, broadcastId } = await givenTold();
    await settle(owner.id, { status: "delivered", settledAt: new Date("2026-11-20T02:05:00Z") });
    await settle(member.id, { status: "bounced", reason: "550 no such mailbox" });
    await db
      .update(deliveries)
      .set({ readAt: new Date("2026-11-20T03:00:00Z") })
      .where(sql`${deliveries.userId} = ${owner.id} and ${deliveries.channel} = 'inbox'`);
    const { rows } = await listCustomerBroadcasts(acting(support, now), {
      of: { accountId: account.id },
    });
    expect(rows).toMatchObject([
      {
        id: broadcastId,
        told: { kind: "policy_change" },
        mails: 2,
        arrived: 1,
        read: 1,
        people: [
          {
            userId: member.id,
            mail: { status: "bounced", reason: "550 no such mailbox", isFallback: false },
            inbox: { readAt: null, knownAt: null },
          },
          { userId: owner.id, mail: { status: "delivered" } },
        ],
      },
    ]);
    expect(rows[0]!.people[1]!.mail!.address).toMatch(/^.\*\*\*@people\.example$/);
    expect(rows[0]!.people[1]!.inbox!.readAt).toEqual(new Date("2026-11-20T03:00:00Z"));
  });

  test("a mail that went to the next contact after a bounce is among them", async () => {
    const { account, owner, broadcastId } = await givenTold();
    const contact = await givenContact(account.id, "legal");
    const [bounced] = await db.select().from(deliveries).where(eq(deliveries.userId, owner.id));
    await db.insert(deliveries).values({
      broadcastId,
      channel: "email",
      userId: contact.id,
      accountIds: [account.id],
      fallbackOf: bounced!.id,
      address: contact.email,
      locale: "zh-CN",
      status: "sent",
      createdAt: new Date("2026-11-20T04:00:00Z"),
    });
    const { rows } = await listCustomerBroadcasts(acting(support, now), {
      of: { userId: contact.id },
    });
    expect(rows).toMatchObject([{ people: [{ mail: { isFallback: true }, inbox: null }] }]);
  });

  test("what was told for another account stays out", async () => {
    const [told, other] = [await givenTold(), await givenTold()];
    await givenMember(other.account.id, "viewer", { also: told.owner });
    const { rows } = await listCustomerBroadcasts(acting(support, now), {
      of: { accountId: other.account.id },
    });
    expect(rows.map(({ id }) => id)).toEqual([other.broadcastId]);
    expect(rows[0]!.people.map(({ userId }) => userId)).not.toContain(told.owner.id);
  });

  test("someone who has left is still seen to have been told", async () => {
    const { account, member } = await givenTold();
    await db.execute(sql`update members set left_at = now() where user_id = ${member.id}`);
    const { rows } = await listCustomerBroadcasts(acting(support, now), {
      of: { accountId: account.id },
    });
    expect(rows[0]!.people.map(({ userId }) => userId)).toContain(member.id);
  });
});

test("who may: support and auditors; what is not there is not found", async () => {
  const { account, owner } = await givenTold();
  for (const role of ["author", "approver", "handler", "admin"] as const) {
    const ctx = acting(await givenStaff(role), now);
    await expect(findCustomers(ctx, { wanted: "x" })).rejects.toBeInstanceOf(NotAllowed);
    await expect(lookAtAccount(ctx, { accountId: account.id })).rejects.toBeInstanceOf(NotAllowed);
    await expect(lookAtPerson(ctx, { userId: owner.id })).rejects.toBeInstanceOf(NotAllowed);
    await expect(listCustomerBroadcasts(ctx, { of: { userId: owner.id } })).rejects.toBeInstanceOf(
      NotAllowed,
    );
  }
  const nobody = "00000000-0000-4000-8000-000000000000";
  const auditor = acting(await givenStaff("auditor"), now);
  await expect(lookAtAccount(auditor, { accountId: nobody })).rejects.toBeInstanceOf(NotFound);
  await expect(lookAtPerson(auditor, { userId: nobody })).rejects.toBeInstanceOf(NotFound);
  expect(await recordOf(nobody)).toEqual([]);
});
