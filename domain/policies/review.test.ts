import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, reviews, users } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import {
  completeDraft,
  explainFindings,
  givenApproved,
  givenDraft,
  givenInForce,
  givenSubmitted,
  MAJOR_CHANGE,
  type Seen,
  untilInForce,
  versionNow,
} from "@/tests/support/policies";
import { recordLength, recordOf } from "@/tests/support/record";

import { findBroadcast } from "../broadcasts/find";
import { countAudience } from "./count-audience";
import { editVersion } from "./edit";
import { previewChange } from "./preview-change";
import { approveVersion, rejectVersion } from "./review";
import { submitVersion } from "./submit";

const MORNING = "2026-03-02 11:00";

test("a first version whose day has come is in force at once and tells nobody", async () => {
  const { first, approver } = await givenInForce();

  expect(first).toMatchObject({ status: "in_force", approvedBy: approver.id });
  // Nothing was in force at the midnight before its approval.
  expect(first.effectiveAt).toEqual(first.approvedAt);
  expect((await recordOf(first.id)).slice(-2)).toEqual(["version.approved", "version.in_force"]);
  expect(await db.$count(broadcasts, eq(broadcasts.subjectId, first.id))).toBe(0);
});

test("P39, P41: an approval tells every member by mail and in-site, with the changes and the effective date", async () => {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const people = [
    await givenMember(account.id, "owner"),
    await givenMember(account.id, "viewer", { locale: "en" }),
  ];
  const version = await givenSubmitted(desk, MAJOR_CHANGE);

  const { broadcastId, people: told } = await approveVersion(acting(desk.approver, MORNING), {
    versionId: version.id,
    contentHash: version.contentHash,
  });

  expect(told).toBe(2);
  const {
    told: notice,
    totals,
    isPublic,
  } = await findBroadcast(acting(desk.approver, MORNING), {
    id: broadcastId!,
  });
  expect(isPublic).toBe(true);
  expect(notice).toMatchObject({
    kind: "policy_change",
    facts: {
      label: "2.0",
      previousLabel: "1.0",
      isMajor: true,
      majorReasons: ["recipients"],
      changes: version.changes,
      effectiveAt: "2026-03-31T16:00:00.000Z",
      contentHash: version.contentHash,
    },
  });
  expect(totals).toEqual(
    expect.arrayContaining([
      { channel: "inbox", status: "placed", count: 2 },
      { channel: "email", status: "queued", count: 2 },
    ]),
  );
  const rows = await db.select().from(deliveries).where(eq(deliveries.broadcastId, broadcastId!));
  expect(new Set(rows.map(({ userId }) => userId))).toEqual(new Set(people.map(({ id }) => id)));
});

test("P06: who integrates by API alone is told too; who integrates nothing is not", async () => {
  const desk = await givenInForce();
  const [byApi, stranger] = [
    await givenAccount({ productId: desk.productId, apiOnly: true }),
    await givenAccount(),
  ];
  await givenMember(byApi.id, "owner");
  await givenMember(stranger.id, "owner");

  const counted = await countAudience(acting(desk.approver, MORNING), {
    productId: desk.productId,
  });
  const next = await givenApproved(desk, MAJOR_CHANGE);

  expect(counted).toEqual({ people: 1, accounts: 1, withoutMail: 0, withheld: [], asBefore: 1 });
  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, next.id));
  const rows = await db.select().from(deliveries).where(eq(deliveries.broadcastId, broadcast!.id));
  expect(new Set(rows.flatMap(({ accountIds }) => accountIds))).toEqual(new Set([byApi.id]));
});

test("a person of two accounts is told once, for both", async () => {
  const desk = await givenInForce();
  const [one, two] = [
    await givenAccount({ productId: desk.productId }),
    await givenAccount({ productId: desk.productId }),
  ];
  const person = await givenMember(one.id, "owner");
  await givenMember(two.id, "legal", { also: person });

  const next = await givenApproved(desk, MAJOR_CHANGE);

  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, next.id));
  const rows = await db.select().from(deliveries).where(eq(deliveries.broadcastId, broadcast!.id));
  expect(rows.map(({ channel }) => channel).sort()).toEqual(["email", "inbox"]);
  expect([...rows[0]!.accountIds].sort()).toEqual([one.id, two.id].sort());
});

