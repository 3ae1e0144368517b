import { getTableName, isTable } from "drizzle-orm";
import { expect, test } from "vitest";

import * as schema from "@/db/schema";
import { PURGED_KINDS } from "@/db/vocabulary/retention";

import { PERIODS, RETAINED_TABLES } from "./rules";

/** These name nobody: texts that everybody reads, the record's ids and hashes, series of numbers. */
const OF_NOBODY = [
  ...["policy_documents", "policy_versions", "policy_texts", "policy_corrections"],
  ...["stop_guides", "contact_cards", "mail_routes"],
  ...["products", "calendar_years", "calendar_days", "incidents", "notices", "grade_changes"],
  ...["containment_steps", "emergency_sendings", "incident_duties", "incident_proposals"],
  "follow_up_reports",
  "notice_escalations",
  "rehearsal_reports",
  ...["notice_templates", "notice_template_versions", "saved_audiences", "saved_audience_versions"],
  ...["notice_submissions", "notice_targets", "withdrawals", "reviews"],
  ...[
    "database_lines",
    "number_series",
    "request_ways",
    "request_macros",
    "data_stores",
    "draft_states",
    "draft_visits",
  ],
];
/** The record and its seals hold ids and hashes (decision 038). */
const isOfTheRecord = (table: string) => table.startsWith("audit_");

test("P57: every table of the database stands under one kind of the public table, or names nobody", () => {
  const tables = Object.values(schema)
    .filter((one) => isTable(one))
    .map((table) => getTableName(table))
    .filter((table) => !isOfTheRecord(table));

  expect([...RETAINED_TABLES, ...OF_NOBODY].toSorted()).toEqual(tables.toSorted());
});

test("P57: every period is a whole number of days", () => {
  for (const kind of PURGED_KINDS) expect(PERIODS[kind].days).toBeGreaterThan(0);
});
