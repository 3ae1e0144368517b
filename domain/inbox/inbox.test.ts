import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts } from "@/db/schema";
import type { Person } from "@/domain/context";
import { acting } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";

import { listOwnMessages } from "./about";
import { archiveMessages, closePopup, markRead } from "./mark";
import { countUnread, listInbox } from "./list";
import { findPopup } from "./popup";

const LATER = "2026-11-25 09:00";
const ctxOf = (person: Person) => acting(person, LATER);

/** An incident of one account's app, with its first notice told. */
async function givenTold() {
  const desk = await givenNoticeDesk();
  const { owner } = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  await givenAffected(desk.productId, { platforms: { ios: "8.0.1" } });
  const incident = await givenIncident(desk);
  const tell = async (type: "initial" | "update" | "final", at: string) =>
    published(
      desk,
      await givenNotice(desk, {
        ...{ incidentId: incident.id, type, at },
        audience: { platforms: ["android"] },
        actionability: "required",
      }),
      { at },
    );
  await tell("initial", "2026-11-20 09:50");
  return { owner, tell };
}

test("of what was told to many, each reader finds their own message and nobody else's", async () => {
  const { owner } = await givenTold();
  const { owner: other } = await givenTold();
  const all = await db.select({ id: broadcasts.id }).from(broadcasts);
  const broadcastIds = all.map(({ id }) => id);
  for (const reader of [owner, other]) {
    const { rows } = await listInbox(ctxOf(reader), {});
    const found = await listOwnMessages(ctxOf(reader), { broadcastIds });
    expect(rows).toHaveLength(1);
    expect([...found.values()]).toEqual(rows.map(({ id }) => id));
  }
});

test("an archived message leaves the inbox for the archive, and comes back as it was: unread", async () => {
  const { owner } = await givenTold();
  const ctx = ctxOf(owner);
  const [message] = (await listInbox(ctx, {})).rows;
  await archiveMessages(ctx, { ids: [message!.id], archived: true });
  expect((await listInbox(ctx, {})).rows).toEqual([]);
  expect((await listInbox(ctx, { show: "archived" })).rows).toMatchObject([{ id: message!.id }]);
  expect(await countUnread(ctx, {})).toBe(0);

  await archiveMessages(ctx, { ids: [message!.id], archived: false });
  expect((await listInbox(ctx, { show: "unread" })).rows).toMatchObject([{ id: message!.id }]);
  expect((await listInbox(ctx, { show: "archived" })).rows).toEqual([]);
  expect(await countUnread(ctx, {})).toBe(1);
});

test("P18: one popup for an incident, its latest notice: the older ones never come after it", async () => {
  const { owner, tell } = await givenTold();
  const ctx = ctxOf(owner);
  expect(await findPopup(ctx, {})).toMatchObject({ told: { facts: { sequence: 1 } } });
  await tell("update", "2026-11-20 11:00");

  const latest = await findPopup(ctx, {});
  expect(latest).toMatchObject({ told: { facts: { sequence: 2 } } });
  await closePopup(ctx, { id: latest!.id });
  expect(await findPopup(ctx, {})).toBeNull();

  await tell("update", "2026-11-20 12:00");
  const newest = await findPopup(ctx, {});
  expect(newest).toMatchObject({ told: { facts: { sequence: 3 } } });
  await markRead(ctx, { ids: [newest!.id], read: true });
  expect(await findPopup(ctx, {})).toBeNull();
});