test("the preview says what the notice will say", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);
  const preview = await previewChange(acting(desk.approver, MORNING), { versionId: version.id });

  const { broadcastId } = await approveVersion(acting(desk.approver, MORNING), {
    versionId: version.id,
    contentHash: version.contentHash,
  });

  const { told } = await findBroadcast(acting(desk.approver, MORNING), { id: broadcastId! });
  expect(preview).toEqual(told);
});

test("nobody approves their own work, not even with both roles, and nothing is recorded", async () => {
  const desk = await givenInForce();
  const both = await givenStaff("author", "approver");
  const version = await givenSubmitted({ ...desk, author: both }, MAJOR_CHANGE);
  const before = await recordLength();

  const approved = approveVersion(acting(both, MORNING), {
    versionId: version.id,
    contentHash: version.contentHash,
  });

  await expect(approved).rejects.toMatchObject({ messageKey: "policies.errors.ownWork" });
  expect((await versionNow(version.id)).status).toBe("in_review");
  expect(await recordLength()).toBe(before);
});

test("whoever changed a word of it may not approve it either", async () => {
  const desk = await givenInForce();
  const both = await givenStaff("author", "approver");
  const draft = await givenDraft(desk, MAJOR_CHANGE);
  const { revision } = await editVersion(acting(both, MORNING), {
    ...completeDraft(draft, MAJOR_CHANGE),
    affectsEndUsers: true,
  });
  await explainFindings(acting(desk.author, MORNING), draft.id);
  const { contentHash } = await submitVersion(acting(desk.author, MORNING), {
    versionId: draft.id,
    revision,
  });

  const approved = approveVersion(acting(both, MORNING), { versionId: draft.id, contentHash });

  await expect(approved).rejects.toMatchObject({ messageKey: "policies.errors.ownWork" });
});

test("the approval is bound to what was seen", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);
  const { revision } = await editVersion(
    acting(desk.author, MORNING),
    completeDraft(version, { ...MAJOR_CHANGE, text: "悄悄换了一句。" }),
  );
  await explainFindings(acting(desk.author, MORNING), version.id);
  await submitVersion(acting(desk.author, MORNING), { versionId: version.id, revision });

  const approved = approveVersion(acting(desk.approver, MORNING), {
    versionId: version.id,
    contentHash: version.contentHash,
  });

  await expect(approved).rejects.toMatchObject({ messageKey: "policies.errors.notWhatWasSeen" });
  expect((await versionNow(version.id)).status).toBe("in_review");
});

test("a text changed behind the product's back is not what was seen", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);
  await db.execute(sql`update policy_texts set body = '换了' where version_id = ${version.id}`);

  const approved = approveVersion(acting(desk.approver, MORNING), {
    versionId: version.id,
    contentHash: version.contentHash,
  });

  await expect(approved).rejects.toMatchObject({ messageKey: "policies.errors.notWhatWasSeen" });
});

test("a review that lies until its day comes too late", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);

  const approved = approveVersion(acting(desk.approver, "2026-04-01 00:00"), {
    versionId: version.id,
    contentHash: version.contentHash,
  });

  await expect(approved).rejects.toMatchObject({
    messageKey: "policies.errors.effectiveDatePassed",
  });
});

test("a second click on approve tells nobody twice", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);
  const approve = () =>
    approveVersion(acting(desk.approver, MORNING), {
      versionId: version.id,
      contentHash: version.contentHash,
    });

  const results = await Promise.allSettled([approve(), approve(), approve()]);

  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  expect(await db.$count(broadcasts, eq(broadcasts.subjectId, version.id))).toBe(1);
});

