import { eq, sql } from "drizzle-orm";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";
import { OWN_DATA } from "@/domain/access/own-data";
import type { Person } from "@/domain/context";
import { type BundleFiles, unpackBundle } from "@/lib/bundle-zip";
import { acting } from "@/tests/support/context";
import { givenPerson } from "@/tests/support/people";
import { givenPlanted, type Mark, type Planted } from "@/tests/support/planted";

import { streamDownload } from "./file-download";
import { partPage } from "./own-data-page";
import { exportOwnData } from "./own-data-zip";

const NOON = "2026-11-02 12:00";
/** Rows that stream; 100,000 and more are tried by hand. */
const ROWS = Number(process.env["EXPORTED"] ?? 2000);
let story: Planted;

beforeAll(async () => {
  story = await givenPlanted();
});

type Asked = Omit<Parameters<typeof exportOwnData>[1], "locale">;

async function taken(by: Person, asked: Asked = {}, locale: "zh-CN" | "en" = "zh-CN") {
  const { pieces, name } = await exportOwnData(acting(by, NOON), { locale, ...asked });
  const answer = streamDownload({ name, mediaType: "application/zip", pieces });
  const { files, byte } = await unpackBundle(new Uint8Array(await answer.arrayBuffer()));
  expect(byte).toBeNull();
  return { name, files };
}

const text = (files: BundleFiles, path: string) => new TextDecoder().decode(files.get(path));
const all = (files: BundleFiles, ending: RegExp) =>
  [...files.keys()]
    .filter((path) => ending.test(path))
    .map((path) => text(files, path))
    .join("\n");
const placesIn = (words: string, marks: readonly Mark[]) =>
  new Set(marks.filter(({ value }) => words.includes(value)).map(({ place }) => place));

/** What opens something, counts somebody, or is not theirs to read. */
const WITHHELD = [
  ...["factors.public_key", "recovery_codes.code_hash", "sessions.token_hash"],
  ...["sign_in_requests.return_path", "sign_in_requests.network", "member_invitations.inbox"],
  ...["endpoints.address", "endpoints.secret", "dispatches.body", "request_messages.internal"],
  ...["mail_batches.last_error", "mail_attempts.detail", "suppressions.detail"],
  ...["provider_events.detail", "dispatch_attempts.detail"],
  ...["audit_entries.reason", "audit_entries.note", "audit_entries.waived"],
  ...["suppression_lifts.note", "ask_tasks.note"],
];

