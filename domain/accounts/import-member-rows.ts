import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { MEMBER_ROLES } from "@/db/vocabulary/access";

import { idRow, readRows } from "../rows";
import type { RecordedStep } from "../verb";
import type { MemberRow } from "./csv-rows";
import { accountsByUin } from "./import-account-rows";
import { type FormerOwner, formerOwners } from "./former-addresses";
import { ownerFault } from "./import-app-rows";
import { compare, type Planned, problemOf } from "./row-plan";
import type { Lined, Problem } from "./read-csv";
import type { MemberMove } from "./tell-members";

export type MemberPlan = {
  kind: "members";
  planned: Planned<MemberRow & { accountId: string }>[];
  problems: Problem[];
};

const knownPerson = z.object({
  email: z.string(),
  name: z.string(),
  /** By account: the membership, and its role unless it has ended. */
  parts: z
    .array(
      z.object({
        memberId: z.string(),
        accountId: z.string(),
        role: z.enum(MEMBER_ROLES).nullable(),
      }),
    )
    .nullable(),
});
type Known = z.output<typeof knownPerson>;

export async function planMembers(
  db: Db | Tx,
  rows: readonly Lined<MemberRow>[],
): Promise<MemberPlan> {
  const owners = await accountsByUin(
    db,
    rows.map(({ uin }) => uin),
  );
  const known = await peopleByEmail(
    db,
    rows.map(({ email }) => email),
  );
  const former = await formerOwners(
    db,
    rows.filter(({ email }) => !known.has(email)).map(({ email }) => email),
  );
  const planned: MemberPlan["planned"] = [];
  const problems: Problem[] = [];
  for (const row of rows) {
    const owner = owners.get(row.uin);
    const fault = ownerFault(row, owner) ?? addressFault(row, former.get(row.email));
    if (fault) problems.push(fault);
    else if (owner) planned.push(planMember({ ...row, accountId: owner.id }, known.get(row.email)));
  }
  return { kind: "members", planned, problems: [...problems, ...(await unowned(db, planned))] };
}

/** A list from before a change of address must not enter the old one as a second person. */
const addressFault = ({ line, email }: Lined<MemberRow>, owner: FormerOwner | undefined) =>
  owner && problemOf(line, { column: "email", key: "formerAddress", found: email, values: owner });

/** Who had left comes back, which reads as added; the row of the old membership is used again. */
function planMember(row: Lined<MemberRow & { accountId: string }>, known: Known | undefined) {
  const part = known?.parts?.find(({ accountId }) => accountId === row.accountId);
  return compare(row, part?.role ? part.memberId : null, [
    ["role", part?.role ?? null, row.role],
    ["name", known?.name ?? null, row.name],
  ]);
}

async function peopleByEmail(db: Db | Tx, emails: readonly string[]) {
  const people = await readRows(db, knownPerson)`
    select u.email, u.name, p.parts
    from users u
    left join lateral (
      select jsonb_agg(jsonb_build_object(
        'memberId', m.id,
        'accountId', m.account_id,
        'role', case when m.left_at is null then m.role end
      )) as parts
      from members m where m.user_id = u.id
    ) p on true
    where u.email = any(${sql.param([...new Set(emails)])}::text[])`;
  return new Map(people.map((person) => [person.email, person]));
}

const ownerRow = z.object({ id: z.string(), accountId: z.string() });

/** The rows that would take an account's last owner away: the file as a whole must leave one. */
async function unowned(db: Db | Tx, planned: MemberPlan["planned"]): Promise<Problem[]> {
  const demoted = planned.filter(({ changes }) =>
    changes.some(({ field, from }) => field === "role" && from === "owner"),
  );
  if (demoted.length === 0) return [];
  const named = new Set(
    planned.filter(({ row }) => row.role === "owner").map(({ row }) => row.accountId),
  );
  const leaving = new Set(demoted.map(({ id }) => id));
  const owners = await readRows(db, ownerRow)`
    select id, account_id as "accountId" from members
    where role = 'owner' and left_at is null
      and account_id = any(${sql.param([...new Set(demoted.map(({ row }) => row.accountId))])}::uuid[])`;
  for (const owner of owners) if (!leaving.has(owner.id)) named.add(owner.accountId);

  return demoted
    .filter(({ row }) => !named.has(row.accountId))
    .map(({ row }) => problemOf(row.line, { column: "role", key: "lastOwner", found: row.email }));
}

