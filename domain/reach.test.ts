import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import {
  accountReach,
  accounts,
  broadcasts,
  contacts,
  deliveries,
  suppressions,
} from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import { givenContact } from "@/tests/support/notices";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { askContacts, listContactsToAsk } from "./accounts/ask-contacts";
import { checkContacts } from "./accounts/check-contacts";
import { asJob } from "./context";
import { listCalls, noteTry } from "./broadcasts/calls";
import { FACTS } from "./broadcasts/facts";
import { countReach, listReach, readOwnReach } from "./broadcasts/list-reach";
import { measureReach, settleCalls } from "./broadcasts/measure-reach";

const [NIGHT, NEXT, MORNING] = ["2026-11-20 03:00", "2026-11-21 03:00", "2026-11-21 09:00"];
beforeEach(resetDatabase);

async function measure(at: string) {
  const ctx = asJob("measure-reach", beijing(at));
  while ((await measureReach(ctx, {})) > 0);
  await settleCalls(ctx, {});
}

const scoreOf = async (accountId: string) =>
  (await db.select().from(accountReach).where(eq(accountReach.accountId, accountId)))[0];

/** An account of this autumn. */
async function givenNew() {
  const account = await givenAccount();
  const createdAt = beijing("2026-10-01 00:00");
  await db.update(accounts).set({ createdAt }).where(eq(accounts.id, account.id));
  return account;
}

const stop = (address: string) =>
  db.insert(suppressions).values({ address, reason: "bounced", since: beijing(NIGHT) });

const owner = async (accountId: string) => givenMember(accountId, "owner");

describe("a score and its reasons", () => {
  test("an account without anybody, and one whose addresses are all stopped, cannot be reached", async () => {
    const [empty, stopped] = [await givenNew(), await givenNew()];
    await stop((await owner(stopped.id)).email);
    await measure(NIGHT);
    expect(await scoreOf(empty.id)).toMatchObject({ score: 0, reasons: ["nobody"], people: 0 });
    expect(await scoreOf(stopped.id)).toMatchObject({
      ...{ score: 0, reasons: ["all_stopped"], people: 1, reachable: 0 },
    });
    const { rows } = await listReach(acting(await givenStaff("support"), NIGHT), {});
    expect(rows.map(({ accountId }) => accountId).toSorted()).toEqual(
      [empty.id, stopped.id].toSorted(),
    );
  });

  test("a confirmed contact, a second address and a mail that arrived make it better; what came back, who left and a year without a look make it worse", async () => {
    const { id } = await givenNew();
    const one = await owner(id);
    await measure(NIGHT);
    expect(await scoreOf(id)).toMatchObject({
      score: 30,
      reasons: ["one_address", "no_contact", "none_arrived"],
    });

    await givenContact(id, "security");
    const mail = (status: "delivered" | "bounced", at: string) =>
      db.insert(deliveries).values({
        ...{ broadcastId: crypto.randomUUID(), channel: "email", userId: one.id, accountIds: [id] },
        ...{
          address: one.email,
          locale: "zh-CN",
          status,
          createdAt: beijing(at),
          settledAt: beijing(at),
        },
      });
    await mail("delivered", "2026-11-20 10:00");
    await measure(NEXT);
    expect(await scoreOf(id)).toMatchObject({ score: 100, reasons: [] });

    await mail("bounced", "2026-11-21 10:00");
    await db
      .update(accounts)
      .set({ createdAt: beijing("2020-01-01 00:00") })
      .where(eq(accounts.id, id));
    await db.execute(sql`update contacts set verified_at = '2020-01-01' where account_id = ${id}`);
    await db.execute(sql`
      insert into members (account_id, user_id, role, joined_at, left_at)
      select ${id}, id, 'viewer', '2020-01-01', ${beijing("2026-11-01 00:00").toISOString()}
      from users where id = ${(await givenStaff("author")).id}`);
    await measure("2026-11-22 03:00");
    expect(await scoreOf(id)).toMatchObject({
      score: 70,
      reasons: ["came_back", "unchecked", "somebody_left"],
    });
    // Its owner sees the same at once, and mends what is theirs to mend.
    const ctx = acting(one, "2026-11-22 09:00");
    expect((await readOwnReach(ctx, {}))[0]).toMatchObject({ accountId: id, score: 70 });
    await checkContacts(ctx, { accountId: id });
    expect((await readOwnReach(ctx, {}))[0]?.reasons).toEqual(["came_back", "somebody_left"]);
    expect(await recordOf(id)).toContain("account.contacts_checked");
  });

  test("a closed account has none, and every account is measured once a night", async () => {
    const { id } = await givenNew();
    const ctx = asJob("measure-reach", beijing(NIGHT));
    expect(await measureReach(ctx, {})).toBeGreaterThan(0);
    expect(await measureReach(ctx, {})).toBe(0);
    await db
      .update(accounts)
      .set({ closedAt: beijing(NIGHT) })
      .where(eq(accounts.id, id));
    await measure(NEXT);
    expect(await scoreOf(id)).toBeUndefined();
  });
});

