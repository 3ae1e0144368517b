import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, mailBatches, notices, requests } from "@/db/schema";
import type { BulletinReader } from "@/db/vocabulary/broadcasts";
import type { Visibility } from "@/db/vocabulary/incidents";
import { cancelRemainder } from "@/domain/broadcasts/cancel-remainder";
import { FACTS } from "@/domain/broadcasts/facts";
import { listBulletins } from "@/domain/broadcasts/list";
import { pauseBroadcast } from "@/domain/broadcasts/pause";
import { resumeBroadcast } from "@/domain/broadcasts/resume";
import { approveProposal } from "@/domain/incidents/decide-proposal";
import { proposeOfIncident } from "@/domain/incidents/propose";
import { readCourse } from "@/domain/incidents/read-course";
import {
  proposeAnnouncementWithdrawal,
  withdrawAnnouncement,
} from "@/domain/incidents/withdraw-announcement";
import { endSubscription } from "@/domain/subscriptions/keep";
import type { ResendStandIn } from "@/stand-ins/resend/start";
import { prepareAll } from "@/tests/support/broadcasts";
import { acting } from "@/tests/support/context";
import { givenAnnouncement, published } from "@/tests/support/notices";
import { givenPerson } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";
import { givenRequest } from "@/tests/support/requests";
import { type Accepted, acceptedBy, startMailProvider } from "@/tests/support/mail-provider";
import { resetDatabase } from "@/tests/support/reset-database";
import { givenSubscriber, givenTellingDesk, stranger } from "@/tests/support/subscriptions";
import { bulletinWords } from "@/wording/bulletin";

import { deliverMails } from "./deliver-mails";

const AT = "2026-11-20 10:00";
const { now } = stranger(AT);
const deliver = () => deliverMails(now, { isStopping: () => false, hasNews: () => false });
let resend: ResendStandIn;
let desk: Awaited<ReturnType<typeof givenTellingDesk>>;

beforeAll(async () => {
  resend = await startMailProvider();
  await resetDatabase();
});
afterAll(() => resend.close());

beforeEach(async () => {
  desk = await givenTellingDesk();
  // Something has to be public before anybody can subscribe to it.
  await tellIncident();
});

const tellIncident = (visibility: Visibility = "public") => desk.tell(visibility);

const subscriber = (email?: string) =>
  givenSubscriber({ productIds: [desk.productId], ...(email && { email }) });

async function bulletinOf(broadcastId: string, to: BulletinReader) {
  const [found] = await db
    .select()
    .from(broadcasts)
    .where(
      and(
        eq(broadcasts.subjectId, broadcastId),
        eq(broadcasts.kind, "bulletin"),
        sql`facts ->> 'to' = ${to}`,
      ),
    );
  return found;
}

const idOf = (broadcast?: { id: string }): string => broadcast?.id ?? "";

const rowsOf = (broadcastId: string) =>
  db.select().from(deliveries).where(eq(deliveries.broadcastId, broadcastId));

async function acceptedFor(address: string): Promise<Accepted[]> {
  return (await acceptedBy(resend)).filter(({ to }) => to.includes(address));
}

const hurry = () =>
  db.update(mailBatches).set({ nextAttemptAt: sql`clock_timestamp()`, leaseUntil: null });

const steering = () => acting(desk.approver, AT);

