import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { MEMBER_ROLES } from "@/db/vocabulary/access";

import { readRows } from "../rows";
import type { RecordedStep } from "../verb";
import type { Lined } from "./read-csv";
import type { SyncRow } from "./sync-input";
import type { SyncProblem } from "./sync-rows";
import type { MemberMove } from "./tell-members";

type Row = Lined<SyncRow>;

const closedAccount = z.object({ id: z.string(), uin: z.string() });
const closedApp = z.object({ id: z.string(), accountId: z.string(), sdkAppId: z.string() });
const leftMember = z.object({
  id: z.string(),
  accountId: z.string(),
  uin: z.string(),
  userId: z.string(),
  role: z.enum(MEMBER_ROLES),
});

/**
 * What is deleted at the vendor's is closed here, and nothing of it erased: apps and memberships that
 * a whole list leaves out, and accounts that are said to be closed, with all that is theirs.
 * @returns the accounts that would keep no owner, and who is no member any more
 */
export async function endWhatIsLeftOut(
  step: RecordedStep,
  rows: readonly Row[],
  importId: string,
): Promise<{ problems: SyncProblem[]; moves: MemberMove[] }> {
  await closeApps(step, rows, importId);
  const left = await endMembers(step, rows, importId);
  await closeAccounts(step, rows, importId);
  const owned = left.filter(({ role }) => role === "owner").map(({ uin }) => uin);
  const open = rows.filter(({ uin, closed }) => !closed && owned.includes(uin));
  const moves = left.map(({ userId, accountId, role }) => ({
    ...{ userId, accountId, role, event: "member_removed" as const },
  }));
  return { problems: await unowned(step.tx, open), moves };
}

async function closeApps(
  { tx, now, recordEach }: RecordedStep,
  rows: readonly Row[],
  importId: string,
) {
  const lists = rows.flatMap(({ uin, closed, apps }) =>
    closed ? [{ uin, kept: [] }] : apps ? [{ uin, kept: apps.map((app) => app.sdkAppId) }] : [],
  );
  const ended = await readRows(tx, closedApp)`
    update apps set closed_at = ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(lists)}::jsonb) as r(uin text, kept jsonb)
    join accounts on accounts.uin = r.uin
    where apps.account_id = accounts.id and apps.closed_at is null and not (r.kept ? apps.sdk_app_id)
    returning apps.id, apps.account_id as "accountId", apps.sdk_app_id as "sdkAppId"`;
  await recordEach(
    "app.closed",
    ended.map(({ id, ...app }) => ({
      ...{ id, before: { ...app, closed: false } },
      after: { ...app, closed: true, importId },
    })),
  );
}

async function endMembers(
  { tx, now, recordEach }: RecordedStep,
  rows: readonly Row[],
  importId: string,
) {
  const lists = rows.flatMap(({ uin, closed, members }) =>
    closed ? [{ uin, kept: [] }] : members ? [{ uin, kept: members.map((one) => one.email) }] : [],
  );
  const ended = await readRows(tx, leftMember)`
    update members set left_at = ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(lists)}::jsonb) as r(uin text, kept jsonb)
    join accounts on accounts.uin = r.uin
    where members.account_id = accounts.id and members.left_at is null
      and not exists (select from users u where u.id = members.user_id and r.kept ? u.email)
    returning members.id, members.account_id as "accountId", accounts.uin, members.user_id as "userId", members.role`;
  await recordEach(
    "member.removed",
    ended.map(({ id, accountId, userId, role }) => ({
      ...{ id, before: { accountId, userId, role, left: false } },
      after: { accountId, userId, role, left: true, importId },
    })),
  );
  return ended;
}

async function closeAccounts(
  { tx, now, recordEach }: RecordedStep,
  rows: readonly Row[],
  importId: string,
) {
  const uins = rows.filter(({ closed }) => closed).map(({ uin }) => uin);
  const ended = await readRows(tx, closedAccount)`
    update accounts set closed_at = ${now.toISOString()}::timestamptz
    where uin = any(${sql.param(uins)}::text[]) and closed_at is null
    returning id, uin`;
  await recordEach(
    "account.closed",
    ended.map(({ id, uin }) => ({ id, after: { uin, importId } })),
  );
}

/** Nobody else can name an account's signatories, so one that has an owner keeps one. */
async function unowned(tx: Tx, rows: readonly Row[]): Promise<SyncProblem[]> {
  if (rows.length === 0) return [];
  const without = await readRows(tx, z.object({ uin: z.string() }))`
    select a.uin from accounts a
    where a.uin = any(${sql.param(rows.map(({ uin }) => uin))}::text[])
      and not exists (
        select from members m where m.account_id = a.id and m.role = 'owner' and m.left_at is null
      )`;
  const uins = new Set(without.map(({ uin }) => uin));
  return rows
    .filter(({ uin }) => uins.has(uin))
    .map(({ line, uin }) => ({
      ...{ line, uin, pointer: "/members", messageKey: "accounts.errors.sync.lastOwner" },
    }));
}