const writtenRow = z.object({
  id: z.string(),
  accountId: z.string(),
  userId: z.string(),
  email: z.string(),
});
const formerRow = z.object({ id: z.string(), role: z.enum(MEMBER_ROLES), left: z.boolean() });

/**
 * Writes what was planned, set-wise: people, their names, their memberships.
 * @returns what to tell: nothing of an account's first members, with whom the vendor brings it here
 */
export async function writeMembers(
  { tx, now, recordEach }: RecordedStep,
  { planned }: MemberPlan,
  importId: string,
): Promise<MemberMove[]> {
  const touched = planned.filter(({ state }) => state !== "unchanged");
  const rows = JSON.stringify(touched.map(({ row }) => row));
  const at = sql`${now.toISOString()}::timestamptz`;
  await writePeople(tx, rows, at);
  const settled = await accountsWithMembers(tx, rows);
  const former = await readRows(tx, formerRow)`
    select m.id, m.role, m.left_at is not null as left
    from jsonb_to_recordset(${rows}::jsonb) as r("accountId" uuid, email text)
    join users u on u.email = r.email
    join members m on m.user_id = u.id and m.account_id = r."accountId"`;
  const written = await readRows(tx, writtenRow)`
    insert into members (account_id, user_id, role, joined_at)
    select r."accountId", u.id, r.role, ${at}
    from jsonb_to_recordset(${rows}::jsonb) as r("accountId" uuid, email text, role text)
    join users u on u.email = r.email
    on conflict (account_id, user_id) do update set
      role = excluded.role,
      joined_at = case when members.left_at is null then members.joined_at else excluded.joined_at end,
      left_at = null
    returning id, account_id as "accountId", user_id as "userId",
      (select email from users where users.id = members.user_id) as email`;

  const before = new Map(former.map(({ id, ...was }) => [id, was]));
  const byKey = new Map(written.map((one) => [`${one.accountId} ${one.email}`, one]));
  await recordEach(
    "member.saved",
    touched.flatMap(({ row, changes }) => {
      const member = byKey.get(`${row.accountId} ${row.email}`);
      if (!member) return [];
      const { id, accountId, userId } = member;
      const was = before.get(id);
      const renamed = changes.some(({ field, from }) => field === "name" && from !== null);
      return {
        id,
        before: was && { accountId, userId, ...was },
        after: { accountId, userId, role: row.role, left: false, renamed, importId },
      };
    }),
  );
  return touched.flatMap(({ row: { accountId, email, role } }): MemberMove[] => {
    const member = byKey.get(`${accountId} ${email}`);
    const was = member && before.get(member.id);
    if (!member || !settled.has(accountId)) return [];
    const event = was && !was.left ? "member_changed" : "member_added";
    const isSame = event === "member_changed" && was?.role === role;
    return isSame ? [] : [{ ...{ userId: member.userId, accountId, role }, event }];
  });
}

/** Of the accounts of these rows, those that have or had members before. */
async function accountsWithMembers(tx: Tx, rows: string): Promise<Set<string>> {
  const settled = await readRows(tx, idRow)`
    select distinct r."accountId" as id
    from jsonb_to_recordset(${rows}::jsonb) as r("accountId" uuid)
    where exists (select from members m where m.account_id = r."accountId")`;
  return new Set(settled.map(({ id }) => id));
}

async function writePeople(tx: Tx, rows: string, at: ReturnType<typeof sql>): Promise<void> {
  const people = sql`jsonb_to_recordset(${rows}::jsonb) as r(email text, name text, locale text)`;
  await tx.execute(sql`
    insert into users (email, name, locale, created_at)
    select distinct on (email) email, name, locale, ${at} from ${people}
    on conflict (email) do nothing`);
  await tx.execute(sql`
    update users set name = r.name from ${people}
    where users.email = r.email and users.name <> r.name`);
}