test("P53: what goes public reaches who subscribed, a row and a state each, and not among the affected", async () => {
  const one = await subscriber();
  const other = await subscriber();
  const elsewhere = await givenSubscriber({ announcements: true });
  const source = await tellIncident();

  const [affected] = await db.select().from(broadcasts).where(eq(broadcasts.id, source));
  expect(affected?.people).toBe(1);
  const bulletin = await bulletinOf(source, "subscribers");
  expect(bulletin).toMatchObject({ people: 2, isPublic: false, status: "sending" });
  const rows = () => rowsOf(idOf(bulletin));
  expect(
    (await rows()).map(({ channel, status, address }) => [channel, status, address]).sort(),
  ).toEqual([one, other].map(({ email }) => ["email", "queued", email]).sort());
  expect(await listBulletins(steering(), { broadcastId: source })).toMatchObject([
    { to: "subscribers", people: 2 },
  ]);

  await deliver();
  expect((await rows()).map(({ status }) => status)).toEqual(["sent", "sent"]);
  expect(await acceptedFor(elsewhere.email)).toEqual([]);
  // Each reader's own way out, by one click (RFC 8058) and by a page.
  for (const { email, key } of [one, other]) {
    const mails = await acceptedFor(email);
    expect(mails).toMatchObject([
      {
        text: expect.stringContaining(`/zh-CN/subscriptions/manage?key=${key}`),
        headers: {
          "List-Unsubscribe": expect.stringMatching(
            `^<https?://[^>]+/api/unsubscribe\\?key=${key}>$`,
          ),
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
      },
    ]);
    const [text = ""] = mails.map((mail) => mail.text);
    expect(text).toContain("缓存文件的权限过宽。");
    expect(text).not.toContain("%%");
  }
  // What is told to the affected nobody may end.
  expect((await acceptedFor(desk.owner.email)).map(({ headers }) => headers)).toContainEqual({});
});

test.each(["error_after", "half_json"])(
  "P53: an attempt that ends in %s is repeated as it was: no subscriber is lost, none told twice",
  async (fault) => {
    const readers = [await subscriber(), await subscriber(), await subscriber()];
    await deliver();
    await tellIncident();
    const answer = await fetch(`${resend.url}/__control/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ fault, times: 3 }),
    });
    expect(answer.ok).toBe(true);
    for (let n = 0; n < 5; n += 1) {
      await deliver();
      await hurry();
    }
    for (const { email } of readers) expect(await acceptedFor(email)).toHaveLength(1);
  },
);

test("whoever is told as affected is not told again as a subscriber", async () => {
  await subscriber(desk.owner.email);
  expect(await bulletinOf(await tellIncident(), "subscribers")).toBeUndefined();
});

test("what is for the affected alone reaches no subscriber; nor does a restricted incident", async () => {
  await subscriber();
  for (const visibility of ["affected", "restricted"] as const)
    expect(await bulletinOf(await tellIncident(visibility), "subscribers")).toBeUndefined();
});

test("P53: who ended it gets nothing of what had not left, also where its rows are still to be written", async () => {
  const gone = await subscriber();
  const stays = await subscriber();
  const source = await tellIncident();
  await endSubscription(stranger(AT), { key: gone.key });
  const bulletin = await bulletinOf(source, "subscribers");
  const states = async () =>
    Object.fromEntries((await rowsOf(bulletin?.id ?? "")).map((row) => [row.userId, row.status]));
  expect(await states()).toEqual({ [gone.userId]: "cancelled", [stays.userId]: "queued" });
  await deliver();
  expect(await acceptedFor(gone.email)).toEqual([]);
  expect(await acceptedFor(stays.email)).toHaveLength(1);
});

test("paused, resumed and cancelled with what it tells of, and counted apart from it", async () => {
  await subscriber();
  await deliver();
  const source = await tellIncident();
  const { id = "" } = (await bulletinOf(source, "subscribers")) ?? {};
  await pauseBroadcast(steering(), { broadcastId: source });
  expect(await bulletinOf(source, "subscribers")).toMatchObject({ status: "paused" });
  await deliver();
  expect((await rowsOf(id)).map(({ status }) => status)).toEqual(["queued"]);
  await resumeBroadcast(steering(), { broadcastId: source });
  expect(await bulletinOf(source, "subscribers")).toMatchObject({ status: "sending" });
  await pauseBroadcast(steering(), { broadcastId: source });
  await cancelRemainder(steering(), { broadcastId: source, typedMails: "1", reason: "有误" });
  expect((await rowsOf(id)).map(({ status }) => status)).toEqual(["cancelled"]);
  expect((await bulletinOf(source, "subscribers"))?.cancelledAt).not.toBeNull();
});

test("P53: an end user with an open request about an affected app is told directly, by message and mail", async () => {
  const known = await givenPerson("甲");
  const told = await givenRequest(known.id, {
    namedSdkAppId: desk.sdkAppId,
    status: "in_progress",
  });
  const closed = await givenPerson("乙");
  await givenRequest(closed.id, { namedSdkAppId: desk.sdkAppId, status: "fulfilled" });
  const other = await givenPerson("丙");
  await givenRequest(other.id, { namedSdkAppId: "1400000000", status: "in_progress" });
  expect(told.requesterKind).toBe("end_user");

  const source = await tellIncident();
  const bulletin = await bulletinOf(source, "end_users");
  const rows = await rowsOf(bulletin?.id ?? "");
  expect(rows.map(({ userId, channel }) => [userId, channel]).sort()).toEqual([
    [known.id, "email"],
    [known.id, "inbox"],
  ]);
  await deliver();
  const [mail] = await acceptedFor(known.email);
  expect(mail?.text).toContain("请更新应用并重新登录。");
  expect(mail?.text).not.toContain("升级到 8.1.0。");
  expect(mail?.headers).toEqual({});
});

test("who is not identified hears of no incident that is not public; nobody hears of a restricted one", async () => {
  const claims = await givenPerson("丁");
  const asked = await givenRequest(claims.id, {
    namedSdkAppId: desk.sdkAppId,
    status: "verifying",
  });
  await db
    .update(requests)
    .set({ verifiedAt: null, verifiedBy: null })
    .where(eq(requests.id, asked.id));
  expect(await bulletinOf(await tellIncident("affected"), "end_users")).toBeUndefined();
  expect(await bulletinOf(await tellIncident("public"), "end_users")).toBeDefined();
  expect(await bulletinOf(await tellIncident("restricted"), "end_users")).toBeUndefined();
});

test("of a false alarm hear who is subscribed still, and the end users who were told, in words that hold", async () => {
  const stays = await subscriber();
  const goes = await subscriber();
  const known = await givenPerson("戊");
  await givenRequest(known.id, { namedSdkAppId: desk.sdkAppId, status: "in_progress" });
  for (const visibility of ["public", "affected"] as const) {
    const source = await tellIncident(visibility);
    await deliver();
    if (visibility === "public") await endSubscription(stranger(AT), { key: goes.key });
    const [notice] = await db.select().from(notices).where(eq(notices.broadcastId, source));
    const incidentId = notice!.incidentId!;
    const wish = { incidentId, what: "false_alarm" as const, reason: "是误报。" };
    await proposeOfIncident(acting(desk.author, AT), wish);
    const { proposals } = await readCourse(steering(), { incidentId });
    const proposalId = proposals[0]!.id;
    await approveProposal(steering(), { incidentId, proposalId, typedPeople: 1 });
    await deliver();
    const [taken] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, incidentId));
    const isPublic = visibility === "public";
    const toSubscribers = await bulletinOf(idOf(taken), "subscribers");
    expect(toSubscribers?.people).toBe(isPublic ? 1 : undefined);
    const [mail] = (await acceptedFor(known.email)).filter(({ text }) => text.includes("是误报。"));
    expect(mail?.text).not.toContain("请阅读下面的建议");
    const { facts } = (await bulletinOf(idOf(taken), "end_users")) ?? {};
    const { action } = bulletinWords(FACTS.bulletin.parse(facts), "zh-CN");
    expect(action === null, "a link where not everybody may read it").toBe(!isPublic);
  }
  const told = (await acceptedFor(goes.email)).filter(({ text }) => text.includes("是误报。"));
  expect(told).toEqual([]);
  expect(await acceptedFor(stays.email)).toHaveLength(2);
});

test("an announcement reaches who chose them, once, and so does its withdrawal", async () => {
  const reader = await givenSubscriber({ announcements: true });
  const { id, broadcastId } = await published(
    desk,
    await givenAnnouncement(desk, { visibility: "public", audience: { named: desk.sdkAppId } }),
    { typedPeople: 1 },
  );
  expect(await bulletinOf(broadcastId ?? "", "subscribers")).toBeDefined();
  await deliver();
  expect(await acceptedFor(reader.email)).toHaveLength(1);

  const reason = "维护改期。";
  await proposeAnnouncementWithdrawal(acting(desk.author, AT), { noticeId: id, reason });
  const taken = await withdrawAnnouncement(steering(), { noticeId: id });
  expect(await bulletinOf(taken.broadcastId ?? "", "subscribers")).toBeDefined();
  await deliver();
  const [, withdrawal] = (await acceptedFor(reader.email)).map(({ text }) => text).toSorted(byWord);
  expect(withdrawal).toContain(reason);
});

const byWord = (one: string, other: string) =>
  Number(one.includes("维护改期。")) - Number(other.includes("维护改期。"));

test("a change of a document reaches who chose its versions", async () => {
  const policies = await givenInForce();
  const documentIds = [policies.first.documentId];
  const reader = await givenSubscriber({ documentIds, at: "2026-11-20 09:00" });
  const next = await givenApproved(policies, MAJOR_CHANGE);
  const [source] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, next.id));
  const bulletin = await bulletinOf(source?.id ?? "", "subscribers");
  expect((await rowsOf(bulletin?.id ?? "")).map(({ address }) => address)).toEqual([reader.email]);
});

test("many subscribers are written by the worker, a row each, without who ended it meanwhile", async () => {
  await db.execute(sql`
    with people as (
      insert into users (email, name, locale, created_at)
      select 'many' || n || '@reads.example', 'many' || n, 'zh-CN', now()
      from generate_series(1, 1500) n returning id
    )
    insert into subscriptions (user_id, product_ids, announcements, document_ids, confirmed_at)
    select id, array[${desk.productId}]::uuid[], false, '{}', now() from people`);
  const gone = await subscriber();
  const source = await tellIncident();
  const bulletin = await bulletinOf(source, "subscribers");
  expect(bulletin).toMatchObject({ people: 1501, preparedAt: null });
  await endSubscription(stranger(AT), { key: gone.key });
  await prepareAll(now);
  const rows = await rowsOf(bulletin?.id ?? "");
  expect(rows).toHaveLength(1501);
  expect(rows.filter(({ status }) => status === "queued")).toHaveLength(1500);
  expect(rows.find(({ userId }) => userId === gone.userId)?.status).toBe("cancelled");
});
