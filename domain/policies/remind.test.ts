import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries } from "@/db/schema";
import { giveAnswer } from "@/tests/support/answers";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember } from "@/tests/support/people";
import {
  givenApproved,
  givenDesk,
  givenInForce,
  givenMajorChange,
  MAJOR_CHANGE,
  withdraw,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { asJob } from "../context";
import { readCoverage } from "./coverage";
import { remindUnanswered, versionsToRemind } from "./remind";

const LATER = "2026-03-25 09:00";

async function remindedPeople(versionId: string) {
  const rows = await db
    .select({ userId: deliveries.userId })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(
      and(eq(broadcasts.subjectId, versionId), eq(broadcasts.kind, "acknowledgement_reminder")),
    );
  return new Set(rows.map(({ userId }) => userId));
}

test("those who may bind an account that has not answered are reminded, by mail and in-site", async () => {
  const { next, productId, author } = await givenMajorChange();
  const [silent, answered] = [await givenAccount({ productId }), await givenAccount({ productId })];
  const owner = await givenMember(silent.id, "owner");
  const legal = await givenMember(silent.id, "legal");
  await givenMember(silent.id, "member");
  const done = await givenMember(answered.id, "owner");
  await giveAnswer(done, next, { accountId: answered.id, answer: "disagreed" });

  const told = await remindUnanswered(acting(author, LATER), { versionId: next.id });

  expect(told.people).toBe(2);
  expect(await remindedPeople(next.id)).toEqual(new Set([owner.id, legal.id]));
  expect((await recordOf(next.id)).at(-1)).toBe("reminder.sent");
});

test("at most once a day", async () => {
  const { next, author } = await givenMajorChange();
  await remindUnanswered(acting(author, "2026-03-25 09:00"), { versionId: next.id });

  const again = remindUnanswered(acting(author, "2026-03-25 23:59"), { versionId: next.id });
  await expect(again).rejects.toMatchObject({ messageKey: "policies.errors.remindedToday" });

  await remindUnanswered(acting(author, "2026-03-26 00:00"), { versionId: next.id });
});

test("an ordinary change and a first version remind nobody", async () => {
  const first = await givenDesk();
  const desk = await givenInForce();
  const versions = [
    { desk: first, version: await givenApproved(first, { major: ["rights"] }) },
    { desk, version: await givenApproved(desk, { ...MAJOR_CHANGE, major: [] }) },
  ];

  for (const {
    desk: { author },
    version,
  } of versions) {
    await expect(
      remindUnanswered(acting(author, LATER), { versionId: version.id }),
    ).rejects.toMatchObject({ messageKey: "policies.errors.nothingToRemind" });
  }
});

test("reminders leave by themselves seven, three and one days before", async () => {
  const { next } = await givenMajorChange();
  const days: string[] = [];

  for (let day = 20; day <= 31; day += 1) {
    const due = await versionsToRemind(asJob("remind", beijing(`2026-03-${day} 09:00`)), {});
    if (due.some(({ id }) => id === next.id)) days.push(`03-${day}`);
  }

  expect(days).toEqual(["03-25", "03-29", "03-31"]);
});

test("approvers do not remind", async () => {
  const { next, approver } = await givenMajorChange();

  await expect(
    remindUnanswered(acting(approver, LATER), { versionId: next.id }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});

test("only the reminders that are still to come are named, and none of a version that was withdrawn", async () => {
  const { next, author, approver } = await givenMajorChange();
  const remindersAt = async (moment: string) =>
    (await readCoverage(acting(author, moment), { versionId: next.id })).reminders;

  expect(await remindersAt("2026-03-24 09:00")).toEqual({ ahead: [7, 3, 1] });
  expect(await remindersAt("2026-03-30 09:00")).toEqual({ ahead: [1] });
  expect(await remindersAt("2026-03-31 09:00")).toEqual({ ahead: [] });

  await withdraw({ author, approver }, next);
  expect(await remindersAt("2026-03-24 09:00")).toBeNull();
});
