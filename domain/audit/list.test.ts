import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, members } from "@/db/schema";
import { type Context } from "@/domain/context";
import { tellProduct } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenNumber } from "@/tests/support/endpoints";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { givenInForce } from "@/tests/support/policies";
import { resetDatabase } from "@/tests/support/reset-database";

import type { AuditAction, SubjectType } from "./entries";
import { listAuditEntries, readNames } from "./list";

const NOON = "2026-03-02 12:00";

type Left = { subjectType: SubjectType; subjectId: string; before?: unknown; after?: unknown };

/** Entries of whatever shape, as earlier versions left them, too. */
async function leave({ actor, now: at }: Context, action: AuditAction, entries: readonly Left[]) {
  const by = { action, at, actorKind: actor.kind, actorId: actor.id };
  await db.insert(auditEntries).values(entries.map((entry) => ({ ...by, ...entry })));
}

async function givenRecord() {
  await resetDatabase();
  const [auditor, admin, author] = [
    await givenStaff("auditor"),
    await givenStaff("admin"),
    await givenStaff("author"),
  ];
  return { auditor: acting(auditor, NOON), admin, author };
}

const about = (subjectType: SubjectType, subjectId: string, after?: unknown): Left => ({
  subjectType,
  subjectId,
  after,
});

test("entries come newest first with the names of actor and subject", async () => {
  const { auditor, admin } = await givenRecord();
  const account = await givenAccount({ name: "星澜科技" });
  await leave(acting(admin, NOON), "account.created", [about("account", account.id)]);
  await leave(acting(admin, "2026-03-02 12:01"), "account.edited", [about("account", account.id)]);

  const { rows, previous, next } = await listAuditEntries(auditor, {});

  expect(rows).toMatchObject([
    { action: "account.edited", at: new Date("2026-03-02T04:01:00Z") },
    {
      action: "account.created",
      actor: { kind: "person", id: admin.id, name: admin.name },
      subject: { type: "account", name: { names: { en: "星澜科技" }, accountId: account.id } },
    },
  ]);
  expect([previous, next]).toEqual([null, null]);
});

test("every kind of subject that a policy's story leaves has its name", async () => {
  const { auditor } = await givenRecord();
  await givenInForce();

  const { rows } = await listAuditEntries(auditor, {});

  expect(rows.length).toBeGreaterThan(3);
  for (const { subject, action } of rows) {
    expect(action).not.toBeNull();
    expect(subject.name?.names["zh-CN"], `${action}`).toMatch(/《.+》/);
    expect(subject.name?.documentId, `${action}`).toBeTruthy();
  }
});

test("a broadcast is named by what it tells of", async () => {
  const { auditor } = await givenRecord();
  await tellProduct(acting(await givenStaff("approver"), NOON), (await givenProduct()).id);

  const { rows } = await listAuditEntries(auditor, { action: "broadcast.started" });

  expect(rows[0]?.subject.name).toMatchObject({
    told: "policy_change",
    names: { "zh-CN": "《即时通信 SDK 隐私保护指引》3.2 版", en: "IM SDK privacy guide 3.2" },
  });
});

test("a record that names a person's number, which is no account's, is read all the same", async () => {
  const { auditor, admin } = await givenRecord();
  const owner = await givenStaff("support");
  const { endpointId } = await givenNumber(owner, "+8613800138000");
  await leave(acting(admin, NOON), "endpoint.added", [about("endpoint", endpointId)]);

  const { rows } = await listAuditEntries(auditor, {});

  expect(rows).toMatchObject([
    { subject: { name: { names: { en: owner.name }, accountId: null } } },
  ]);
});

test("filters: actor by name, address or id; action; subject; days of Beijing", async () => {
  const { auditor, admin, author } = await givenRecord();
  const account = await givenAccount();
  const leaveAt = (moment: string, action: AuditAction, id: string) =>
    leave(acting(admin, moment), action, [about("account", id)]);
  await leaveAt("2026-03-01 23:59", "account.created", account.id);
  await leaveAt("2026-03-02 00:00", "account.edited", account.id);
  await leaveAt("2026-03-02 23:59", "account.edited", crypto.randomUUID());
  await leave(acting(author, "2026-03-03 00:00"), "person.signed_out", [
    about("person", author.id),
  ]);

  const count = async (filter: Parameters<typeof listAuditEntries>[1]) =>
    (await listAuditEntries(auditor, filter)).rows.length;

  expect(await count({})).toBe(4);
  expect(await count({ actor: admin.id })).toBe(3);
  expect(await count({ actor: "职员 auth" })).toBe(1);
  expect(await count({ actor: admin.email.slice(0, 12) })).toBe(3);
  expect(await count({ actor: "100%" })).toBe(0);
  expect(await count({ action: "account.edited" })).toBe(2);
  expect(await count({ subjectType: "person" })).toBe(1);
  expect(await count({ subjectType: "account", subjectId: account.id })).toBe(2);
  await leave(acting(admin, "2026-03-02 12:00"), "app.closed", [
    about("app", crypto.randomUUID(), { accountId: account.id }),
  ]);
  expect(await count({ accountId: account.id })).toBe(3);
  expect(await count({ from: "2026-03-02", to: "2026-03-02" })).toBe(3);
  expect(await count({ from: "2026-03-03" })).toBe(1);
  expect(await count({ to: "2026-03-01" })).toBe(1);
});

