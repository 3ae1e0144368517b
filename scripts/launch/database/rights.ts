import pg from "pg";

import { StartError } from "@/lib/start-error";

/** Tables of which no row goes and only this changes, when a person is erased (domain/audit). */
const ONLY_CHANGES = { audit_entries: "before, after", audit_leaves: "what_salt" };

/** Filled by the hundred thousand and analysed by whoever filled them (ANALYZE asks for MAINTAIN). */
const ANALYSED = ["accounts", "apps", "app_platforms", "members", "users", "deliveries"];

/** Where the portal's rows lie: our tables, what migrations have run, the queue of jobs. */
const SCHEMAS = ["public", "graphile_worker"];

/**
 * Grants the role of web and worker what they need and nothing that changes the shape: rows of every
 * table, but where a trigger refuses every change and deletion, only to read and to add. It owns
 * nothing, so it drops and disables no trigger; it empties no table, and analyses those that it fills. Said again after every migration.
 * @param client as the owner
 */
export async function grantRows(client: pg.ClientBase, role: string): Promise<void> {
  const { rows } = await client.query<{ is_owner: boolean }>(
    "select $1 = current_user as is_owner from pg_roles where rolname = $1",
    [role],
  );
  if (rows[0]?.is_owner) return;
  if (rows.length === 0) {
    throw new StartError(
      `数据库中没有 DATABASE_URL 的角色 ${role}。请先建立该角色,见 docs/operations.md。`,
      `The database has no role ${role}, which DATABASE_URL names. Make it first, as docs/operations.md says.`,
    );
  }

  const [name, policy] = [role, `portal of ${role}`].map((one) => pg.escapeIdentifier(one));
  const statements = [
    ...SCHEMAS.flatMap((schema) => [
      `grant usage on schema ${schema} to ${name}`,
      `grant select, insert, update, delete on all tables in schema ${schema} to ${name}`,
      `grant usage, select on all sequences in schema ${schema} to ${name}`,
      `grant execute on all functions in schema ${schema} to ${name}`,
    ]),
    `grant usage on schema drizzle to ${name}`,
    `grant select on drizzle.__drizzle_migrations to ${name}`,
    ...(await appendOnly(client)).map((table) => `revoke update, delete on ${table} from ${name}`),
    `grant maintain on ${ANALYSED.join(", ")} to ${name}`,
    ...Object.entries(ONLY_CHANGES).flatMap(([table, columns]) => [
      `revoke update, delete on ${table} from ${name}`,
      `grant update (${columns}) on ${table} to ${name}`,
    ]),
    ...(await withoutPolicy(client, role)).map(
      (table) => `create policy ${policy} on ${table} to ${name} using (true) with check (true)`,
    ),
  ];
  await client.query("begin");
  await client.query(statements.join(";\n"));
  await client.query("commit");
}

/** Tables of which no row is ever changed nor deleted, as their triggers say. */
async function appendOnly(client: pg.ClientBase): Promise<string[]> {
  // Of pg_trigger.tgtype, bit 0 is FOR EACH ROW, bit 3 DELETE, bit 4 UPDATE.
  const { rows } = await client.query<{ name: string }>(`
    select tgrelid::regclass::text as name from pg_trigger
    where tgfoid = 'refuse_change'::regproc and tgtype & 25 = 25 and tgqual is null`);
  return rows.map(({ name }) => name);
}

/** graphile-worker shuts its tables row by row to everybody but their owner. */
async function withoutPolicy(client: pg.ClientBase, role: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity and not exists (
       select from pg_policy where polrelid = pg_class.oid
         and polroles @> array[(select oid from pg_roles where rolname = $1)])`,
    [role],
  );
  return rows.map(({ name }) => name);
}

/** Whether a role could change what its tables look like: a superuser, or who owns the record. */
export async function owns(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ owns: boolean }>(`
      select rolsuper or pg_has_role(current_user, relowner, 'member') as owns
      from pg_roles, pg_class
      where rolname = current_user and pg_class.oid = 'audit_entries'::regclass`);
    return rows[0]?.owns ?? false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