describe("the list of calls", () => {
  const open = async (role: "support" | "auditor" = "support") =>
    (await listCalls(acting(await givenStaff(role), MORNING), {})).rows;

  test("who cannot be reached is called by a day; a try stays with its way, result and words, and the one that reached them ends it", async () => {
    const { id } = await givenNew();
    await measure(NIGHT);
    await measure(NEXT);
    const [call, ...more] = await open();
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      accountId: id,
      cause: "unreachable",
      dueAt: beijing("2026-11-27 03:00"),
    });

    const support = await givenStaff("support");
    const ctx = acting(support, MORNING);
    const tried = { callId: call!.id, way: "phone" as const, note: "没有人接" };
    await noteTry(ctx, { ...tried, result: "no_answer" });
    expect((await open())[0]).toMatchObject({
      dueAt: beijing("2026-11-22 09:00"),
      tries: [{ way: "phone", result: "no_answer", note: "没有人接", triedBy: support.name }],
    });
    await expect(noteTry(ctx, { ...tried, result: "reached", note: " " })).rejects.toMatchObject({
      fields: { note: expect.anything() },
    });
    await noteTry(ctx, { ...tried, result: "reached", note: "已告知王工，他会更正邮箱" });
    expect(await open()).toEqual([]);
    await expect(noteTry(ctx, { ...tried, result: "reached" })).rejects.toMatchObject({
      messageKey: "broadcasts.errors.callSettled",
    });
    expect(await recordOf(id)).toEqual(["call.opened", "call.tried", "call.tried"]);
    const auditor = acting(await givenStaff("auditor"), MORNING);
    await expect(noteTry(auditor, { ...tried, result: "reached" })).rejects.toThrow();
  });

  test("a call ends by itself once somebody can be reached", async () => {
    const { id } = await givenNew();
    await measure(NIGHT);
    expect(await open()).toHaveLength(1);
    await owner(id);
    await measure(NEXT);
    expect(await open()).toEqual([]);
    expect(await recordOf(id)).toEqual(["call.opened", "call.settled"]);
    const totals = await countReach(acting(await givenStaff("support"), MORNING), {});
    expect(totals).toMatchObject({ unreachable: 0, all: 1 });
  });
});

describe("the yearly question", () => {
  const ask = async (at: string) => {
    const ctx = asJob("remind-unacknowledged", beijing(at));
    for (const due of await listContactsToAsk(ctx, {})) await askContacts(ctx, due);
  };
  const asked = async () =>
    (await db.select().from(broadcasts).where(eq(broadcasts.kind, "contacts_check"))).map(
      ({ subjectId, facts, people }) => ({
        ...FACTS.contacts_check.parse(facts),
        subjectId,
        people,
      }),
    );

  test("goes to the owners of an account for which nobody has answered for a year, and once more a fortnight later", async () => {
    const account = await givenNew();
    const one = await owner(account.id);
    await givenMember(account.id, "member");
    await givenContact(account.id, "security", false);
    await ask("2027-09-30 09:00");
    expect(await asked()).toEqual([]);
    await ask("2027-10-02 09:00");
    await ask("2027-10-02 09:00");
    await ask("2027-10-10 09:00");
    const [first, ...others] = await asked();
    expect([first, others]).toMatchObject([
      { subjectId: account.id, people: 1, isReminder: false, contacts: [{ count: 0 }, {}, {}] },
      [],
    ]);
    const told = await db.select().from(deliveries);
    expect(told.map(({ userId, channel }) => [userId, channel]).toSorted()).toEqual([
      [one.id, "email"],
      [one.id, "inbox"],
    ]);
    expect(await recordOf(account.id)).toContain("account.contacts_asked");
    await ask("2027-10-17 09:00");
    await ask("2027-11-02 09:00");
    expect((await asked()).map(({ isReminder }) => isReminder)).toEqual([false, true]);
    await ask("2028-11-02 09:00");
    expect((await asked()).map(({ isReminder }) => isReminder)).toEqual([false, true, false]);
  });

  test("not where somebody has looked through them, or a contact has confirmed, within the year; nor after an answer, nor of a closed account", async () => {
    const [checked, confirmed] = [await givenNew(), await givenNew()];
    const [answered, closed] = [await givenNew(), await givenNew()];
    const owners = await Promise.all(
      [checked, confirmed, answered, closed].map(({ id }) => owner(id)),
    );
    await checkContacts(acting(owners[0]!, "2027-01-10 09:00"), { accountId: checked.id });
    await givenContact(confirmed.id, "security");
    await db
      .update(contacts)
      .set({ verifiedAt: beijing("2027-02-01 09:00") })
      .where(eq(contacts.accountId, confirmed.id));
    await db
      .update(accounts)
      .set({ closedAt: beijing("2027-03-01 09:00") })
      .where(eq(accounts.id, closed.id));
    await ask("2027-10-02 09:00");
    expect((await asked()).map(({ subjectId }) => subjectId)).toEqual([answered.id]);
    await checkContacts(acting(owners[2]!, "2027-10-05 09:00"), { accountId: answered.id });
    await ask("2027-10-20 09:00");
    expect(await asked()).toHaveLength(1);
  });
});
