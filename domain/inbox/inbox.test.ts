import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts } from "@/db/schema";
import { INBOX_CATEGORIES } from "@/db/vocabulary/inbox";
import type { Person } from "@/domain/context";
import { Invalid } from "@/domain/errors";
import { acting } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";

import { listOwnMessages } from "./about";
import { changeMessages, closePopup, countActedOn, markAllRead, markRead, takeBack } from "./mark";
import { countUnread, countUnreadOf, listInbox } from "./list";
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
  await changeMessages(ctx, { ids: [message!.id], change: "archive" });
  expect((await listInbox(ctx, {})).rows).toEqual([]);
  expect((await listInbox(ctx, { show: "archived" })).rows).toMatchObject([{ id: message!.id }]);
  expect(await countUnread(ctx, {})).toBe(0);

  await changeMessages(ctx, { ids: [message!.id], change: "restore" });
  expect((await listInbox(ctx, { show: "unread" })).rows).toMatchObject([{ id: message!.id }]);
  expect((await listInbox(ctx, { show: "archived" })).rows).toEqual([]);
  expect(await countUnread(ctx, {})).toBe(1);
});

test("an act on several messages can be taken back by its moment, and nobody else's", async () => {
  const { owner, tell } = await givenTold();
  const { owner: other } = await givenTold();
  await tell("update", "2026-11-20 11:00");
  const [ctx, others] = [ctxOf(owner), ctxOf(other)];
  const ids = (await listInbox(ctx, {})).rows.map(({ id }) => id);
  const at = ctx.now.getTime();

  // The ids of other people's messages are passed over.
  const strange = (await listInbox(others, {})).rows.map(({ id }) => id);
  const done = await changeMessages(ctx, { ids: [...ids, ...strange], change: "archive" });
  expect(done).toBe("archived");
  expect(await countActedOn(ctx, { what: "archived", at })).toBe(2);
  expect(await countActedOn(others, { what: "archived", at })).toBe(0);
  await takeBack(others, { what: "archived", at });
  expect((await listInbox(ctx, {})).rows).toEqual([]);
  await takeBack(ctx, { what: "archived", at });
  expect((await listInbox(ctx, {})).rows.map(({ id }) => id)).toEqual(ids);
  expect(await countActedOn(ctx, { what: "archived", at })).toBe(0);

  // What had been read before stays read when reading all is taken back.
  await changeMessages(acting(owner, "2026-11-24 09:00"), { ids: ids.slice(0, 1), change: "read" });
  await markAllRead(ctx, {});
  expect(await countUnread(ctx, {})).toBe(0);
  await takeBack(ctx, { what: "read", at });
  expect(await countUnread(ctx, {})).toBe(1);
  await changeMessages(ctx, { ids, change: "unread" });
  expect(await countUnread(ctx, {})).toBe(2);
  await expect(changeMessages(ctx, { ids: [], change: "read" })).rejects.toThrow(Invalid);
});

test("messages are found by kind and by words of either language, numbers and names, whatever the case", async () => {
  const { owner } = await givenTold();
  const ctx = ctxOf(owner);
  const [message] = (await listInbox(ctx, {})).rows;
  const told = message!.told;
  if (told.kind !== "incident_notice") throw new Error("another kind");
  const look = async (q: string) => (await listInbox(ctx, { q })).rows.length;
  const { title, incidentNumber, contentHash } = told.facts;
  expect(await look(title["zh-CN"]!.slice(1, 4))).toBe(1);
  expect(await look(incidentNumber.toLowerCase())).toBe(1);
  for (const nothing of ["没有这个词", "%%", "__", contentHash.slice(0, 12), "incidentNumber"])
    expect(await look(nothing)).toBe(0);

  expect((await listInbox(ctx, { category: "incidents" })).rows).toHaveLength(1);
  for (const category of INBOX_CATEGORIES.filter((one) => one !== "incidents"))
    expect((await listInbox(ctx, { category })).rows).toEqual([]);
  expect(await countUnreadOf(ctx, {})).toEqual(new Map([["incidents", 1]]));
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
