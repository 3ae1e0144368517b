import { expect, test } from "vitest";

import { ANONYMOUS } from "@/domain/context";
import { beijing } from "@/tests/support/context";
import {
  givenApproved,
  givenInForce,
  givenMajorChange,
  untilInForce,
  withdraw,
} from "@/tests/support/policies";

import { listUpcomingChanges } from "./list-upcoming-changes";

const stranger = { actor: ANONYMOUS, now: beijing("2026-03-03 09:00") };
const upcomingOf = async (slug: string) =>
  (await listUpcomingChanges(stranger, {})).filter((change) => change.slug === slug);

test("P39: everybody sees a major change with its date and the version that binds until then", async () => {
  const { slug, next } = await givenMajorChange();
  expect(await upcomingOf(slug)).toMatchObject([
    { label: "2.0", previousLabel: "1.0", effectiveAt: next.effectiveAt, changes: next.changes },
  ]);
});

test("a minor change is not among them", async () => {
  const desk = await givenInForce();
  await givenApproved(desk, { label: "1.1", effectiveDate: "2026-04-01", at: "2026-03-02 10:00" });
  expect(await upcomingOf(desk.slug)).toEqual([]);
});

test("a change that came into force or was withdrawn is upcoming no more", async () => {
  const come = await givenMajorChange();
  await untilInForce(come.next);
  expect(await upcomingOf(come.slug)).toEqual([]);

  const gone = await givenMajorChange();
  await withdraw(gone, gone.next);
  expect(await upcomingOf(gone.slug)).toEqual([]);
});
