import { beforeEach, expect, test } from "vitest";

import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  type NoticeDesk,
  PARTS,
  published,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";

import { ANONYMOUS } from "../context";
import { countPublicIncidents } from "./count-months";
import { listPublishedIncidents } from "./list-published";

let desk: NoticeDesk;
beforeEach(async () => {
  await resetDatabase();
  desk = await givenNoticeDesk();
  await givenAffected(desk.productId, {});
});

async function tellOf(visibility: "public" | "affected", at: string) {
  const { id: incidentId } = await givenIncident(desk, { visibility });
  const measures = PARTS.measures.slice(0, 1);
  const notice = await givenNotice(desk, { incidentId, measures });
  await published(desk, notice, { at, typedPeople: 1 });
}

const later = (at: string) => ({ actor: ANONYMOUS, now: beijing(at) });
const some = (months: Awaited<ReturnType<typeof countPublicIncidents>>) =>
  months.filter(({ count }) => count > 0);

test("twelve months, this one last, each with the incidents everybody may read in the list", async () => {
  await tellOf("public", "2026-11-20 09:50");
  await tellOf("public", "2026-11-30 23:59");
  await tellOf("public", "2026-12-01 00:01");
  await tellOf("affected", "2026-12-01 09:00");

  const ctx = later("2026-12-02 09:00");
  const months = await countPublicIncidents(ctx, {});
  expect(months.map(({ month }) => month)).toEqual([
    ...["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07"],
    ...["2026-08", "2026-09", "2026-10", "2026-11", "2026-12"],
  ]);
  expect(some(months)).toEqual([
    { month: "2026-11", count: 2 },
    { month: "2026-12", count: 1 },
  ]);
  const { rows } = await listPublishedIncidents(ctx, {});
  expect(rows).toHaveLength(3);
});

test("who may read more is shown the same strip; what is older than twelve months is in none", async () => {
  await tellOf("public", "2026-11-20 09:50");
  await tellOf("affected", "2026-11-20 09:55");
  const author = acting(await givenStaff("author"), "2027-10-31 23:59");
  expect(some(await countPublicIncidents(author, {}))).toEqual([{ month: "2026-11", count: 1 }]);
  expect(some(await countPublicIncidents(later("2027-11-01 00:00"), {}))).toEqual([]);
});
