import { expect, test } from "vitest";

import { ANONYMOUS, type Actor } from "@/domain/context";
import type { Visibility } from "@/db/vocabulary/incidents";
import { acting, beijing } from "@/tests/support/context";
import {
  editForm,
  givenAffected,
  givenAnnouncement,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  type NoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember, givenStaff } from "@/tests/support/people";

import { editIncident } from "./edit-incident";
import { findPublishedIncident } from "./find-published";
import { listPublishedIncidents } from "./list-published";
import { listPublicNotices } from "./list-public-notices";
import { moveIncident } from "./move-incident";
import { currentOf, namingOf } from "./published-notices";

const NOW = beijing("2026-11-22 09:00");
const as = (actor: Actor) => ({ actor, now: NOW });
const find = (actor: Actor, number: string) => findPublishedIncident(as(actor), { number });
const numbersFor = async (actor: Actor) =>
  (await listPublishedIncidents(as(actor), {})).rows.map(({ number }) => number);

/** What an actor reads of an incident: all of it, its public summary, or nothing. */
async function readsOf(actor: Actor, number: string): Promise<"all" | "summary" | "nothing"> {
  const read = await find(actor, number).catch((error: Error) => {
    expect(error).toMatchObject({ messageKey: "errors.notFound" });
    return null;
  });
  if (!read) return "nothing";
  if (read.kind === "summary") {
    expect(JSON.stringify(read)).not.toContain("令牌");
    return "summary";
  }
  return "all";
}

const asPerson = (user: { id: string; name: string; email: string }): Actor => ({
  kind: "person",
  ...{ id: user.id, name: user.name, email: user.email },
  staffRoles: [],
  memberships: [],
});

async function givenReaders(visibility: Visibility) {
  const desk = await givenNoticeDesk();
  const one = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const other = await givenAffected(desk.productId, { platforms: { ios: "8.0.1" } });
  const security = await givenContact(one.account.id, "security");
  const incident = await givenIncident(desk, { visibility });
  const notice = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { platforms: ["android"] },
  });
  const readers: Record<string, Actor> = {
    anonymous: ANONYMOUS,
    owner: one.owner,
    viewer: await givenMember(one.account.id, "viewer"),
    contact: asPerson(security),
    stranger: other.owner,
    author: desk.author,
    approver: desk.approver,
    auditor: await givenStaff("auditor"),
    admin: await givenStaff("admin"),
    handler: await givenStaff("handler"),
    support: await givenStaff("support"),
  };
  const all = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(readers).map(async ([name, actor]) => [
          name,
          await readsOf(actor, incident.number),
        ]),
      ),
    ) as Record<string, string>;
  return { desk, incident, notice, readers, all, app: one.app };
}

const STAFF = { author: "all", approver: "all", auditor: "all", admin: "all" };

test("P19: nothing is read of an incident before its first notice is published, not even by staff", async () => {
  const { desk, notice, all } = await givenReaders("public");
  expect(new Set(Object.values(await all()))).toEqual(new Set(["nothing"]));
  await published(desk, notice);
  expect(new Set(Object.values(await all()))).toEqual(new Set(["all"]));
});

test("P19: an affected incident is read by the members and contacts told, and by staff who may; for others it is not there", async () => {
  const { desk, incident, notice, readers, all } = await givenReaders("affected");
  await published(desk, notice);
  expect(await all()).toEqual({
    ...STAFF,
    ...{ owner: "all", viewer: "all", contact: "all" },
    ...{ anonymous: "nothing", stranger: "nothing", handler: "nothing", support: "nothing" },
  });
  expect(await numbersFor(readers.owner!)).toContain(incident.number);
  expect(await numbersFor(readers.stranger!)).not.toContain(incident.number);
  expect(await numbersFor(ANONYMOUS)).not.toContain(incident.number);
});

test("P19: a restricted incident is read by those who were told; everybody else has its public summary, and no list has it", async () => {
  const { desk, incident, notice, readers, all } = await givenReaders("restricted");
  await published(desk, notice);
  const summary = "summary";
  expect(await all()).toEqual({
    ...STAFF,
    contact: "all",
    ...{ owner: summary, viewer: summary, anonymous: summary, stranger: summary },
    ...{ handler: summary, support: summary },
  });
  for (const [name, actor] of Object.entries(readers)) {
    const isListed = (await numbersFor(actor)).includes(incident.number);
    expect(isListed, name).toBe(["contact", ...Object.keys(STAFF)].includes(name));
  }
});

test("P19: what was added to a restricted incident without telling is read by those told before, and by nobody else", async () => {
  const { desk, incident, notice, readers } = await givenReaders("restricted");
  await published(desk, notice);
  const quiet = await givenNotice(desk, {
    incidentId: incident.id,
    type: "update",
    notifies: false,
    silentReason: "只更正错字",
    at: "2026-11-20 10:30",
  });
  await published(desk, quiet, { at: "2026-11-20 10:40" });
  expect(await find(readers.contact!, incident.number)).toMatchObject({
    notices: [{ id: notice.id }, { id: quiet.id }],
  });
  expect(await readsOf(readers.owner!, incident.number)).toBe("summary");
});

test("P19: when a restricted incident is opened to the affected, its earlier notice stays with those it was told to", async () => {
  const { desk, incident, notice, readers } = await givenReaders("restricted");
  await published(desk, notice);
  await editIncident(
    acting(desk.author, "2026-11-20 10:10"),
    editForm(desk, incident, { visibility: "affected" }),
  );
  const update = await givenNotice(desk, {
    incidentId: incident.id,
    type: "update",
    at: "2026-11-20 10:30",
  });
  await published(desk, update, { at: "2026-11-20 10:40" });
  expect(await find(readers.contact!, incident.number)).toMatchObject({
    notices: [{ id: notice.id }, { id: update.id }],
  });
  expect(await find(readers.owner!, incident.number)).toMatchObject({
    kind: "told",
    notices: [{ id: update.id }],
  });
});