describe("P23: everything that the portal holds, by oneself", () => {
  test("of a person and of an account, every value that was planted, in each form, and none of anybody else", async () => {
    const { owner, member, account, marks } = story;
    const person = (await taken(owner)).files;
    const whole = (await taken(owner, { accountId: account.id })).files;
    const told = [person, whole].map((files) => all(files, /\.json$|^files/)).join("\n");
    const places = new Set(marks.map(({ place }) => place));
    expect([...places].filter((place) => !placesIn(told, marks).has(place)).toSorted()).toEqual(
      WITHHELD.toSorted(),
    );
    for (const files of [person, whole])
      for (const form of [/\.csv$/, /\.html$/])
        expect(placesIn(all(files, form), marks)).toEqual(
          placesIn(all(files, /-\d+\.json$/), marks),
        );
    const others = (await taken(member)).files;
    const owners = marks.filter(({ value }) => all(person, /./).includes(value));
    expect(owners.length).toBeGreaterThan(25);
    expect(placesIn(all(others, /./), owners)).toEqual(new Set());
  });

  test("files as they were brought; what went with an answer only to who asked", async () => {
    const { owner, second, account } = story;
    const contents = (files: BundleFiles) =>
      [...files.keys()]
        .filter((path) => path.startsWith("files/"))
        .map((path) => text(files, path));
    const valuesOf = (place: string) =>
      story.marks.filter((one) => one.place === place).map(({ value }) => value);
    const [own] = [contents((await taken(owner)).files)];
    expect(own).toHaveLength(2);
    const whole = contents((await taken(second, { accountId: account.id })).files);
    expect(whole).toEqual(expect.arrayContaining(valuesOf("request_files.content")));
    expect(whole.filter((one) => valuesOf("request_files.answer").includes(one))).toHaveLength(1);
  });

  test("in the reader's language, with a contents page, and on the record by count", async () => {
    const { owner } = story;
    for (const locale of LOCALES) {
      const { name, files } = await taken(owner, {}, locale);
      expect(name).toBe("gaozhi-person-2026-11-02.zip");
      const index = text(files, "index.html");
      expect(index).toContain(`<html lang="${locale}">`);
      for (const [, path = ""] of index.matchAll(/href="([^"]+)"/g))
        expect(files.has(path)).toBe(true);
      expect(text(files, "memberships-0001.html")).toContain(locale === "en" ? "Owner" : "所有者");
      const about = JSON.parse(text(files, "about.json"));
      const rows = Object.values<number>(about.counts).reduce((sum, count) => sum + count, 0);
      const entries = await db
        .select({ action: auditEntries.action, after: auditEntries.after })
        .from(auditEntries)
        .where(eq(auditEntries.subjectId, owner.id))
        .orderBy(auditEntries.seq);
      expect(entries.slice(-2)).toEqual([
        { action: "person.began_export", after: { accountId: null } },
        { action: "person.took_export", after: { accountId: null, rows, files: about.files } },
      ]);
    }
  });

  test("each kind and each of its columns has its word in both languages", () => {
    for (const locale of LOCALES)
      for (const parts of Object.values(OWN_DATA))
        for (const [name, { columns }] of Object.entries(parts)) {
          const shown = { locale, name, columns: Object.keys(columns), rows: [] };
          expect(partPage({ ...shown, page: 2, hasMore: true })).toContain(`${name}-0003.html`);
        }
  });
});

/** Somebody about whom there are so many security records. */
async function givenReader(rows: number): Promise<Person> {
  const reader = await givenPerson("读得很多的人");
  await db.execute(sql`
    insert into security_events (at, kind, user_id, network, device, what)
    select timestamptz '2026-10-01' + n * interval '1 second', 'refused', ${reader.id},
      '192.0.2.' || n % 250, 'Chrome · Windows', '/ops/requests/' || n
    from generate_series(1, ${rows}::int) n`);
  return reader;
}

test("a page is read when the one before has left, and what went meanwhile breaks off nothing", async () => {
  const reader = await givenReader(1500);
  const { pieces } = await exportOwnData(acting(reader, NOON), { locale: "zh-CN" });
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) {
    parts.push(piece);
    if (new TextDecoder().decode(piece).includes("securityRecords-0001"))
      await db.execute(sql`delete from security_events where user_id = ${reader.id}`);
  }
  const { files } = await unpackBundle(Buffer.concat(parts));
  expect(JSON.parse(text(files, "about.json")).counts).toMatchObject({ securityRecords: 1000 });
  expect(files.has("securityRecords-0002.json")).toBe(false);
});

test(`${ROWS} rows stream, and no more is held than a page`, async () => {
  const reader = await givenReader(ROWS);
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  const { pieces } = await exportOwnData(acting(reader, NOON), { locale: "zh-CN" });
  let [bytes, most, looked] = [0, 0, 0];
  for await (const piece of pieces) {
    bytes += piece.length;
    // Once a megabyte: a collection takes longer than a page.
    if (bytes - looked < 1_000_000) continue;
    looked = bytes;
    most = Math.max(most, held() - before);
  }
  process.stdout.write(`export: ${ROWS} rows, ${bytes} bytes, ${most} bytes more held at most\n`);
  expect(bytes).toBeGreaterThan(ROWS * 300);
  expect(most).toBeLessThan(12_000_000);
});
