import { getTableName, isTable, type SQL, sql } from "drizzle-orm";
import pg from "pg";
import { expect, test } from "vitest";

import * as schema from "@/db/schema";
import { findAnnouncement } from "@/domain/broadcasts/find-announcement";
import { listAnnouncements } from "@/domain/broadcasts/announcements";
import { ANONYMOUS } from "@/domain/context";
import { countPublicIncidents } from "@/domain/incidents/count-months";
import { findPublishedIncident } from "@/domain/incidents/find-published";
import { listPublicNotices } from "@/domain/incidents/list-public-notices";
import { listPublishedIncidents } from "@/domain/incidents/list-published";
import { readContactCard } from "@/domain/policies/contact-card";
import { listArchive, readLibrary } from "@/domain/policies/library";
import { listUpcomingChanges } from "@/domain/policies/list-upcoming-changes";
import { compareVersions, readVersion } from "@/domain/policies/read";
import { readCopy } from "@/domain/policies/read-copy";
import { env } from "@/lib/env";
import { beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  PARTS,
  published,
} from "@/tests/support/notices";
import { givenMajorChange } from "@/tests/support/policies";
import { statementsOf } from "@/tests/support/statements";

import { db } from "./client";

/** Asked for the apps of the reader, and a stranger has none. */
const OF_THE_READER = ["apps", "notice_targets"];

test("every table that a stranger's page reads tells when it is changed", async () => {
  const { next, documentId } = await givenMajorChange();
  const desk = await givenNoticeDesk();
  await givenAffected(desk.productId, {});
  const incident = await givenIncident(desk, { visibility: "public" });
  const measures = PARTS.measures.slice(0, 1);
  const notice = await givenNotice(desk, { incidentId: incident.id, measures });
  await published(desk, notice, { typedPeople: 1 });
  const stranger = { actor: ANONYMOUS, now: beijing("2026-04-02 09:00") };
  const [row] = await db.select({ slug: schema.policyDocuments.slug }).from(schema.policyDocuments);
  const slug = row?.slug ?? "";
  const { rows } = await listAnnouncements(stranger, {});

  const statements = await statementsOf(async () => {
    await listUpcomingChanges(stranger, {});
    await readLibrary(stranger, {});
    await listArchive(stranger, { documentId });
    await readVersion(stranger, { slug, locale: "zh-CN" });
    await readCopy(stranger, { slug, locale: "zh-CN" });
    await compareVersions(stranger, { slug, label: next.label, since: "1.0", locale: "zh-CN" });
    await listAnnouncements(stranger, {});
    await findAnnouncement(stranger, { id: rows[0]?.id ?? "" });
    await listPublishedIncidents(stranger, {});
    await findPublishedIncident(stranger, { number: incident.number });
    await countPublicIncidents(stranger, {});
    await listPublicNotices(stranger, { limit: 10 });
    await readContactCard(stranger, {});
  });
  const read = Object.values(schema)
    .flatMap((one) => (isTable(one) ? getTableName(one) : []))
    .filter((table) =>
      statements.some((text) => new RegExp(`\\b(?:from|join)\\s+"?${table}\\b`, "i").test(text)),
    );
  const { rows: telling } = await db.execute<{ table: string }>(sql`
    select distinct event_object_table as table from information_schema.triggers
    where trigger_name like '%_tell_public_change'`);

  expect(read).toEqual(expect.arrayContaining(["policy_versions", "notices", "broadcasts"]));
  expect(read.filter((table) => !telling.some((one) => one.table === table)).toSorted()).toEqual(
    OF_THE_READER,
  );
});

test("what changes a row is told to every process, and what looks in vain to none", async () => {
  const heard = new pg.Client({ connectionString: env().DATABASE_URL });
  await heard.connect();
  const told: string[] = [];
  heard.on("notification", ({ channel }) => told.push(channel));
  await heard.query("listen public_changed");
  const tell = async (acts: SQL[]) => {
    told.length = 0;
    for (const act of acts) await db.execute(act);
    // Notifications are delivered in the order of their commits, before the answer to what is asked next.
    await heard.query("select 1");
    return told.length;
  };

  const slug = sql`'told-of'`;
  expect(
    await tell([
      sql`update broadcasts set status = 'finished' where false`,
      sql`delete from products where false`,
    ]),
  ).toBe(0);
  expect(
    await tell([
      sql`insert into products (slug, name_zh, name_en) values (${slug}, '甲', 'A')`,
      sql`update products set name_en = 'B' where slug = ${slug}`,
      sql`delete from products where slug = ${slug}`,
    ]),
  ).toBe(3);
  await heard.end();
});
