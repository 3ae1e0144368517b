import { and, desc, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import {
  auditEntries,
  broadcasts,
  deliveries,
  disposals,
  requestDrafts,
  requestFiles,
  requestMessages,
  requests,
  retentionHolds,
  userResults,
  users,
} from "@/db/schema";
import { PURGED_KINDS, type PurgedKind } from "@/db/vocabulary/retention";
import { asJob, type Person } from "@/domain/context";
import { seal } from "@/lib/seal";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenPerson, givenStaff } from "@/tests/support/people";

import { liftHold, placeHold } from "./holds";
import { purgeStep, readRetention } from "./purge";
import { PERIODS } from "./rules";

const DAY = 86_400_000;
/** When what is planted ended. */
const ENDED = beijing("2026-03-02 09:00");
const after = (days: number, ms = 0) => new Date(ENDED.getTime() + days * DAY + ms);

let handler: Person;
let auditor: Person;
let number = 4_000_000;

beforeAll(async () => {
  handler = await givenStaff("handler");
  auditor = await givenStaff("auditor");
});

/** Somebody who was entered then. */
async function givenSomebody() {
  const person = await givenPerson("江一帆");
  await db.update(users).set({ createdAt: ENDED }).where(eq(users.id, person.id));
  return person;
}

/** A request that was closed then, with a file and a message. */
async function givenClosed() {
  const requester = await givenSomebody();
  const [request] = await db
    .insert(requests)
    .values({
      number: `R-2026-${number++}`,
      ...{ type: "consult", channel: "portal", status: "refused", requesterKind: "end_user" },
      ...{ requesterId: requester.id, locale: "zh-CN", appName: "轻语" },
      facts: seal("请告诉我你们有什么", "request.facts"),
      subjects: seal("alice-0815", "request.subjects"),
      details: seal(JSON.stringify({ what: "资料" }), "request.details"),
      ...{ subjectCount: 1, receivedAt: ENDED, loggedAt: ENDED, dueDate: "2026-03-23" },
      answeredAt: ENDED,
    })
    .returning();
  const requestId = request!.id;
  await db.execute(sql`insert into request_events (request_id, status, at)
    values (${requestId}, 'refused', ${ENDED.toISOString()}::timestamptz)`);
  await db.insert(requestMessages).values({
    ...{ requestId, direction: "from_requester", authorId: requester.id, at: ENDED },
    body: seal("谢谢", "request.message"),
  });
  const [file] = await db
    .insert(requestFiles)
    .values({
      ...{ requestId, name: "证明.txt", mediaType: "text/plain", size: 3, sha256: "0".repeat(64) },
      content: seal("证明", "request.file"),
      ...{ uploadedBy: requester.id, uploadedAt: ENDED },
    })
    .returning();
  return { request: request!, requester, fileId: file!.id };
}

