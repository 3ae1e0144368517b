import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { apps, broadcasts, deliveries } from "@/db/schema";
import { listInbox } from "@/domain/inbox/list";
import { remindUnacknowledged } from "@/jobs/due";
import { acting, beijing } from "@/tests/support/context";
import { affecting, givenListed } from "@/tests/support/own-policy";
import { givenAccount, givenMember } from "@/tests/support/people";
import { untilInForce } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { asJob } from "../context";
import { listOwnPoliciesToRemind, remindOwnPolicies } from "./remind-own-policies";
import { stateOwnPolicy } from "./state-own-policy";

/** The version is in force from 1 April: the first step, a day on which it is made up for, the second. */
const [BEFORE, FIRST, MADE_UP, TOO_LATE, SECOND] = [
  "2026-04-07 09:00",
  "2026-04-08 09:00",
  "2026-04-10 09:00",
  "2026-04-11 09:00",
  "2026-04-22 09:00",
] as const;

async function givenAffected() {
  const desk = await givenListed();
  const other = await givenAccount({ productId: desk.productId });
  const neighbour = await givenMember(other.id, "legal");
  const version = await affecting(desk);
  await untilInForce(version);
  const member = await givenMember(desk.account.id, "member");
  const viewer = await givenMember(desk.account.id, "viewer");
  return { ...desk, member, viewer, other, neighbour, version };
}

const due = (at: string) => listOwnPoliciesToRemind(asJob("remind", beijing(at)), {});

async function remindedPeople(versionId: string) {
  const rows = await db
    .select({ days: broadcasts.facts, userId: deliveries.userId, channel: deliveries.channel })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(and(eq(broadcasts.subjectId, versionId), eq(broadcasts.kind, "own_policy_reminder")));
  return rows.map(({ userId, channel }) => `${userId} ${channel}`).sort();
}

test("P40: who may say that an app's own policy was updated is reminded once for each step, while it is not", async () => {
  const { owner, member, neighbour, other, appId, version } = await givenAffected();
  expect(await due(BEFORE)).toEqual([]);
  expect(await due(FIRST)).toEqual([{ versionId: version.id, days: 7 }]);
  expect(await due(MADE_UP)).toEqual([{ versionId: version.id, days: 7 }]);
  expect(await due(TOO_LATE)).toEqual([]);

  await remindUnacknowledged(beijing(FIRST));
  await remindUnacknowledged(beijing(MADE_UP));
  const everybody = [owner, member, neighbour];
  const expected = (people: typeof everybody) =>
    people.flatMap(({ id }) => [`${id} email`, `${id} inbox`]).sort();
  expect(await remindedPeople(version.id)).toEqual(expected(everybody));
  const { rows } = await listInbox(acting(owner, MADE_UP), { category: "policies" });
  expect(rows.map(({ told }) => told)).toContainEqual({
    kind: "own_policy_reminder",
    facts: expect.objectContaining({ versionId: version.id, label: "2.0", days: 7 }),
  });

  // It ends with the task: of who closed it nothing more is wanted, of the others still.
  const versionId = version.id;
  await stateOwnPolicy(acting(owner, MADE_UP), { appId, versionId, updatedOn: "2026-04-09" });
  await remindUnacknowledged(beijing(SECOND));
  expect(await remindedPeople(version.id)).toEqual(expected([...everybody, neighbour]));
  expect(
    (await recordOf(version.id)).filter((one) => one === "reminder.own_policies"),
  ).toHaveLength(2);

  const [neighbours] = await db.select().from(apps).where(eq(apps.accountId, other.id));
  await stateOwnPolicy(acting(neighbour, SECOND), {
    ...{ appId: neighbours!.id, versionId },
    url: "https://qingyu.example/privacy",
  });
  await remindOwnPolicies(asJob("remind", beijing(SECOND)), { versionId, days: 40 });
  expect(await remindedPeople(version.id)).toHaveLength(8);
});
