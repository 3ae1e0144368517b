import { eq, inArray, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { apps, mailBatches, policyAcknowledgements } from "@/db/schema";
import { DELIVERING, givenBusyAccount } from "@/tests/support/busy-account";
import { enterMember, waysBack } from "@/tests/support/closed-account";
import { acting, beijing } from "@/tests/support/context";
import {
  askedFor,
  carryOut,
  freshly,
  givenCoolingOff,
  givenSmallAccount,
  isClosed,
} from "@/tests/support/deregistration";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";

import { readPerson } from "../access/session";
import { freezeNextBatches } from "../broadcasts/freeze-batch";
import { keepRenderedMail, listMailsToRender } from "../broadcasts/render-mail";
import { asJob, type Person } from "../context";
import { Conflict, DomainError, NotAllowed } from "../errors";
import { cancelDeregistration } from "./cancel";
import { listOwnDeregistrations, readOwnDeregistration } from "./read-own";
import { requestDeregistration } from "./request";

const JOB = asJob("execute-deregistrations", beijing("2026-11-09 10:05"));

describe("no way back (P33)", () => {
  async function givenGone() {
    const { account, owner, product } = await givenSmallAccount();
    const { id, number } = await givenCoolingOff(account, owner);
    const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
    await carryOut(id);
    return { account, owner, product, app: app!, id, number };
  }

  test("P33: every role is refused whatever they try on the account", async () => {
    const { account, owner, product, app, id } = await givenGone();
    const admin = acting(await givenStaff("admin"), "2026-11-10 10:00");

    for (const attempt of waysBack(admin, { account, product, app }))
      await expect(attempt()).rejects.toThrow(DomainError);
    // A page that was open keeps its memberships; the verbs look at the account itself.
    for (const attempt of [
      () => requestDeregistration(freshly(owner, "2026-11-10 10:00"), askedFor(account)),
      () => cancelDeregistration(acting(owner, "2026-11-10 10:00"), { id }),
    ])
      await expect(attempt()).rejects.toThrow(Conflict);
    const gone: Person = { ...owner, memberships: [] };
    const stranger = { actor: gone, now: JOB.now };
    await expect(listOwnDeregistrations(stranger, {})).rejects.toThrow(NotAllowed);
    await expect(
      readOwnDeregistration(stranger, {
        accountId: account.id,
        elsewhere: { unansweredVersions: 0, openAdvice: 0 },
      }),
    ).rejects.toThrow(NotAllowed);
    expect(await isClosed(account.id)).toBe(true);
  });

  const back: [string, (gone: Awaited<ReturnType<typeof givenGone>>) => ReturnType<typeof sql>][] =
    [
      [
        "open the account",
        ({ account }) => sql`update accounts set closed_at = null where id = ${account.id}`,
      ],
      [
        "undo the deregistration",
        ({ id }) => sql`update deregistrations set status = 'cancelled' where id = ${id}`,
      ],
      [
        "change the certificate",
        ({ id }) => sql`update deregistrations set certificate = '{}' where id = ${id}`,
      ],
      ["delete the deregistration", ({ id }) => sql`delete from deregistrations where id = ${id}`],
      [
        "bring a member back",
        ({ account }) => sql`update members set left_at = null where account_id = ${account.id}`,
      ],
      [
        "open an app",
        ({ account }) => sql`update apps set closed_at = null where account_id = ${account.id}`,
      ],
      [
        "name a person again",
        ({ owner }) => sql`update users set name = '回来' where id = ${owner.id}`,
      ],
      [
        "un-erase a person",
        ({ owner }) => sql`update users set erased_at = null where id = ${owner.id}`,
      ],
      [
        "add a member",
        ({ account }) => sql`insert into members (account_id, user_id, role, joined_at)
        select ${account.id}, user_id, 'owner', now() from staff_roles limit 1`,
      ],
      [
        "sign an erased person in",
        ({ owner }) => sql`insert into sessions (token_hash, user_id, created_at, expires_at)
        values (gen_random_uuid()::text, ${owner.id}, now(), now() + interval '1 day')`,
      ],
      [
        "begin a second deregistration",
        ({
          id,
        }) => sql`insert into deregistrations (number, account_id, status, requested_by, requested_at, checks)
        select 'C-2026-999999', account_id, 'awaiting_owner', requested_by, now(), '[]' from deregistrations where id = ${id}`,
      ],
    ];
  test.each(back)("P33: not even the database lets anybody %s", async (_name, attempt) => {
    const gone = await givenGone();
    await givenStaff("admin");
    await expect(db.execute(attempt(gone))).rejects.toThrow();
  });

  test("an erased person joins no other account either", async () => {
    const { owner } = await givenGone();
    const other = await givenAccount();
    await expect(givenMember(other.id, "member", { also: owner })).rejects.toThrow();
  });

  test("the same address may come back as somebody new, who finds nothing of the old", async () => {
    const { owner } = await givenGone();
    const admin = acting(await givenStaff("admin"), "2026-11-10 10:00");
    const other = await givenAccount();
    await enterMember(admin, { accountId: other.id, email: owner.email });
    const person = await readPerson(JOB, { email: owner.email });
    expect(person?.id).not.toBe(owner.id);
    expect(person?.memberships).toEqual([{ accountId: other.id, role: "owner" }]);
  });
});

describe("what the database lets an erasure change", () => {
  test("an answer's name may become its person's code and nothing else", async () => {
    const { account, owner } = await givenBusyAccount();
    const change = (set: ReturnType<typeof sql>) =>
      db.execute(sql`update policy_acknowledgements set ${set} where account_id = ${account.id}`);

    for (const set of [
      sql`person_name = '别人'`,
      sql`user_agent = null`,
      sql`visit_salt = null`,
      sql`answer = 'disagreed'`,
      sql`person_name = ${`U-${owner.id.slice(0, 8)}`}, user_agent = null, network = null, visit_salt = null, statement = '改了'`,
    ])
      await expect(change(set)).rejects.toThrow();
    await change(sql`person_name = ${`U-${owner.id.slice(0, 8)}`}, user_agent = null,
      network = null, visit_salt = null`);
    await expect(
      db.delete(policyAcknowledgements).where(eq(policyAcknowledgements.accountId, account.id)),
    ).rejects.toThrow();
  });

  test("a batch is emptied only once it is settled, and never filled again", async () => {
    const { account, owner } = await givenSmallAccount();
    await givenCoolingOff(account, owner);
    for (const { broadcastId, locale } of await listMailsToRender(DELIVERING, {}))
      await keepRenderedMail(DELIVERING, { broadcastId, locale, subject: "…", html: "", text: "" });
    await freezeNextBatches(DELIVERING, { from: "n@yunqiao.example" });
    const [batch] = await db.select().from(mailBatches).where(eq(mailBatches.status, "frozen"));
    const set = (values: Partial<typeof mailBatches.$inferInsert>) =>
      db
        .update(mailBatches)
        .set(values)
        .where(inArray(mailBatches.id, [batch!.id]));

    const [filled, emptied] = [{ addresses: batch!.addresses }, { addresses: [""] }];
    await expect(set(emptied)).rejects.toThrow();
    await set({ bodyHash: "0" });
    await set({ status: "sent" });
    await expect(set({ names: ["别人"] })).rejects.toThrow();
    await set(emptied);
    for (const values of [filled, { bodyHash: "1" }, { body: "[]" }, { status: "frozen" as const }])
      await expect(set(values)).rejects.toThrow();
  });
});
