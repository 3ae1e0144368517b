import { randomUUID } from "node:crypto";
import { and, eq, gt, inArray } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { auditEntries, staffRoles, users } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";

import { GRANTS, person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { query } from "../query";
import type { RecordedStep } from "../verb";
import type { Told } from "./facts";

/** People one test goes to, and tests of one person within an hour. */
const MOST = { people: 5, anHour: 12 };
const HOUR = 3_600_000;

export const testInput = {
  userIds: z
    .array(uuid)
    .min(1, "broadcasts.errors.testNobody")
    .max(MOST.people, "broadcasts.errors.testTooMany"),
  mailLocale: z.enum(LOCALES),
};

/** Who reads drafts: a test goes to nobody else, for it tells what nobody has approved. */
const READERS: readonly StaffRole[] = GRANTS["notice.readDrafts"];

type Test = { told: Told; userIds: readonly string[]; locale: Locale };
type TestAction = "version.test_mailed" | "notice.test_mailed";

/**
 * Has a test mailed, one mail for each of them, marked as a test in its subject and its body.
 * @returns to how many @throws Invalid where one of them reads no drafts; Conflict beyond an hour's number
 */
export async function mailTest(
  step: RecordedStep,
  action: TestAction,
  test: Test,
): Promise<number> {
  const { tx, actor, now } = step;
  const byId = person(actor).id;
  const readers = await testReaders(tx, test.userIds);
  if (readers.length < new Set(test.userIds).size)
    throw new Invalid("errors.form", { userIds: ["broadcasts.errors.testStranger"] });
  const sent = await tx.$count(
    auditEntries,
    and(
      eq(auditEntries.actorId, byId),
      inArray(auditEntries.action, [
        "version.test_mailed",
        "notice.test_mailed",
      ] satisfies TestAction[]),
      gt(auditEntries.at, new Date(now.getTime() - HOUR)),
    ),
  );
  if (sent >= MOST.anHour)
    throw new Conflict("broadcasts.errors.testsOften", { most: MOST.anHour });
  const { kind, facts } = test.told;
  for (const { id: userId } of readers)
    await wakeJob(tx, "mail-test", {
      payload: {
        ...{ id: randomUUID(), userId, byId, locale: test.locale },
        ...{ kind, facts: JSON.stringify(facts) },
      },
    });
  return readers.length;
}

/** Whom an author may send a test. */
export const listTestReaders = query({
  may: "notice.readDrafts",
  input: z.object({}),

  run: ({ db }) => testReaders(db),
});

/** Staff who may be sent a test; of the given ones, or all. */
export async function testReaders(db: Db | Tx, userIds?: readonly string[]) {
  return db
    .selectDistinct({ id: users.id, name: users.name })
    .from(users)
    .innerJoin(staffRoles, eq(staffRoles.userId, users.id))
    .where(
      and(
        inArray(staffRoles.role, [...READERS]),
        userIds ? inArray(users.id, [...userIds]) : undefined,
      ),
    )
    .orderBy(users.name)
    .limit(200);
}

/** Who gets a test and who asked for it; null once the first reads no drafts any more. */
export const readTestPeople = query({
  may: "broadcast.deliver",
  input: z.object({ userId: z.uuid(), byId: z.uuid() }),

  async run({ db }, { userId, byId }) {
    const [reader] = await testReaders(db, [userId]);
    const people = await db
      .select({ id: users.id, name: users.name, email: users.email })
      .from(users)
      .where(inArray(users.id, [userId, byId]));
    const [to, by] = [userId, byId].map((id) => people.find((one) => one.id === id));
    return reader && to && by ? { name: to.name, email: to.email, by: by.name } : null;
  },
});
