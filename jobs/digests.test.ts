import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import {
  accounts,
  broadcasts,
  deliveries,
  digestItems,
  mailKeys,
  members,
  users,
} from "@/db/schema";
import { pauseBroadcast } from "@/domain/broadcasts/pause";
import { FACTS as SHAPES } from "@/domain/broadcasts/facts";
import { resumeBroadcast } from "@/domain/broadcasts/resume";
import { digestDay, sendDigests } from "@/domain/broadcasts/send-digests";
import { chooseMails, endMails, findMailChoices } from "@/domain/access/mail-choices";
import { changeOwnSettings } from "@/domain/access/own-settings";
import { ANONYMOUS, asJob, type Person } from "@/domain/context";
import {
  proposeAnnouncementWithdrawal,
  withdrawAnnouncement,
} from "@/domain/incidents/withdraw-announcement";
import { erasePeople, eraseWaysIn } from "@/domain/retention/erase-people";
import type { ResendStandIn } from "@/stand-ins/resend/start";
import { FACTS, tellProduct } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenAnnouncement,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  type NoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { type Accepted, acceptedBy, startMailProvider } from "@/tests/support/mail-provider";
import { resetDatabase } from "@/tests/support/reset-database";

import { deliverMails } from "./deliver-mails";
import { sendAllDigests } from "./due";

const DAY = "2026-11-20";
const MORNING = "2026-11-21 09:00";
const AT_ONCE = {
  locale: "zh-CN",
  showsAddress: true,
  mails: { announcements: "at_once", minor_changes: "at_once" },
  pushes: { announcements: true, minor_changes: true, requests: true },
} as const;
const DAILY = { ...AT_ONCE, mails: { announcements: "daily", minor_changes: "daily" } } as const;

let resend: ResendStandIn;
let desk: NoticeDesk;
let affected: Awaited<ReturnType<typeof givenAffected>>;
let reader: Person;

beforeAll(async () => {
  resend = await startMailProvider();
  await resetDatabase();
});
afterAll(() => resend.close());

beforeEach(async () => {
  desk = await givenNoticeDesk();
  affected = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  reader = affected.owner;
  await daily(reader);
});

const daily = (person: Person) => changeOwnSettings(acting(person, `${DAY} 09:00`), DAILY);
const announce = async (at = `${DAY} 10:00`, typedPeople = 1) =>
  published(desk, await givenAnnouncement(desk), { at, typedPeople });
const tellMinor = (at = `${DAY} 11:00`) =>
  tellProduct(acting(desk.approver, at), desk.productId, { ...FACTS, isMajor: false });

const isOf = ({ id }: Person) => eq(members.userId, id);
const gather = (at: string) => sendAllDigests(beijing(at), () => false);
const deliver = () =>
  deliverMails(beijing(MORNING), { isStopping: () => false, hasNews: () => false });

async function mailsTo({ email }: Pick<Person, "email">): Promise<Accepted[]> {
  await deliver();
  return (await acceptedBy(resend)).filter(({ to }) => to.includes(email));
}

const digestsOf = ({ id }: Pick<Person, "id">) =>
  db
    .select({ id: broadcasts.id, facts: broadcasts.facts, status: deliveries.status })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(and(eq(deliveries.userId, id), eq(broadcasts.kind, "digest")))
    .orderBy(broadcasts.startedAt);

const itemsOf = async (person: Person) =>
  (await digestsOf(person)).map(({ facts }) =>
    SHAPES.digest.parse(facts).items.map(({ kind }) => kind),
  );

const keyOf = async ({ id }: Person) =>
  (await db.select().from(mailKeys).where(eq(mailKeys.userId, id)))[0]?.key ?? "";

test("P23: what is wanted once a day together is in the site at once, and in one mail of the next morning", async () => {
  await announce();
  await tellMinor();
  const placed = await db.select().from(deliveries).where(eq(deliveries.userId, reader.id));
  expect(placed.map(({ channel }) => channel)).toEqual(["inbox", "inbox"]);
  await gather("2026-11-21 08:59");
  expect(await mailsTo(reader)).toEqual([]);

  await gather(MORNING);
  const [mail, ...more] = await mailsTo(reader);
  expect(more).toEqual([]);
  expect(mail?.subject).toBe("2026年11月21日的汇总：2 条");
  expect(mail?.text).toMatch(/1\. 公告 · 需要您采取行动\s+Android SDK/);
  expect(mail?.text).toContain(FACTS.documentTitle["zh-CN"]);
  const key = await keyOf(reader);
  expect(mail?.text).toContain(`/zh-CN/subscriptions/emails?key=${key}`);
  expect(mail?.text).not.toContain("%%");
  expect(mail?.headers).toEqual({
    "List-Unsubscribe": expect.stringMatching(
      new RegExp(`^<https?://[^>]+/api/unsubscribe\\?key=${key}&of=digest>$`),
    ),
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  });
  await gather("2026-11-22 09:00");
  expect(await mailsTo(reader)).toHaveLength(1);
});

