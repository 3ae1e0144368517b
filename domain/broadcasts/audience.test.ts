import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { deliveries } from "@/db/schema";
import { SAMPLE_REQUEST } from "@/emails/_components/samples";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";

import { verb } from "../verb";
import { startBroadcast } from "./start";

test("people without any account are told by name of nothing but themselves", async () => {
  const [teller, reader] = [await givenStaff("approver"), await givenStaff()];
  const tell = verb({
    may: "policy.review",
    input: z.object({}),
    run: (step) =>
      startBroadcast(step, {
        kind: "request_update",
        subjectId: SAMPLE_REQUEST.requestId,
        facts: SAMPLE_REQUEST,
        audience: { userIds: [reader.id] },
      }),
  });
  const { id, people } = await tell(acting(teller, "2026-11-23 09:00"), {});
  expect(people).toBe(1);
  const rows = await db.select().from(deliveries).where(eq(deliveries.broadcastId, id));
  expect(rows.map(({ userId, accountIds }) => [userId, accountIds])).toEqual([
    [reader.id, []],
    [reader.id, []],
  ]);
});
