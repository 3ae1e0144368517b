import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts } from "@/db/schema";
import { ANONYMOUS } from "@/domain/context";
import { beijing } from "@/tests/support/context";
import { givenMajorChange } from "@/tests/support/policies";

import { findAnnouncement } from "./find-announcement";

const stranger = { actor: ANONYMOUS, now: beijing("2026-03-03 09:00") };

async function givenAnnouncement() {
  const { next } = await givenMajorChange();
  const [row] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, next.id));
  return row!;
}

test("P39: an announcement is there for everybody, with what it tells", async () => {
  const { id, startedAt } = await givenAnnouncement();
  expect(await findAnnouncement(stranger, { id })).toMatchObject({
    id,
    startedAt,
    told: { kind: "policy_change", facts: { label: "2.0", previousLabel: "1.0" } },
  });
});

test("what was told to its recipients only is not found by others", async () => {
  const { id } = await givenAnnouncement();
  await db.update(broadcasts).set({ isPublic: false }).where(eq(broadcasts.id, id));
  await expect(findAnnouncement(stranger, { id })).rejects.toMatchObject({ code: "not_found" });
});