test("P41: what is mandatory comes at once to who has a digest, without a way out of it", async () => {
  await tellProduct(acting(desk.approver, `${DAY} 10:00`), desk.productId);
  const { id: incidentId } = await givenIncident(desk, { visibility: "affected" });
  const audience = { named: affected.app.sdkAppId };
  await published(desk, await givenNotice(desk, { incidentId, audience }), {
    typedPeople: 1,
  });
  const mails = await mailsTo(reader);
  expect(mails.map(({ headers }) => headers)).toEqual([{}, {}]);
  for (const { text } of mails) expect(text).toContain("这类邮件不能退订");
  await gather(MORNING);
  expect(await digestsOf(reader)).toEqual([]);
});

test("who never chose has each at once, with one click to end it", async () => {
  const other = await givenMember(affected.account.id, "member");
  await announce(undefined, 2);
  await tellMinor();
  const mails = await mailsTo(other);
  const ends = mails.map(({ headers }) => headers?.["List-Unsubscribe"]?.split("&of=")[1]);
  expect(ends.toSorted()).toEqual(["announcements>", "minor_changes>"]);
  await gather(MORNING);
  expect(await digestsOf(other)).toEqual([]);
});

test("each thing once, and each digest once a day, over workers that are killed and two at a time", async () => {
  await announce();
  const killed = db.transaction(async (tx) => {
    expect(await sendDigests({ ...asJob("send-digests", beijing(MORNING)), tx }, {})).not.toBe(0);
    throw new Error("killed");
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await digestsOf(reader)).toEqual([]);

  await Promise.all([gather(MORNING), gather(MORNING), gather(MORNING)]);
  await gather("2026-11-21 09:01");
  expect(await itemsOf(reader)).toEqual([["announcement"]]);
  // What comes after nine waits for the next day, and what was late for it is not lost.
  await tellMinor("2026-11-21 09:30");
  await gather("2026-11-21 23:00");
  await gather("2026-11-22 08:59");
  expect(await itemsOf(reader)).toEqual([["announcement"]]);
  await announce("2026-11-22 08:59");
  await gather("2026-11-22 09:05");
  expect(await itemsOf(reader)).toEqual([["announcement"], ["policy_change", "announcement"]]);
  expect(await mailsTo(reader)).toHaveLength(2);
});

test("who has the same waiting is told by one broadcast, others by another", async () => {
  const [same, other] = [
    await givenMember(affected.account.id, "member"),
    await givenMember(affected.account.id, "member"),
  ];
  for (const one of [same, other]) await daily(one);
  await announce(undefined, 3);
  await changeOwnSettings(acting(other, `${DAY} 10:30`), {
    ...{ ...DAILY, mails: { announcements: "daily", minor_changes: "never" } },
  });
  await tellMinor();
  await gather(MORNING);
  const digests = await Promise.all([reader, same, other].map(digestsOf));
  const [one, two, three] = digests.map(([first]) => first?.id);
  expect(one).toBe(two);
  expect(three).not.toBe(one);
  expect(await itemsOf(other)).toEqual([["announcement"]]);
});

test("of what is paused a digest says nothing until it goes on; of what was withdrawn it never does", async () => {
  const steering = acting(desk.approver, `${DAY} 12:00`);
  const { id: noticeId, broadcastId } = await announce();
  const minor = await tellMinor();
  await pauseBroadcast(steering, { broadcastId: minor.id });
  await proposeAnnouncementWithdrawal(acting(desk.author, `${DAY} 12:00`), {
    ...{ noticeId, reason: "改期。" },
  });
  await withdrawAnnouncement(steering, { noticeId });
  await gather(MORNING);
  expect(await digestsOf(reader)).toEqual([]);
  const waiting = await db.select().from(digestItems).where(eq(digestItems.userId, reader.id));
  expect(waiting).toMatchObject([{ broadcastId: minor.id, digestId: null }]);
  expect(waiting).not.toContainEqual(expect.objectContaining({ broadcastId }));
  // Nobody mailed them the announcement: its withdrawal stands in the site alone.
  expect(await mailsTo(reader)).toEqual([]);

  await resumeBroadcast(acting(desk.approver, "2026-11-21 12:00"), { broadcastId: minor.id });
  await gather("2026-11-21 12:01");
  expect(await itemsOf(reader)).toEqual([["policy_change"]]);
});

test("the withdrawal of what a digest told is mailed, as the digest was", async () => {
  const { id: noticeId } = await announce();
  await gather(MORNING);
  await deliver();
  const late = "2026-11-21 12:00";
  await proposeAnnouncementWithdrawal(acting(desk.author, late), { noticeId, reason: "改期。" });
  await withdrawAnnouncement(acting(desk.approver, late), { noticeId });
  const subjects = (await mailsTo(reader)).map(({ subject }) => subject);
  expect(subjects).toHaveLength(2);
  expect(subjects.some((subject) => subject.includes("撤回"))).toBe(true);
});

const stranger = { actor: ANONYMOUS, now: beijing(`${DAY} 12:00`) };

test("P23: the link of such a mail opens the same choice without signing in; nothing else, and no other's", async () => {
  const other = await givenMember(affected.account.id, "member");
  await announce(undefined, 2);
  const key = await keyOf(reader);
  const held = await findMailChoices(stranger, { key });
  expect(held).toMatchObject({ maskedEmail: expect.stringContaining("*"), mails: DAILY.mails });
  await chooseMails(stranger, { key, mails: AT_ONCE.mails, wantsCheckpoints: false });
  expect((await findMailChoices(stranger, { key })).mails).toEqual(AT_ONCE.mails);
  // What waited comes with the next digest all the same.
  await gather(MORNING);
  expect(await itemsOf(reader)).toEqual([["announcement"]]);
  expect(await recordOf(reader.id)).toEqual(["person.changed_mails", "person.changed_mails"]);
  expect(await recordOf(other.id)).toEqual([]);
  const wrong = "00000000-0000-4000-8000-000000000000";
  await expect(findMailChoices(stranger, { key: wrong })).rejects.toThrow();
  await expect(
    chooseMails(stranger, { key: wrong, mails: DAILY.mails, wantsCheckpoints: true }),
  ).rejects.toThrow();
});

test("one click ends what the mail was of, with what of it has not left; again, or without a key, changes nothing", async () => {
  const other = await givenMember(affected.account.id, "member");
  await announce(undefined, 2);
  await tellMinor();
  await endMails(stranger, { key: await keyOf(other), of: "announcements" });
  const paces = async (person: Person) =>
    (await findMailChoices(stranger, { key: await keyOf(person) })).mails;
  expect(await paces(other)).toEqual({ announcements: "never", minor_changes: "at_once" });
  expect(await mailsTo(other)).toMatchObject([{ subject: expect.stringContaining("政策变更") }]);

  for (const of of ["digest", "digest", "anything"] as const)
    await endMails(stranger, { key: await keyOf(reader), of });
  await endMails(stranger, { key: "nothing", of: "digest" });
  expect(await paces(reader)).toEqual({ announcements: "never", minor_changes: "never" });
  await gather(MORNING);
  expect(await mailsTo(reader)).toEqual([]);
  expect(await recordOf(reader.id)).toEqual(["person.changed_mails", "person.changed_mails"]);
});

test("who left every account that was told before the morning, or whose account was closed, has no digest of it", async () => {
  await announce();
  await db
    .update(members)
    .set({ leftAt: beijing(`${DAY} 12:00`) })
    .where(isOf(reader));
  await gather(MORNING);
  expect(await digestsOf(reader)).toEqual([]);

  await db.update(members).set({ leftAt: null }).where(isOf(reader));
  await gather(MORNING);
  expect(await itemsOf(reader)).toEqual([["announcement"]]);

  await announce("2026-11-21 10:00");
  await db
    .update(accounts)
    .set({ closedAt: beijing("2026-11-21 12:00") })
    .where(eq(accounts.id, affected.account.id));
  await gather("2026-11-22 09:00");
  expect(await digestsOf(reader)).toHaveLength(1);
});

test("with a person their key goes, and what waited", async () => {
  await announce();
  const key = await keyOf(reader);
  await db.transaction(async (tx) => {
    await eraseWaysIn(tx, [reader]);
    await erasePeople(tx, { leavers: [reader], now: beijing(`${DAY} 12:00`) });
  });
  await expect(findMailChoices(stranger, { key })).rejects.toThrow();
  const left = await db
    .select()
    .from(digestItems)
    .where(inArray(digestItems.userId, [reader.id]));
  expect(left).toEqual([]);
  await gather(MORNING);
  expect(await digestsOf(reader)).toEqual([]);
  expect(
    (await db.select().from(users).where(eq(users.id, reader.id)))[0]?.erasedAt,
  ).not.toBeNull();
});

test("a day of digests begins at nine in Shanghai", () => {
  const days = ["2026-11-21 08:59", MORNING, "2026-11-22 00:30"].map((at) =>
    digestDay(beijing(at)),
  );
  expect(days.map(({ day }) => day)).toEqual([DAY, "2026-11-21", "2026-11-21"]);
  expect(days[1]?.before).toEqual(beijing(MORNING));
});
