import { sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { beijing } from "@/tests/support/context";
import { givenVisitor } from "@/tests/support/door";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";

import { ANONYMOUS, type Person } from "../context";
import { OWN_DATA_PARTS, readOwnData } from "./own-data";
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

test("P23: a person reads what is held about them, all of it theirs, and no secret", async () => {
  const account = await givenAccount({ name: "青禾网络" });
  const person = await givenMember(account.id, "owner", { also: await givenStaff("support") });
  const colleague = await givenMember(account.id, "legal");
  const tokenHash = await enter(person);
  await enter(colleague);
  await changeOwnSettings(
    { actor: person, now: NOW },
    {
      ...{ locale: "en", wantsAnnouncementMails: false, wantsMinorChangeMails: true },
      ...{ showsAddress: true },
    },
  );

  const data = await readOwnData({ actor: person, now: NOW }, {});
  expect(data.person).toMatchObject({ email: person.email, locale: "en" });
  expect(Object.keys(data.parts).sort()).toEqual([...OWN_DATA_PARTS].sort());
  expect(data.parts.memberships).toMatchObject([
    { account: "青禾网络", uin: account.uin, role: "owner", leftAt: null },
  ]);
  expect(data.parts.staffRoles).toMatchObject([{ role: "support" }]);
  expect(data.parts.sessions).toMatchObject([{ network: "203.0.113.9" }]);
  expect(data.parts.securityRecords).toMatchObject([{ kind: "signed_in" }]);
  expect(data.parts.acts.map((act) => (act as { action: string }).action)).toContain(
    "person.changed_language",
  );
  expect(data.isCut).toEqual([]);
  const text = JSON.stringify(data);
  for (const strange of [tokenHash, colleague.email, colleague.id, colleague.name])
    expect(text).not.toContain(strange);
});

/**
 * Tables that name a person only as the one who did something: the act stands in the record, which is
 * read by its actor. A new table that names people belongs here or among the parts. (`deliveries` has no
 * foreign key; `audience_parts` names people until their deliveries are written.)
 */
const ACTS = [
  ...[
    "contact_cards",
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
    "containment_steps",
    "emergency_sendings",
    "grade_changes",
    "handler_mails",
    "incident_duties",
    "incident_proposals",
    "incidents",
    "notices",
    "policy_documents",
  ],
  ...["policy_versions", "request_decisions", "request_events", "request_files"],
  ...["request_messages", "reviews", "security_alarms", "suppression_lifts", "ticket_links"],
  ...["user_deletions", "retention_holds", "unreached_accounts", "withdrawals"],
];
const READ = [
  ...["factors", "recovery_codes"],
  ...[
    "contacts",
    "deliveries",
    "former_addresses",
    "member_invitations",
    "members",
    "oidc_identities",
  ],
  ...["policy_acknowledgements", "request_drafts", "requests", "security_events", "sessions"],
  ...["staff_roles", "subscriptions"],
];

test("P23: every table that names a person is read for them, or names them as who did an act on record", async () => {
  const { rows } = await db.execute<{ table: string }>(sql`
    select distinct r.relname as table from pg_constraint c
    join pg_class r on r.oid = c.conrelid
    where c.contype = 'f' and c.confrelid = 'users'::regclass order by 1`);
  const unknown = rows.map(({ table }) => table).filter((one) => ![...ACTS, ...READ].includes(one));
  expect(unknown).toEqual([]);
  expect(rows.length).toBeGreaterThan(READ.length);
});
