import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterEach, expect, inject, test, vi } from "vitest";

import { GET as readyz } from "@/app/readyz/route";
import { db } from "@/db/client";
import { env, provide } from "@/lib/env";
import { inRoot } from "@/lib/paths";
import { readSources } from "@/scripts/small-files";
import { asOwner } from "@/tests/support/owner";

import { migrate } from "../migrations";
import { owns } from "./rights";
import { queryOnce } from "./server";

const begun = { ...process.env };
afterEach(() => provide({ DATABASE_URL: begun.DATABASE_URL ?? "" }));

/** Insufficient privilege. */
const REFUSED = { cause: { code: "42501" } };

test("the portal's role owns nothing and may not make, change or empty anything but rows", async () => {
  const { rows } = await db.execute(sql`
    select relname from pg_class where pg_has_role(current_user, relowner, 'member')
    union all select proname from pg_proc where pg_has_role(current_user, proowner, 'member')
    union all select nspname from pg_namespace where pg_has_role(current_user, nspowner, 'member')
    union all select datname from pg_database
      where pg_has_role(current_user, datdba, 'member')
        or datname = current_database() and has_database_privilege(oid, 'create')
    union all select nspname from pg_namespace where has_schema_privilege(oid, 'create')
      and nspname not like 'pg_%'
    union all select relname from pg_class where relkind = 'r'
      and has_table_privilege(oid, 'truncate, references, trigger')
    union all select rolname from pg_roles where rolname = current_user
      and (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication)`);
  expect(rows).toEqual([]);
  expect(await owns(env().DATABASE_URL)).toBe(false);
  expect(await owns(inject("templateUrl"))).toBe(true);
});

test.each([
  "alter table audit_entries disable trigger all",
  "drop trigger audit_entries_append_only on audit_entries",
  "set session_replication_role = replica",
  "update audit_entries set action = 'x'",
  "delete from audit_entries",
  "delete from audit_leaves",
  "update audit_leaves set hash = ''",
  "truncate audit_entries",
  "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
  "alter table users add column x int",
  "drop table reviews",
  "create table x (n int)",
  "update drizzle.__drizzle_migrations set hash = 'x'",
  "create extension file_fdw",
  "copy users to program 'cat'",
  "alter role current_user superuser",
])("the portal's role is refused: %s", async (statement) => {
  await expect(db.execute(sql.raw(statement))).rejects.toMatchObject(REFUSED);
});

test("what the product analyses itself is analysed, and not left out with a warning", async () => {
  const analysed = [...readSources()].flatMap(([file, text]) =>
    /^(?:scripts|tests|stand-ins)\//.test(file) || file.includes(".test.")
      ? []
      : [...text.matchAll(/sql`analyze ([^`]+)`/g)].flatMap(([, names = ""]) => names.split(", ")),
  );
  expect(analysed.length).toBeGreaterThan(3);
  for (const name of analysed) {
    const { rows } = await db.execute(sql`select has_table_privilege(${name}, 'maintain') as may`);
    expect([name, rows[0]?.may]).toEqual([name, true]);
  }
});

test("every table that only grows is granted to be read and added to, no more", async () => {
  const { rows } = await asOwner((own) =>
    own.execute<{ name: string }>(sql`select tgrelid::regclass::text as name from pg_trigger
      where tgname ~ '_append_only$' and tgfoid = 'refuse_change'::regproc`),
  );
  expect(rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["audit_checkpoints", "reviews"]),
  );
  for (const { name } of rows) {
    const may = await db.execute(sql`select has_table_privilege(${name}, 'select') as read,
      has_table_privilege(${name}, 'insert') as add,
      has_table_privilege(${name}, 'update, delete') as change`);
    expect([name, may.rows[0]]).toEqual([name, { read: true, add: true, change: false }]);
  }
});

test("the roles as docs/operations.md makes them: the owner migrates without being a superuser, the other is no owner", async () => {
  const [, text = ""] =
    /```sql\n([^]*?)```/.exec(readFileSync(inRoot("docs/operations.md"), "utf8")) ?? [];
  const own = `doc_${randomUUID().slice(0, 8)}`;
  const server = inject("templateUrl");
  for (const statement of text
    .replaceAll("gaozhi", own)
    .split(";")
    .filter((one) => one.trim()))
    await asOwner((superuser) => superuser.execute(sql.raw(statement)));
  const as = (role: string, password: string) =>
    String(Object.assign(new URL(server), { username: role, password, pathname: own }));
  const [owner, application] = [as(`${own}_owner`, "one"), as(`${own}_app`, "another")];
  try {
    await migrate(owner, application);
    await migrate(application);
    expect([await owns(owner), await owns(application)]).toEqual([true, false]);
    await queryOnce(application, "select graphile_worker.add_job('deliver-mails')");
    expect(await queryOnce(application, "select from graphile_worker._private_jobs")).toBe(1);
    await expect(queryOnce(application, "drop table users")).rejects.toThrow("must be owner");
  } finally {
    for (const what of [`database ${own}`, `role ${own}_owner`, `role ${own}_app`])
      await asOwner((superuser) => superuser.execute(sql.raw(`drop ${what}`)));
  }
});

test("no migration hands the owner's rights to whoever calls a function", () => {
  const folder = inRoot("db", "migrations");
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  expect(texts.join("\n")).not.toMatch(/security\s+definer/i);
});

test("the limits of statements, locks and idle transactions are PostgreSQL's own", async () => {
  const { rows } = await db.execute(sql`select current_setting('statement_timeout') as statement,
    current_setting('lock_timeout') as lock,
    current_setting('idle_in_transaction_session_timeout') as idle`);
  expect(rows).toEqual([{ statement: "1min", lock: "15s", idle: "1min" }]);
});

test("readiness is answered where the database accepts a connection and then says nothing", async () => {
  expect((await readyz()).status).toBe(200);

  const calls: net.Socket[] = [];
  const hanging = net.createServer((call) => calls.push(call.resume()));
  await new Promise<void>((done) => hanging.listen(0, "127.0.0.1", done));
  const { port } = hanging.address() as AddressInfo;
  provide({ DATABASE_URL: `postgresql://nobody:x@127.0.0.1:${port}/nothing` });

  const answers = await Promise.all([readyz(), readyz(), readyz()]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  // However many ask, the database is asked once, and the call is not left open.
  expect(calls).toHaveLength(1);
  await vi.waitUntil(() => calls.every((call) => call.destroyed || call.readableEnded));
  hanging.close();
});
