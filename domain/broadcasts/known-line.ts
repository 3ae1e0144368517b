import { type SQL, sql } from "drizzle-orm";

/** PostgreSQL's own marks of where it stands: `cluster`, its system identifier, and `line`, its timeline. */
export const HERE: SQL = sql`
  select system_identifier::text as cluster,
    ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int as line
  from pg_control_system()`;

/**
 * Whether the portal has begun on the line of history on which the database stands. On another one, so
 * after a restore or a promotion, no batch is frozen or claimed, by whichever worker, until what the
 * provider has accepted has been looked at (docs/decisions/021). Before the first look there is none.
 */
export const ON_KNOWN_LINE: SQL = sql`(
  not exists (select from database_lines)
  or exists (select from database_lines l join (${HERE}) as h on (h.cluster, h.line) = (l.cluster, l.line))
)`;
