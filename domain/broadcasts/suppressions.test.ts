import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, suppressions } from "@/db/schema";
import { acting } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  markedParts,
  published,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";

import { findSuppression, listSuppressions } from "./suppressions";

const NOW = "2026-11-21 10:00";
const MARK = "【受限】";

test("support learns why an address is stopped, and no title of a restricted incident", async () => {
  const desk = await givenNoticeDesk();
  await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const incident = await givenIncident(desk, { visibility: "restricted", mark: MARK });
  const draft = await givenNotice(desk, { incidentId: incident.id, ...markedParts(MARK) });
  const notice = await published(desk, draft, { typedPeople: 1 });
  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, notice.id));
  const [stopped] = await db
    .insert(suppressions)
    .values({
      address: "stopped-by-restricted@list.example",
      reason: "bounced",
      since: new Date("2026-11-20T03:00:00Z"),
      broadcastId: broadcast!.id,
    })
    .returning();
  const readAs = async (role: "support" | "author") => {
    const ctx = acting(await givenStaff(role), NOW);
    return JSON.stringify([
      await listSuppressions(ctx, { search: "stopped-by-restricted" }),
      await findSuppression(ctx, { id: stopped!.id }),
    ]);
  };

  expect(await readAs("author")).toContain(MARK);
  const seen = await readAs("support");
  expect(seen).toContain("stopped-by-restricted@list.example");
  expect(seen).not.toContain(MARK);
});
