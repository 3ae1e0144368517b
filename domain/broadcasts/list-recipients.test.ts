import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { deliveries, suppressions } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";

import { findBroadcast } from "./find";
import { listBroadcasts, listBroadcastsAbout } from "./list";
import { listRecipients } from "./list-recipients";

const MORNING = "2026-03-02 10:01";

async function givenBroadcast(people = 1) {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId, name: `青禾 ${desk.slug}` });
  const members = [];
  for (let n = 0; n < people; n += 1) members.push(await givenMember(account.id, "member"));
  const version = await givenApproved(desk, MAJOR_CHANGE);
  const reader = acting(await givenStaff("support"), MORNING);
  const [broadcast] = (await listBroadcastsAbout(reader, { subjectId: version.id })).rows;
  return { ...desk, account, members, version, reader, id: broadcast!.id };
}

test("each person stands once, with the mail and the in-site message", async () => {
  const { id, members, account, reader } = await givenBroadcast(2);

  const { rows } = await listRecipients(reader, { broadcastId: id });

  expect(rows.map(({ userId }) => userId).toSorted()).toEqual(
    members.map((person) => person.id).toSorted(),
  );
  expect(rows[0]).toMatchObject({
    accounts: [account.name],
    mail: { status: "queued", sentAt: null },
    inbox: { readAt: null },
  });
});

test("a person whose address is stopped has the in-site message, and the reason is said", async () => {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const person = await givenMember(account.id, "owner");
  await db
    .insert(suppressions)
    .values({ address: person.email, reason: "bounced", since: new Date() });
  const version = await givenApproved(desk, MAJOR_CHANGE);
  const reader = acting(desk.approver, MORNING);
  const [broadcast] = (await listBroadcastsAbout(reader, { subjectId: version.id })).rows;

  const { rows } = await listRecipients(reader, { broadcastId: broadcast!.id });

  expect(rows).toMatchObject([{ mail: { status: "suppressed", reason: "bounced" } }]);
  expect(broadcast?.mails).toEqual([{ status: "suppressed", count: 1 }]);
});

test("a status, a name, an address and an account are found; signs are only signs", async () => {
  const { id, members, account, reader } = await givenBroadcast(2);
  const [one] = members;
  await db
    .update(deliveries)
    .set({ status: "bounced" })
    .where(
      sql`${eq(deliveries.broadcastId, id)} and ${eq(deliveries.userId, one!.id)} and channel = 'email'`,
    );
  const found = async (filter: { status?: "bounced"; search?: string }) =>
    (await listRecipients(reader, { broadcastId: id, ...filter })).rows.length;

  expect(await found({ status: "bounced" })).toBe(1);
  expect(await found({ search: one!.email.slice(0, 12) })).toBe(1);
  expect(await found({ search: account.name })).toBe(2);
  expect(await found({ search: "成员" })).toBe(2);
  expect(await found({ search: "%" })).toBe(0);
  expect(await found({ search: "_" })).toBe(0);
});

test("a long list is turned page by page, nobody twice and nobody missing", async () => {
  const { id, reader } = await givenBroadcast(53);

  const first = await listRecipients(reader, { broadcastId: id });
  const second = await listRecipients(reader, { broadcastId: id, page: first.next! });

  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 3, null]);
  expect(new Set([...first.rows, ...second.rows].map(({ userId }) => userId)).size).toBe(53);
});

test("the pace is that of the last minute, or of all the time so far", async () => {
  const { id, reader } = await givenBroadcast(3);
  await db
    .update(deliveries)
    .set({ status: "sent", sentAt: new Date(reader.now.getTime() - 10_000) })
    .where(sql`${eq(deliveries.broadcastId, id)} and channel = 'email'`);

  expect(await findBroadcast(reader, { id })).toMatchObject({ status: "sending", perMinute: 3 });
});

test("receipts stand on a shelf of their own", async () => {
  const { id, reader } = await givenBroadcast();

  const notices = await listBroadcasts(reader, {});
  const receipts = await listBroadcasts(reader, { shelf: "receipts" });

  expect(notices.rows.map((row) => row.id)).toContain(id);
  expect(receipts.rows.map((row) => row.id)).not.toContain(id);
});

test("developers do not see who else was told", async () => {
  const { id, members } = await givenBroadcast();
  const developer = acting(members[0]!, MORNING);

  for (const read of [
    () => listRecipients(developer, { broadcastId: id }),
    () => findBroadcast(developer, { id }),
    () => listBroadcasts(developer, {}),
  ]) {
    await expect(read()).rejects.toMatchObject({ code: "not_allowed" });
  }
});
