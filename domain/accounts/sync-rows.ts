import { sql } from "drizzle-orm";

import type { Tx } from "@/db/client";
import type { Account } from "@/db/schema";
import { hashOf } from "@/lib/hash";

import type { MessageValues } from "../errors";
import { changeRows } from "../rows";
import type { RecordedStep } from "../verb";
import { accountsByUin, planAccounts, writeAccounts } from "./import-account-rows";
import { planApps, writeApps } from "./import-app-rows";
import { planMembers, writeMembers } from "./import-member-rows";
import { lockAccounts } from "./lock";
import type { Lined, Problem } from "./read-csv";
import type { SyncRow } from "./sync-input";
import { endWhatIsLeftOut } from "./sync-endings";
import type { MemberMove } from "./tell-members";

type Row = Lined<SyncRow>;

/** What is wrong in which line, where in it, and why. */
export type SyncProblem = {
  line: number;
  uin: string;
  pointer: string;
  messageKey: string;
  values?: MessageValues;
};

export type SyncOutcome = {
  added: number;
  changed: number;
  unchanged: number;
  problems: SyncProblem[];
  /** What became of people's memberships, to be told once the whole run stands. */
  moves: MemberMove[];
};

/**
 * Makes accounts what the vendor's console says they are, set-wise, in the shape of the record that an
 * import has. Where it finds problems the caller must let none of it stand.
 */
export async function syncRows(
  step: RecordedStep,
  rows: readonly Row[],
  importId: string,
): Promise<SyncOutcome> {
  const { tx } = step;
  await lockAccounts(
    tx,
    rows.map(({ uin }) => uin),
  );
  const known = await accountsByUin(
    tx,
    rows.map(({ uin }) => uin),
  );
  const { news, unchanged, problems } = triage(rows, known);
  const open = news.filter(({ closed }) => !closed);
  const accounts = await planAccounts(tx, open);
  await writeAccounts(step, accounts, importId);
  problems.push(...accounts.problems.map((one) => located(one, rows)));

  const apps = await planApps(tx, appRows(open));
  await writeApps(step, apps, importId);
  const members = await planMembers(tx, memberRows(open));
  const moves = await writeMembers(step, members, importId);
  problems.push(...[...apps.problems, ...members.problems].map((one) => located(one, rows)));
  const ended = await endWhatIsLeftOut(step, news, importId);
  problems.push(...ended.problems);
  moves.push(...ended.moves);

  await noteSightings(tx, open);
  await noteRevisions(tx, news);
  const added = accounts.planned.filter(({ state }) => state === "added").length;
  return { added, changed: news.length - added, unchanged, problems, moves };
}

/** What was said before is done; what is older than what was said, or contradicts it, is refused. */
function triage(rows: readonly Row[], known: ReadonlyMap<string, Account>) {
  const problems: SyncProblem[] = [];
  const news: Row[] = [];
  for (const row of rows) {
    const there = known.get(row.uin);
    const last = there?.syncRevision ?? 0;
    const isSame = row.revision === last && there?.syncHash === contentHash(row);
    if (row.revision > last) news.push(row);
    else if (!isSame) problems.push(outdated(row, last));
  }
  return { news, problems, unchanged: rows.length - news.length - problems.length };
}

const outdated = ({ line, uin, revision }: Row, last: number): SyncProblem => ({
  ...{ line, uin, pointer: "/revision", values: { revision: last } },
  messageKey:
    revision < last ? "accounts.errors.sync.revisionOld" : "accounts.errors.sync.revisionReused",
});

/** Of all that is said of an account but the count of changes. */
function contentHash({ line: _line, revision: _revision, ...said }: Row): string {
  return hashOf(JSON.parse(JSON.stringify(said)));
}

const appRows = (rows: readonly Row[]) =>
  rows.flatMap(({ line, uin, apps = [] }) =>
    apps.map(({ platforms, region, ...app }) => ({
      ...{ ...app, line, uin, region: region ?? null },
      platforms: versionsOf(platforms).map(([platform, { sdkVersion }]) => ({
        ...{ platform, sdkVersion },
      })),
    })),
  );

type Platforms = NonNullable<SyncRow["apps"]>[number]["platforms"];
type Versions = [keyof Platforms, NonNullable<Platforms[keyof Platforms]>][];
const versionsOf = (platforms: Platforms) => Object.entries(platforms) as Versions;

const memberRows = (rows: readonly Row[]) =>
  rows.flatMap(({ line, uin, members = [] }) =>
    members.map((member) => ({ ...member, line, uin })),
  );

/** A problem that an import would tell by its column, told by its place in the line. */
function located({ line, column, messageKey, values, found }: Problem, rows: readonly Row[]) {
  const row = rows.find((one) => one.line === line);
  const { uin = "", apps = [], members = [] } = row ?? {};
  const ofApps = column === "product" || column === "sdkAppId";
  const index = ofApps
    ? apps.findIndex((app) => app[column] === found)
    : members.findIndex(({ email }) => email === found);
  const pointer = index < 0 ? "" : `/${ofApps ? "apps" : "members"}/${index}/${column}`;
  return { line, uin, pointer, messageKey, ...(values && { values }) };
}

/** When the vendor's telemetry saw which version; an older sighting takes none back. */
async function noteSightings(tx: Tx, rows: readonly Row[]): Promise<void> {
  const seen = rows.flatMap(({ apps = [] }) =>
    apps.flatMap(({ sdkAppId, platforms }) =>
      versionsOf(platforms).flatMap(([platform, { lastSeen }]) =>
        lastSeen ? [{ sdkAppId, platform, at: lastSeen }] : [],
      ),
    ),
  );
  if (seen.length === 0) return;
  await tx.execute(sql`
    update app_platforms set last_seen_at = r.at
    from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb)
      as r("sdkAppId" text, platform text, at timestamptz)
    join apps on apps.sdk_app_id = r."sdkAppId"
    where app_platforms.app_id = apps.id and app_platforms.platform = r.platform
      and (app_platforms.last_seen_at is null or app_platforms.last_seen_at < r.at)`);
}

async function noteRevisions(tx: Tx, rows: readonly Row[]): Promise<void> {
  const said = rows.map((row) => ({
    ...{ uin: row.uin, revision: row.revision, hash: contentHash(row) },
  }));
  await changeRows(tx)`
    update accounts set sync_revision = r.revision, sync_hash = r.hash
    from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as r(uin text, revision bigint, hash text)
    where accounts.uin = r.uin`;
}
