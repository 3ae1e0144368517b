import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, deliveries, policyAcknowledgements } from "@/db/schema";
import type { Person } from "@/domain/context";
import { Conflict, NotAllowed, NotFound } from "@/domain/errors";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";

import { readCourse } from "../broadcasts/course";
import { confirmKnown, findKnowing, readKnowingProof } from "./know";
import { findMessage, listInbox } from "./list";
import { changeMessages } from "./mark";

const MINOR = { label: "1.1", effectiveDate: "2026-04-20", at: "2026-04-10 10:00", major: [] };
const [LATER, STILL_LATER] = ["2026-04-11 09:00", "2026-04-12 09:00"];
const SAID = { statement: "我已知悉这条告知的内容。", locale: "zh-CN" as const };

async function givenTold(wish: Parameters<typeof givenApproved>[1]) {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const viewer = await givenMember(account.id, "viewer");
  const owner = await givenMember(account.id, "owner");
  await givenApproved(desk, wish);
  return { account, viewer, owner };
}

const messageOf = async (reader: Person, at = LATER) => {
  const [row] = (await listInbox(acting(reader, at), {})).rows;
  return findMessage(acting(reader, at), { id: row!.id });
};

test("P04: who knows of a minor change is on record as knowing, apart from reading, and nobody has agreed", async () => {
  const { account, viewer, owner } = await givenTold(MINOR);
  const { id, broadcastId, factsHash } = await messageOf(viewer);
  const ctx = acting(viewer, LATER);
  expect(await findKnowing(ctx, { broadcastId })).toBeNull();

  await confirmKnown(ctx, { id, ...SAID });
  await confirmKnown(acting(viewer, STILL_LATER), { id, ...SAID });
  await changeMessages(acting(viewer, STILL_LATER), { ids: [id], change: "unread" });
  expect(await messageOf(viewer)).toMatchObject({ knownAt: beijing(LATER), readAt: null });
  expect(await findKnowing(ctx, { broadcastId })).toMatchObject({
    ...SAID,
    accountIds: [account.id],
  });
  const entries = await db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectId, account.id), eq(auditEntries.action, "broadcast.known")));
  expect(entries).toMatchObject([
    { actorId: viewer.id, after: { broadcastId, factsHash, ...SAID } },
  ]);

  // Whoever opened theirs and no more has read it, and knows of nothing as far as the record says.
  const other = await messageOf(owner);
  await changeMessages(acting(owner, LATER), { ids: [other.id], change: "read" });
  const staff = acting(await givenStaff("author"), STILL_LATER);
  const course = await readCourse(staff, { id: broadcastId, startedAt: beijing(MINOR.at) });
  expect(course).toMatchObject({ read: 1, known: 1 });
  expect(await db.select().from(policyAcknowledgements)).toEqual([]);

  await expect(
    readKnowingProof(acting(owner, LATER), { broadcastId, accountId: account.id }),
  ).rejects.toThrow(NotFound);
  await expect(
    db.update(deliveries).set({ knownAt: null }).where(eq(deliveries.id, id)),
  ).rejects.toMatchObject({ cause: { message: expect.stringContaining("known_at") as string } });
});

test("P41: of a major change nobody can say that they merely know; nor of another's message, nor staff", async () => {
  const { owner, viewer } = await givenTold({ ...MAJOR_CHANGE, label: "2.0" });
  const at = MAJOR_CHANGE.at ?? LATER;
  const { id } = await messageOf(owner, at);
  await expect(confirmKnown(acting(owner, at), { id, ...SAID })).rejects.toThrow(Conflict);
  await expect(confirmKnown(acting(viewer, at), { id, ...SAID })).rejects.toThrow(NotFound);
  const staff = await givenStaff("author");
  await expect(confirmKnown(acting(staff, at), { id, ...SAID })).rejects.toThrow(NotAllowed);
});