test("a filter that cannot be read is left out", async () => {
  const { auditor, admin } = await givenRecord();
  await leave(acting(admin, NOON), "account.edited", [about("account", "x")]);

  const { rows } = await listAuditEntries(auditor, {
    action: "no.such" as never,
    from: "2026-02-30",
    importId: "x",
    page: "-1",
  });

  expect(rows).toHaveLength(1);
});

test("pages turn both ways and hold each entry once", async () => {
  const { auditor, admin } = await givenRecord();
  const changes = Array.from({ length: 120 }, (_, n) => about("account", `account ${n}`));
  await leave(acting(admin, NOON), "account.edited", changes);

  const first = await listAuditEntries(auditor, {});
  const second = await listAuditEntries(auditor, { page: first.next! });
  const third = await listAuditEntries(auditor, { page: second.next! });
  const back = await listAuditEntries(auditor, { page: third.previous! });

  const seen = [first, second, third].flatMap(({ rows }) => rows.map(({ subject }) => subject.id));
  expect(seen).toEqual(changes.map(({ subjectId }) => subjectId).reverse());
  expect([first.previous, third.next]).toEqual([null, null]);
  expect(back.rows.map(({ seq }) => seq)).toEqual(second.rows.map(({ seq }) => seq));
});

test("an import's single changes are folded until they are asked for", async () => {
  const { auditor, admin } = await givenRecord();
  const importId = crypto.randomUUID();
  const account = await givenAccount();
  const ctx = acting(admin, NOON);
  await leave(ctx, "account.edited", [about("account", account.id, { importId })]);
  await leave(ctx, "account.imported", [
    about("account", importId, { kind: "accounts", added: 0, changed: 1 }),
  ]);

  const { rows } = await listAuditEntries(auditor, {});
  expect(rows).toMatchObject([
    { action: "account.imported", mentions: { kind: "accounts", added: 0, changed: 1 } },
  ]);

  for (const filter of [
    { importId },
    { subjectId: account.id },
    { action: "account.edited" as const },
  ]) {
    expect((await listAuditEntries(auditor, filter)).rows).toMatchObject([
      { action: "account.edited" },
    ]);
  }
});

test("an action this version does not know is shown as it is written", async () => {
  const { auditor } = await givenRecord();
  await db.insert(auditEntries).values({
    at: new Date(),
    action: "moon.landed",
    actorKind: "job",
    actorId: "apollo",
    subjectType: "moon",
    subjectId: "1",
    after: ["not", "an", "object"],
  });

  expect((await listAuditEntries(auditor, {})).rows).toMatchObject([
    {
      action: null,
      actionCode: "moon.landed",
      actor: { kind: "job", id: "apollo", name: null },
      subject: { type: null, id: "1", name: null },
    },
  ]);
});

test("only auditors and administrators read the record", async () => {
  const { admin, author } = await givenRecord();
  const owner = await givenMember((await givenAccount()).id, "owner");

  await expect(listAuditEntries(acting(admin, NOON), {})).resolves.toBeTruthy();
  for (const actor of [author, owner, await givenStaff("approver", "handler", "support")]) {
    await expect(listAuditEntries(acting(actor, NOON), {})).rejects.toMatchObject({
      code: "not_allowed",
    });
  }
});

test("customers and end users stand with their first letter until somebody asks for their names, on record, for 15 minutes", async () => {
  const { auditor, author } = await givenRecord();
  const account = await givenAccount({ name: "星澜科技" });
  const owner = await givenMember(account.id, "owner");
  const [member] = await db.select().from(members).where(eq(members.userId, owner.id));
  await leave(acting(owner, NOON), "person.took_export", [about("person", owner.id)]);
  await leave(acting(author, NOON), "member.saved", [about("member", member!.id)]);
  const read = async (at: Context) => {
    const { rows, shownUntil } = await listAuditEntries(at, { accountId: undefined });
    const [saved, took] = ["member.saved", "person.took_export"].map((action) =>
      rows.find((one) => one.actionCode === action),
    );
    return { said: JSON.stringify([saved, took]), by: saved?.actor.name, shownUntil };
  };

  const covered = await read(auditor);
  expect(covered).toMatchObject({ shownUntil: null, by: author.name });
  expect(covered.said).not.toContain(owner.name);
  expect(covered.said).toContain(`${owner.name[0] ?? ""}**（星澜科技）`);

  await readNames(auditor, {});
  const shown = await read(auditor);
  expect(shown.said).toContain(owner.name);
  expect(shown.shownUntil).toEqual(beijing("2026-03-02 12:15"));
  const { rows } = await listAuditEntries(auditor, { action: "record.names_read" });
  expect(rows).toMatchObject([{ actor: { id: auditor.actor.id } }]);
  // Only for who asked, and not for ever.
  expect((await read(acting(await givenStaff("auditor"), NOON))).said).not.toContain(owner.name);
  expect((await read({ ...auditor, now: beijing("2026-03-02 12:16") })).said).not.toContain(
    owner.name,
  );
});
