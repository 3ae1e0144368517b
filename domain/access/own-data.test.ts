import { readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { contacts, members } from "@/db/schema";
import { inRoot } from "@/lib/paths";
import { beijing } from "@/tests/support/context";
import { givenVisitor } from "@/tests/support/door";
import { givenContact } from "@/tests/support/notices";
import { ownDataOf } from "@/tests/support/own-data";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { ANONYMOUS, type Person } from "../context";
import { NotAllowed, NotFound } from "../errors";
import { OWN_DATA, openOwnData, readOwnPart, readOwnSummary } from "./own-data";
import { changeOwnSettings } from "./own-settings";
import { hashSessionToken, newSessionToken } from "./secrets";
import { signInAsDemoPerson } from "./sign-in-as";

const NOW = beijing("2026-11-30 10:00");

async function enter({ id }: Person): Promise<string> {
  const tokenHash = hashSessionToken(newSessionToken());
  await signInAsDemoPerson(
    { actor: ANONYMOUS, now: NOW },
    { userId: id, tokenHash, visitor: givenVisitor("203.0.113.9") },
  );
  return tokenHash;
}

test("P23: a person takes what is held about them, all of it theirs, and no secret", async () => {
  const account = await givenAccount({ name: "青禾网络" });
  const person = await givenMember(account.id, "owner", { also: await givenStaff("support") });
  const colleague = await givenMember(account.id, "legal");
  const tokenHash = await enter(person);
  await enter(colleague);
  await changeOwnSettings(
    { actor: person, now: NOW },
    {
      ...{ locale: "en", showsAddress: true },
      mails: { announcements: "never", minor_changes: "at_once" },
      pushes: { announcements: true, minor_changes: true, requests: true },
    },
  );

  const data = await ownDataOf({ actor: person, now: NOW });
  expect(Object.keys(data)).toEqual(Object.keys(OWN_DATA.person));
  expect(data["person"]).toMatchObject([{ email: person.email, locale: "en" }]);
  expect(data["memberships"]).toMatchObject([
    { account: "青禾网络", uin: account.uin, role: "owner", leftAt: null },
  ]);
  expect(data["staffRoles"]).toMatchObject([{ staffRole: "support" }]);
  expect(data["sessions"]).toMatchObject([
    { network: "203.0.113.9", createdAt: "2026-11-30T02:00:00Z" },
  ]);
  expect(data["securityRecords"]).toMatchObject([{ kind: "signed_in" }]);
  const acts = data["acts"]?.map(({ act }) => act);
  expect(acts).toEqual(expect.arrayContaining(["person.changed_language", "person.began_export"]));
  const text = JSON.stringify(data);
  for (const strange of [tokenHash, colleague.email, colleague.id, colleague.name])
    expect(text).not.toContain(strange);
  // The page tells of each kind how many there are.
  const { parts } = await readOwnSummary({ actor: person, now: NOW }, {});
  const counted = Object.entries(data).filter(([name, rows]) => name !== "person" && rows[0]);
  expect(parts).toEqual(counted.map(([part, rows]) => ({ part, count: rows.length })));
});

test("an account is taken by its owners alone, and nothing without a confirmation just now", async () => {
  const account = await givenAccount();
  const owner = await givenMember(account.id, "owner");
  const legal = await givenMember(account.id, "legal");
  const stranger = await givenMember((await givenAccount()).id, "owner");
  const asked = { accountId: account.id };
  const data = await ownDataOf({ actor: owner, now: NOW }, asked);
  expect(data["members"]?.map(({ email }) => email)).toEqual(
    expect.arrayContaining([owner.email, legal.email]),
  );
  expect(await recordOf(owner.id)).toEqual(["person.began_export"]);
  await expect(openOwnData({ actor: legal, now: NOW }, asked)).rejects.toThrow(NotAllowed);
  await expect(openOwnData({ actor: stranger, now: NOW }, asked)).rejects.toThrow(NotFound);
  await expect(openOwnData({ actor: ANONYMOUS, now: NOW }, {})).rejects.toThrow(NotAllowed);
  const { whose } = await openOwnData({ actor: owner, now: NOW }, asked);
  for (const actor of [legal, stranger])
    await expect(readOwnPart({ actor, now: NOW }, { whose, part: "members" })).rejects.toThrow();
  const own = (await openOwnData({ actor: owner, now: NOW }, {})).whose;
  await expect(
    readOwnPart({ actor: legal, now: NOW }, { whose: own, part: "person" }),
  ).rejects.toThrow(NotFound);
  const signedInAt = new Date(NOW.getTime() - 16 * 60_000);
  const stale = { ...owner, sessionId: "an open session", signedInAt };
  await expect(openOwnData({ actor: stale, now: NOW }, {})).rejects.toMatchObject({
    messageKey: "access.errors.staleFactor",
  });
});

test("P23: an account is told where its people are reached, and of who has left no longer", async () => {
  const account = await givenAccount();
  const owner = await givenMember(account.id, "owner");
  const left = await givenMember(account.id, "legal");
  const removed = await givenContact(account.id, "security");
  await db.update(members).set({ leftAt: NOW }).where(eq(members.userId, left.id));
  await db.update(contacts).set({ removedAt: NOW }).where(eq(contacts.userId, removed.id));
  const data = await ownDataOf({ actor: owner, now: NOW }, { accountId: account.id });
  const reached = data["members"]?.map(({ role, email }) => [role, email]).toSorted();
  expect(reached).toEqual([
    ["legal", null],
    ["owner", owner.email],
  ]);
  expect(data["namedContacts"]).toMatchObject([{ contactKind: "security", email: null }]);
});

/**
 * Tables that name a person only as the one who did something: the act stands in the record, which is
 * read by its actor. A new table that names people belongs here or among the parts. (`deliveries` has no
 * foreign key; `audience_parts` names people until their deliveries are written,
 * those of a second wave until it leaves.)
 */
const ACTS = [
  ...[
    "contact_cards",
    "mail_routes",
    "policy_corrections",
    "factor_failures",
    "kit_takes",
    "own_policy_updates",
    "app_attestations",
  ],
  ...[
    "admin_proposals",
    "advice_done",
    "api_tokens",
    "app_declarations",
    "app_stops",
    "ask_deferrals",
    "ask_messages",
    "ask_tasks",
    "ask_waivers",
    "deregistrations",
    "disposals",
    "draft_states",
    "draft_visits",
    "endpoints",
  ],
  ...[
    "broadcast_waves",
    "containment_steps",
    "emergency_sendings",
    "follow_up_reports",
    "rehearsal_reports",
    "grade_changes",
    "handler_choices",
    "handler_mails",
    "incident_duties",
    "incident_proposals",
    "incidents",
    "notice_template_versions",
    "notices",
    "policy_documents",
  ],
  ...["policy_versions", "request_decisions", "request_events", "request_files"],
  ...[
    "request_macros",
    "saved_audience_versions",
    "saved_audiences",
    "request_messages",
    "reviews",
    "security_alarms",
    "suppression_lifts",
    "ticket_links",
  ],
  ...["calls", "call_tries"],
  ...["user_deletions", "retention_holds", "unreached_accounts", "withdrawals"],
];
const READ = Object.values(OWN_DATA).flatMap((parts) =>
  Object.values(parts).flatMap(({ tables }) => tables),
);

test("P23: every table that names a person is read for them, or names them as who did an act on record", async () => {
  const { rows } = await db.execute<{ table: string }>(sql`
    select distinct r.relname as table from pg_constraint c
    join pg_class r on r.oid = c.conrelid
    where c.contype = 'f' and c.confrelid = 'users'::regclass order by 1`);
  const unknown = rows.map(({ table }) => table).filter((one) => ![...ACTS, ...READ].includes(one));
  expect(unknown).toEqual([]);
});

/** What is personal, sealed or secret and stands in no download, with why. */
const WITHOUT: Record<string, string> = {
  account_syncs: "the bulk of another system, by its lines",
  account_sync_lines: "gone with the bulk; what it said of an account stands in the account",
  account_sync_problems: "what was wrong in a line, by its number",
  audience_parts: "gone as soon as the deliveries are written, which are told",
  mail_batches: "a delivery as bytes under way; the delivery is told",
  mail_attempts: "of a hundred mails together; the delivery’s outcome is told",
  sign_in_failures: "counted by a hash of the mailbox, of nobody who is known",
  work_budgets: "counted by a hash of the network",
  retention_holds: "names a request’s number, with a note of staff",
  ticket_links: "known by the ticket alone; what was filed by one is a request",
};

test("P23: every table that docs/security.md calls personal, sealed or secret is taken, or named with why it is not", () => {
  const personal = readFileSync(inRoot("docs/security.md"), "utf8")
    .split("\n")
    .filter((line) => /^\| `[^|]*\| (?:personal|sealed|secret) /.test(line))
    .flatMap((line) =>
      [...(line.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
  expect(personal.length).toBeGreaterThan(35);
  expect(personal.filter((one) => !READ.includes(one ?? "")).toSorted()).toEqual(
    Object.keys(WITHOUT).toSorted(),
  );
});