const left = (table: string, which: ReturnType<typeof sql>) =>
  db
    .execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(table)} where ${which}`,
    )
    .then(({ rows: [row] }) => row!.n);

/** Plants one row of a kind that ended at ENDED. @returns whether it is still there */
const PLANTS: Record<PurgedKind, () => Promise<() => Promise<boolean>>> = {
  async sign_in_asks() {
    const { rows } = await db.execute<{ id: string }>(sql`
      insert into sign_in_requests
        (email, locale, return_path, requested_at, expires_at, inbox_key, network, browser)
      values ('a@b.example', 'zh-CN', '/', ${ENDED.toISOString()}::timestamptz,
        ${ENDED.toISOString()}::timestamptz, 'k', 'n', 'b') returning id`);
    return async () => (await left("sign_in_requests", sql`id = ${rows[0]!.id}`)) > 0;
  },
  async sessions() {
    const { id } = await givenPerson("沈安澜");
    await db.execute(sql`insert into sessions (token_hash, user_id, created_at, expires_at)
      values (${id}, ${id}, ${ENDED.toISOString()}::timestamptz, ${ENDED.toISOString()}::timestamptz)`);
    return async () => (await left("sessions", sql`user_id = ${id}`)) > 0;
  },
  async confirmations() {
    const account = await givenAccount();
    const { id } = await givenPerson("陆诗雨");
    const { rows } = await db.execute<{ id: string }>(sql`
      with one as (
        insert into contacts (account_id, user_id, kind, name, added_at, added_by)
        values (${account.id}, ${id}, 'security', '安全组', ${ENDED.toISOString()}::timestamptz, ${id})
        returning id
      )
      insert into contact_confirmations (contact_id, sent_at, expires_at)
      select id, ${ENDED.toISOString()}::timestamptz, ${ENDED.toISOString()}::timestamptz from one
      returning id`);
    return async () => (await left("contact_confirmations", sql`id = ${rows[0]!.id}`)) > 0;
  },
  async invitations() {
    const account = await givenAccount();
    const owner = await givenMember(account.id, "owner");
    await db.execute(sql`
      insert into member_invitations
        (account_id, email, inbox, role, locale, invited_by, invited_at, sent_at, expires_at)
      values (${account.id}, 'c@d.example', 'c@d.example', 'viewer', 'zh-CN', ${owner.id},
        ${ENDED.toISOString()}::timestamptz, ${ENDED.toISOString()}::timestamptz, ${ENDED.toISOString()}::timestamptz)`);
    return async () => (await left("member_invitations", sql`account_id = ${account.id}`)) > 0;
  },
  async security_records() {
    const { id } = await givenPerson("何小满");
    await db.execute(sql`insert into security_events (at, kind, user_id, network, device)
      values (${ENDED.toISOString()}::timestamptz, 'refused', ${id}, 'n', 'd')`);
    return async () => (await left("security_events", sql`user_id = ${id}`)) > 0;
  },
  async request_drafts() {
    const owner = await givenPerson("江一帆");
    const [draft] = await db
      .insert(requestDrafts)
      .values({
        ...{ ownerId: owner.id, createdAt: ENDED, updatedAt: ENDED },
        answers: seal("{}", "request.draft"),
      })
      .returning();
    return async () => (await left("request_drafts", sql`id = ${draft!.id}`)) > 0;
  },
  async proof_files() {
    const { fileId } = await givenClosed();
    return async () => (await left("request_files", sql`id = ${fileId}`)) > 0;
  },
  async case_texts() {
    const { request } = await givenClosed();
    return async () => {
      const [row] = await db.select().from(requests).where(eq(requests.id, request.id));
      const messages = await left("request_messages", sql`request_id = ${request.id}`);
      const isWhole = row!.subjects !== null && row!.details !== null && messages === 1;
      const isErased = row!.subjects === null && row!.details === null && messages === 0;
      expect(isWhole || isErased, "all of it or nothing").toBe(true);
      return isWhole;
    };
  },
  async ticket_links() {
    const { rows } = await db.execute<{ id: string }>(sql`
      insert into ticket_links
        (ticket_number, purpose, locale, prefill, created_by, body_hash, created_at, expires_at)
      values ('T-1', 'file_request', 'zh-CN', ''::bytea, 'x', 'h', ${ENDED.toISOString()}::timestamptz,
        ${ENDED.toISOString()}::timestamptz) returning id`);
    return async () => (await left("ticket_links", sql`id = ${rows[0]!.id}`)) > 0;
  },
  async bulk_lines() {
    const { rows } = await db.execute<{ id: string }>(sql`
      insert into account_syncs (created_by, state, is_dry_run, created_at)
      values ('token', 'done', false, ${ENDED.toISOString()}::timestamptz) returning id`);
    return async () => (await left("account_syncs", sql`id = ${rows[0]!.id}`)) > 0;
  },
  async delivery_addresses() {
    const { id, email } = await givenPerson("沈安澜");
    const [told] = await db
      .insert(broadcasts)
      .values({
        ...{ kind: "acknowledgement_receipt", subjectId: id, facts: {}, factsHash: "" },
        ...{ startedBy: "test", startedAt: ENDED, status: "finished", finishedAt: ENDED },
      })
      .returning();
    const [delivery] = await db
      .insert(deliveries)
      .values({
        ...{ broadcastId: told!.id, userId: id, channel: "email", status: "delivered" },
        ...{ address: email, locale: "zh-CN", createdAt: ENDED, accountIds: [] },
      })
      .returning();
    return async () =>
      (await left("deliveries", sql`id = ${delivery!.id} and address is not null`)) > 0;
  },
  async lone_people() {
    const { id } = await givenSomebody();
    return async () => (await left("users", sql`id = ${id} and erased_at is null`)) > 0;
  },
};

const purge = (kind: PurgedKind, now: Date) => purgeStep(asJob("purge", now), { kind });

describe("P57: what is held is erased when its period is over, the day after and not the day before", () => {
  test.each(PURGED_KINDS)("%s", async (kind) => {
    const isThere = await PLANTS[kind]();
    const { days } = PERIODS[kind];

    await purge(kind, after(days, -DAY));
    expect(await isThere()).toBe(true);
    const due = (await readRetention({ actor: auditor, now: after(days, DAY) }, {})).due;
    expect(due.find((one) => one.kind === kind)?.due).toBeGreaterThan(0);
    expect(await isThere(), "a dry run changes nothing").toBe(true);

    while ((await purge(kind, after(days, DAY))) > 0);
    expect(await isThere()).toBe(false);
    const [entry] = await db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.action, "retention.purged"), eq(auditEntries.subjectId, kind)))
      .orderBy(desc(auditEntries.seq))
      .limit(1);
    expect(entry?.after).toMatchObject({ days, count: expect.any(Number) });
  });
});

test("an open request keeps its files however old they are", async () => {
  const { request, fileId } = await givenClosed();
  await db
    .update(requests)
    .set({ status: "verifying", answeredAt: null })
    .where(eq(requests.id, request.id));
  while ((await purge("proof_files", after(400))) > 0);
  expect(await left("request_files", sql`id = ${fileId}`)).toBe(1);
});

test("what is left of a request names nobody, and who filed it goes then", async () => {
  const { request, requester } = await givenClosed();
  const hashes = await givenUserHash(request.id);
  const end = after(PERIODS.case_texts.days, DAY);
  while ((await purge("lone_people", end)) > 0);
  expect(await left("users", sql`id = ${requester.id} and erased_at is null`)).toBe(1);
  while ((await purge("case_texts", end)) > 0);
  while ((await purge("lone_people", end)) > 0);
  const [person] = await db.select().from(users).where(eq(users.id, requester.id));
  expect(person).toMatchObject({ name: `U-${requester.id.slice(0, 8)}`, erasedAt: end });
  const [row] = await db.select().from(requests).where(eq(requests.id, request.id));
  expect(row).toMatchObject({ appName: null, textsErasedAt: end, number: request.number });
  expect(await left("user_results", hashes)).toBe(0);
});

/** A user that a disposal of the request deleted, by hash. @returns where it is */
async function givenUserHash(requestId: string) {
  await db.update(requests).set({ type: "delete" }).where(eq(requests.id, requestId));
  const [disposal] = await db
    .insert(disposals)
    .values({
      ...{ requestId, store: "relations", action: "delete" },
      ...{ dueDate: "2026-03-02", createdAt: ENDED },
    })
    .returning();
  const disposalId = disposal!.id;
  await db.insert(userResults).values({ disposalId, position: 0, hash: Buffer.alloc(32) });
  return sql`disposal_id = ${disposalId}`;
}

describe("P14: what is held stays, for one of the four reasons", () => {
  const wish = { kind: "proof_files", words: "民事案件（2026）第 1 号" } as const;

  test("all of a kind, until the hold is lifted; a stop without a reason is none", async () => {
    const { fileId } = await givenClosed();
    const at = acting(handler, "2026-09-30 09:00");
    for (const reason of ["convenience", "", null])
      await expect(
        placeHold(at, { ...wish, requestNumber: null, reason: reason as never }),
      ).rejects.toMatchObject({ fields: { reason: ["requests.errors.holdReason"] } });
    await placeHold(at, { ...wish, requestNumber: null, reason: "court" });
    expect(await purge("proof_files", after(400))).toBe(0);
    expect(await left("request_files", sql`id = ${fileId}`)).toBe(1);

    const { holds } = await readRetention({ actor: auditor, now: after(400) }, {});
    expect(holds).toMatchObject([{ kind: "proof_files", reason: "court", requestNumber: null }]);
    await liftHold(at, { holdId: holds[0]!.id });
    while ((await purge("proof_files", after(400))) > 0);
    expect(await left("request_files", sql`id = ${fileId}`)).toBe(0);
  });

  test("of one request alone", async () => {
    const [held, other] = [await givenClosed(), await givenClosed()];
    const at = acting(handler, "2026-09-30 09:00");
    const requestNumber = held.request.number;
    await placeHold(at, { ...wish, requestNumber, reason: "authority" });
    while ((await purge("proof_files", after(400))) > 0);
    expect(await left("request_files", sql`id = ${held.fileId}`)).toBe(1);
    expect(await left("request_files", sql`id = ${other.fileId}`)).toBe(0);
    await expect(
      placeHold(at, { ...wish, requestNumber: "R-2026-1", reason: "law" }),
    ).rejects.toMatchObject({ fields: { requestNumber: ["retention.errors.request"] } });
    await db.update(retentionHolds).set({ liftedAt: ENDED, liftedBy: handler.id });
  });

  test("only handlers and administrators place one", async () => {
    const refused = placeHold(acting(auditor, "2026-09-30 09:00"), {
      ...{ ...wish, requestNumber: null, reason: "law" },
    });
    await expect(refused).rejects.toThrow("errors.notAllowed");
  });
});
