import { readdirSync, readFileSync } from "node:fs";
import { getTableName, isTable } from "drizzle-orm";
import { expect, test } from "vitest";

import * as schema from "@/db/schema";
import { inRoot } from "@/lib/paths";

/**
 * Web and worker of the version before run on while a migration is applied, and after it until they
 * are replaced. So it only adds what they do without (expand); what nothing uses any more goes in a
 * later release (contract). Those before this one were written without the rule.
 */
const SINCE = 53;

/** What grows by the million: a lock that waits for a look at each row stops the portal. */
const LARGE = [
  ...["users", "accounts", "members", "apps", "app_platforms", "contacts", "sessions"],
  ...["broadcasts", "deliveries", "mail_batches", "mail_attempts", "provider_events"],
  ...["audience_parts", "audit_entries", "security_events"],
];

/** A comment above a statement that says why it may: `-- contract: …` or `-- lock: …`. */
const REASON = /^--\s*(?:contract|lock):\s*\S.{20,}$/m;

type Rule = { what: string; pattern: RegExp; onlyLarge?: boolean };
const RULES: readonly Rule[] = [
  {
    what: "renames what the version before reads",
    pattern: /\brename\s+(?:to|column|constraint)\b/,
  },
  { what: "drops what the version before may read", pattern: /\bdrop\s+(?:table|column|view)\b/ },
  {
    what: "refuses rows of the version before, which does not fill the column",
    pattern: /\badd\s+column\s+(?:if not exists\s+)?\S+(?![^,;]*\bdefault\b)[^,;]*\bnot\s+null\b/,
  },
  { what: "looks at each row under a lock", pattern: /\bset\s+not\s+null\b/ },
  {
    what: "writes each row anew under a lock",
    pattern: /\bset\s+data\s+type\b|\bcolumn\s+\S+\s+type\b/,
  },
  {
    what: "makes an index of a large table while nobody may write to it",
    pattern: /\bcreate\s+(?:unique\s+)?index\b(?!\s+(?:concurrently|if not exists))/,
    onlyLarge: true,
  },
  {
    what: "looks at each row of a large table under a lock; add it NOT VALID",
    pattern: /\badd\s+constraint\b(?!.*\bnot\s+valid\b)/,
    onlyLarge: true,
  },
  {
    what: "changes a large table in one transaction",
    pattern: /^(?:update|delete\s+from)\b/,
    onlyLarge: true,
  },
];

/** What a migration does that the version before, or those who wait for its locks, would not survive. */
function faultsIn(text: string): string[] {
  const made = new Set(
    [...text.matchAll(/create table (?:if not exists )?"?(\w+)/gi)].map(([, name]) => name),
  );
  return statementsOf(text).flatMap((statement) => {
    if (REASON.test(statement)) return [];
    const plain = statement
      .replaceAll(/--.*$/gm, "")
      .replaceAll(/["\s]+/g, " ")
      .trim()
      .toLowerCase();
    const [, table = ""] =
      /^(?:alter table(?: if exists| only)*|update|delete from|create (?:unique )?index .*? on(?: only)?) (?:public ?\. ?)?(\w+)/.exec(
        plain,
      ) ?? [];
    if (made.has(table)) return [];
    return RULES.filter(
      ({ pattern, onlyLarge }) => pattern.test(plain) && (!onlyLarge || LARGE.includes(table)),
    ).map(({ what }) => `${what}: ${plain.slice(0, 80)}`);
  });
}

/** Without the bodies of functions, which run later. */
const statementsOf = (text: string): string[] =>
  text
    .replaceAll("--> statement-breakpoint", "")
    .replaceAll(/\$(\w*)\$[^]*?\$\1\$/g, "''")
    .split(";");

const folder = inRoot("db", "migrations");
const migrations = readdirSync(folder).filter(
  (file) => file.endsWith(".sql") && Number(file.slice(0, 4)) >= SINCE,
);

test.each(migrations)("%s leaves the version before able to work", (file) => {
  expect(faultsIn(readFileSync(`${folder}/${file}`, "utf8"))).toEqual([]);
});

/** A shape takes 8,000 lines, and only the last is compared with the next. */
test("of the shapes that were kept for the next migration, the last one alone is here", () => {
  const kept = readdirSync(`${folder}/meta`).filter((file) => file.endsWith("_snapshot.json"));
  expect(kept).toEqual([`${migrations.toSorted().at(-1)?.slice(0, 4)}_snapshot.json`]);
});

test("the large tables are tables", () => {
  const tables = Object.values(schema).flatMap((one): string[] =>
    isTable(one) ? [getTableName(one)] : [],
  );
  expect(LARGE.filter((name) => !tables.includes(name))).toEqual([]);
});

test.each([
  'ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";',
  "alter table products rename to wares;",
  'DROP TABLE "tickets";',
  'ALTER TABLE "products" DROP COLUMN "slug";',
  'ALTER TABLE "products" ADD COLUMN "kind" text NOT NULL;',
  'ALTER TABLE "products" ALTER COLUMN "name_en" SET NOT NULL;',
  'ALTER TABLE "products" ALTER COLUMN "name_en" SET DATA TYPE varchar;',
  'CREATE INDEX "d" ON "deliveries" USING btree ("status");',
  'ALTER TABLE "deliveries" ADD CONSTRAINT "d" CHECK (status is not null);',
  "update deliveries set reason = null;",
  '--> statement-breakpoint\nALTER TABLE "users" DROP COLUMN "name";',
])("refused: %s", (text) => {
  expect(faultsIn(text)).toHaveLength(1);
});

test.each([
  'ALTER TABLE "products" ADD COLUMN "kind" text DEFAULT \'sdk\' NOT NULL;',
  'ALTER TABLE "products" ADD COLUMN "kind" text;',
  'CREATE TABLE "notes" ("id" uuid NOT NULL);CREATE INDEX "n" ON "notes" USING btree ("id");ALTER TABLE "notes" ADD CONSTRAINT "n" CHECK (true);',
  'CREATE INDEX "p" ON "products" USING btree ("slug");',
  'ALTER TABLE "deliveries" ADD CONSTRAINT "d" CHECK (status is not null) NOT VALID;',
  "-- contract: nothing has read it since migration 0051, released in May\nalter table products drop column slug;",
  "create function f() returns trigger as $$ begin update deliveries set reason = null; end $$ language plpgsql;",
])("allowed: %s", (text) => {
  expect(faultsIn(text)).toEqual([]);
});