test("more than a thousand people are told only by typing their number", async () => {
  const desk = await givenInForce();
  await db.execute(sql`
    with a as (
      insert into accounts (uin, name, created_at) values (${`u-${desk.slug}`}, '大客户', now()) returning id
    ), p as (
      insert into apps (account_id, product_id, sdk_app_id, name, created_at)
      select id, ${desk.productId}, ${`s-${desk.slug}`}, '应用', now() from a
    ), u as (
      insert into users (email, name, created_at)
      select ${desk.slug} || n || '@people.example', '人' || n, now() from generate_series(1, 1001) n returning id
    )
    insert into members (account_id, user_id, role, joined_at) select a.id, u.id, 'member', now() from a, u`);
  const version = await givenSubmitted(desk, MAJOR_CHANGE);
  const approve = (typedPeople?: number) =>
    approveVersion(acting(desk.approver, MORNING), {
      versionId: version.id,
      contentHash: version.contentHash,
      ...(typedPeople !== undefined && { typedPeople }),
    });

  await expect(approve()).rejects.toMatchObject({
    messageKey: "policies.errors.countDiffers",
    values: { people: 1001 },
  });
  await expect(approve(1000)).rejects.toMatchObject({ code: "conflict" });
  expect((await versionNow(version.id)).status).toBe("in_review");
  expect(await db.$count(broadcasts, eq(broadcasts.subjectId, version.id))).toBe(0);

  expect(await approve(1001)).toMatchObject({ people: 1001 });
});

test("a rejection goes back to the author with its reason, and stays on record", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);

  await rejectVersion(acting(desk.approver, MORNING), {
    versionId: version.id,
    contentHash: version.contentHash,
    reason: "第二条没有写明接收方。",
  });

  expect(await versionNow(version.id)).toMatchObject({ status: "draft", contentHash: null });
  expect((await recordOf(version.id)).at(-1)).toBe("version.rejected");
  const rows = await db.select().from(reviews).where(eq(reviews.subjectId, version.id));
  expect(rows).toMatchObject([{ decision: "rejected", reason: "第二条没有写明接收方。" }]);
});

test("a rejection without a reason is refused", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);

  const rejected = rejectVersion(acting(desk.approver, MORNING), {
    versionId: version.id,
    contentHash: version.contentHash,
    reason: "  ",
  });

  await expect(rejected).rejects.toMatchObject({
    fields: { reason: ["policies.errors.missing.reason"] },
  });
});

test("only approvers review", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);
  const seen = { versionId: version.id, contentHash: version.contentHash };

  for (const person of [await givenStaff("author"), await givenStaff("admin")]) {
    await expect(approveVersion(acting(person, MORNING), seen)).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(
      rejectVersion(acting(person, MORNING), { ...seen, reason: "不" }),
    ).rejects.toMatchObject({ code: "not_allowed" });
  }
});

test("P23: who turned off mails of minor changes finds them among their messages; major ones come by mail all the same", async () => {
  const { first, ...desk } = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const [owner, quiet] = [
    await givenMember(account.id, "owner"),
    await givenMember(account.id, "legal"),
  ];
  await db.update(users).set({ wantsMinorChangeMails: false }).where(eq(users.id, quiet.id));
  const told = async (version: Seen, channel: "email" | "inbox") => {
    const rows = await db
      .select({ userId: deliveries.userId })
      .from(deliveries)
      .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
      .where(and(eq(broadcasts.subjectId, version.id), eq(deliveries.channel, channel)));
    return rows.map(({ userId }) => userId).toSorted();
  };
  const both = [owner.id, quiet.id].toSorted();

  expect(first.label).toBe("1.0");
  const minor = await givenApproved(desk, { ...MAJOR_CHANGE, label: "1.1", major: [] });
  expect(await told(minor, "inbox")).toEqual(both);
  expect(await told(minor, "email")).toEqual([owner.id]);
  await untilInForce(minor);

  const later = { label: "2.0", effectiveDate: "2026-06-01", at: "2026-05-02 10:00" };
  const major = await givenApproved(desk, { ...MAJOR_CHANGE, ...later });
  expect(await told(major, "email")).toEqual(both);
});
