import { expect, test } from "vitest";

import type { Actionability } from "@/db/vocabulary/incidents";
import type { Person } from "@/domain/context";
import { countUnread } from "@/domain/inbox/list";
import { closePopup, markRead } from "@/domain/inbox/mark";
import { findPopup } from "@/domain/inbox/popup";
import { giveAnswer } from "@/tests/support/answers";
import { acting } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE, withdraw } from "@/tests/support/policies";

const LATER = "2026-11-21 09:00";
const popupOf = (person: Person) => findPopup(acting(person, LATER), {});

/** Two accounts of one person, told together of a major change; a colleague in the first. */
async function givenTold() {
  const desk = await givenInForce();
  const one = await givenAccount({ productId: desk.productId });
  const two = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(one.id, "owner");
  const ofBoth = await givenMember(two.id, "owner", { also: owner });
  const colleague = await givenMember(one.id, "member");
  return { desk, one, two, ofBoth, colleague, next: await givenApproved(desk, MAJOR_CHANGE) };
}

test("P39: a major change pops up until every account the reader was told for has answered, for colleagues too", async () => {
  const { one, two, ofBoth, colleague, next } = await givenTold();
  const told = { told: { kind: "policy_change", facts: { versionId: next.id } } };
  expect(await popupOf(ofBoth)).toMatchObject(told);
  expect(await popupOf(colleague)).toMatchObject(told);

  await giveAnswer(ofBoth, next, { accountId: one.id });
  expect(await popupOf(colleague)).toBeNull();
  expect(await popupOf(ofBoth)).toMatchObject(told);
  await giveAnswer(ofBoth, next, { accountId: two.id, answer: "disagreed" });
  expect(await popupOf(ofBoth)).toBeNull();
});

test("P39: the red dot counts what told of a change until its reader has answered for all their accounts; a colleague's dot stays", async () => {
  const { one, two, ofBoth, colleague, next } = await givenTold();
  const unread = async (person: Person) => countUnread(acting(person, LATER), {});
  expect(await unread(ofBoth)).toBe(1);
  await giveAnswer(ofBoth, next, { accountId: one.id });
  expect(await unread(ofBoth)).toBe(1);
  await giveAnswer(ofBoth, next, { accountId: two.id, answer: "disagreed" });
  expect(await unread(ofBoth)).toBe(0);
  expect(await unread(colleague)).toBe(1);
});

test("a withdrawn change pops up no longer, and a change that is not major never", async () => {
  const { desk, colleague, next } = await givenTold();
  await withdraw(desk, next);
  expect(await popupOf(colleague)).toBeNull();

  const minor = await givenInForce();
  const account = await givenAccount({ productId: minor.productId });
  const member = await givenMember(account.id, "member");
  await givenApproved(minor, { ...MAJOR_CHANGE, major: [] });
  expect(await popupOf(member)).toBeNull();
});

async function givenIncidentTold(actionability: Actionability) {
  const desk = await givenNoticeDesk();
  const { owner } = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  await givenAffected(desk.productId, { platforms: { ios: "8.0.1" } });
  const incident = await givenIncident(desk);
  const draft = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { platforms: ["android"] },
    actionability,
  });
  await published(desk, draft);
  return { owner, number: incident.number };
}

test("P18: an incident that asks to act pops up once: closing or reading ends it", async () => {
  const { owner, number } = await givenIncidentTold("required");
  const popup = await popupOf(owner);
  expect(popup).toMatchObject({
    told: { kind: "incident_notice", facts: { incidentNumber: number } },
  });
  await closePopup(acting(owner, LATER), { id: popup!.id });
  expect(await popupOf(owner)).toBeNull();

  const again = await givenIncidentTold("required");
  const { id } = (await popupOf(again.owner))!;
  await markRead(acting(again.owner, LATER), { ids: [id], read: true });
  expect(await popupOf(again.owner)).toBeNull();
});

test("P18: an incident that asks for nothing waits in the inbox", async () => {
  for (const actionability of ["may_be_required", "information"] as const) {
    const { owner } = await givenIncidentTold(actionability);
    expect(await popupOf(owner)).toBeNull();
  }
});