test("P20: a page tells what was published, not what the incident has become since", async () => {
  const { desk, incident, notice, readers } = await givenReaders("public");
  await published(desk, notice);
  await moveIncident(acting(desk.author, "2026-11-20 12:00"), {
    incidentId: incident.id,
    revision: 1,
    to: "contained",
    at: "2026-11-20T11:00:00+08:00",
    begunAt: "2026-11-20T10:00:00+08:00",
  });
  expect(await find(readers.owner!, incident.number)).toMatchObject({
    newest: { facts: { status: "investigating", containedAt: null } },
  });
  expect((await listPublishedIncidents(as(ANONYMOUS), { state: "ended" })).rows).toEqual([]);
});

test("P21: after a correction the corrected words hold, and both notices stay", async () => {
  const { desk, incident, notice } = await givenReaders("public");
  await published(desk, notice);
  const correction = await givenNotice(desk, {
    incidentId: incident.id,
    type: "correction",
    correctsId: notice.id,
    situation: { "zh-CN": "更正后的情况。" },
    at: "2026-11-20 10:30",
  });
  await published(desk, correction, { at: "2026-11-20 10:40" });
  const read = await find(ANONYMOUS, incident.number);
  expect(read).toMatchObject({
    current: { id: correction.id, facts: { parts: { situation: { "zh-CN": "更正后的情况。" } } } },
    notices: [
      { facts: { parts: { situation: { "zh-CN": "缓存文件的权限过宽。" } } } },
      { facts: { corrects: { sequence: 1 } } },
    ],
  });
});

test("the notice that holds is the newest that corrects no other, or what corrects it", () => {
  const notice = (id: string, type: string, correctsId: string | null = null) => ({
    ...{ id, correctsId },
    facts: { type },
  });
  const first = notice("1", "initial");
  const update = notice("2", "update");
  const old = notice("3", "correction", "1");
  const fresh = notice("4", "correction", "2");
  const again = notice("5", "correction", "4");
  expect(currentOf([])).toBeUndefined();
  expect(currentOf([first, update])?.id).toBe("2");
  expect(currentOf([first, update, old])?.id).toBe("2");
  expect(currentOf([first, update, old, fresh])?.id).toBe("4");
  expect(currentOf([first, update, old, fresh, again])?.id).toBe("5");
  expect(currentOf([old])?.id).toBe("3");
  // The incident has its name from the first, or from what corrects it.
  expect(namingOf([])).toBeUndefined();
  expect(namingOf([first, update, fresh])?.id).toBe("1");
  expect(namingOf([first, update, old, fresh])?.id).toBe("3");
});

test("the list is turned page by page and narrowed by product, status and severity", async () => {
  const desk = await givenNoticeDesk();
  await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  await givenAffected(desk.productId, { platforms: { ios: "8.0.1" } });
  const numbers: string[] = [];
  for (const at of ["2026-11-20 10:00", "2026-11-20 10:10", "2026-11-20 10:20"])
    numbers.unshift(await publicIncident(desk, at));
  const { rows } = await listPublishedIncidents(as(ANONYMOUS), { limit: 50 });
  const [product] = rows.filter(({ number }) => numbers.includes(number));
  const { products } = await listPublishedIncidents(as(ANONYMOUS), {});
  expect(products.length).toBeGreaterThan(0);
  expect(product?.product["zh-CN"]).toBe("即时通信");

  const first = await listPublishedIncidents(as(ANONYMOUS), { limit: 2 });
  expect(first.rows.map(({ number }) => number)).toEqual(numbers.slice(0, 2));
  const second = await listPublishedIncidents(as(ANONYMOUS), {
    limit: 2,
    page: first.next ?? "",
  });
  expect(second.rows[0]?.number).toBe(numbers[2]);
  expect((await listPublishedIncidents(as(ANONYMOUS), { severity: "major" })).rows).toEqual([]);
  expect((await listPublishedIncidents(as(ANONYMOUS), { product: "no such" })).rows).toEqual([]);
});

async function publicIncident(desk: NoticeDesk, at: string) {
  const { id, number } = await givenIncident(desk, { visibility: "public", severity: "general" });
  const notice = await givenNotice(desk, {
    incidentId: id,
    audience: { platforms: ["android"] },
  });
  await published(desk, notice, { at });
  return number;
}

test("what is told to all has public notices alone, silent ones too, and announcements", async () => {
  const { desk, notice } = await givenReaders("affected");
  await published(desk, notice);
  const quiet = await givenAnnouncement(desk, { notifies: false, silentReason: "仅存档" });
  await published(desk, quiet);
  const ids = (await listPublicNotices(as(ANONYMOUS), { limit: 100 })).map(({ id }) => id);
  expect(ids).toContain(quiet.id);
  expect(ids).not.toContain(notice.id);
});

test("the list names the apps of the reader that an incident concerns, and none for others", async () => {
  const { desk, notice, readers, incident, app } = await givenReaders("public");
  await published(desk, notice);
  for (const [reader, isNamed] of Object.entries({
    owner: true,
    viewer: true,
    stranger: false,
    anonymous: false,
    support: false,
  })) {
    const { rows } = await listPublishedIncidents(as(readers[reader]!), {});
    const listed = rows.find(({ number }) => number === incident.number);
    expect(listed?.own, reader).toEqual({ apps: isNamed ? [app.name] : [], hasMore: false });
  }
});
