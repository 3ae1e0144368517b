import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { apps, savedAudienceVersions } from "@/db/schema";
import { acting } from "@/tests/support/context";
import {
  audienceForm,
  givenAffected,
  givenAnnouncement,
  givenNoticeDesk,
  NOTICE_DAY,
  noticeNow,
} from "@/tests/support/notices";
import { recordOf } from "@/tests/support/record";

import { findNotice } from "./find-notice";
import { lookAtAudience, retireAudience, saveAudience, useAudience } from "./save-audience";
import { exportAudienceApps, findSavedAudience, listSavedAudiences } from "./saved-audiences";
import { setAudience } from "./set-audience";

const AT = NOTICE_DAY.written;
const ANDROID = { platforms: ["android" as const] };

/** A draft for the apps on Android of a product, of which there are two, and one on iOS. */
async function given() {
  const desk = await givenNoticeDesk();
  const android = [];
  for (const version of ["8.0.0", "8.1.0"])
    android.push(await givenAffected(desk.productId, { platforms: { android: version } }));
  const ios = await givenAffected(desk.productId, { platforms: { ios: "8.0.0" } });
  const draft = await givenAnnouncement(desk, { audience: ANDROID });
  const ctx = acting(desk.author, AT);
  return { ...desk, ctx, draft, android: android.map(({ app }) => app), ios: ios.app };
}

test("an audience is saved with who and when, taken up by another draft, and the draft says from which version", async () => {
  const { ctx, draft, author, android, ...desk } = await given();
  const { audienceId } = await saveAudience(ctx, {
    noticeId: draft.id,
    revision: draft.revision,
    name: "安卓",
  });
  const saved = await findSavedAudience(ctx, { audienceId });
  expect(saved).toMatchObject({
    ...{ name: "安卓", number: 1, measured: { apps: 2, accounts: 2 } },
    versions: [{ number: 1, writerName: author.name }],
  });
  expect(
    (await exportAudienceApps(ctx, { audienceId })).rows.map(({ sdkAppId }) => sdkAppId),
  ).toEqual(android.map(({ sdkAppId }) => sdkAppId).toSorted());
  const other = await givenAnnouncement({ ...desk, author });
  const taking = { noticeId: other.id, revision: other.revision, audienceId, number: 1 };
  await useAudience(ctx, taking);

  const read = await findNotice(ctx, { noticeId: other.id });
  expect(read.savedAudience).toEqual({ id: audienceId, name: "安卓", number: 1 });
  expect(read.notice.audience).toEqual(draft.audience);
  expect(read.measured.apps).toBe(2);
  expect(await recordOf(other.id)).toContain("notice.audience_used");
  // Repeated it changes nothing; changed by hand it is nobody's any more.
  await useAudience(ctx, { ...taking, revision: read.notice.revision });
  expect((await noticeNow(other.id)).revision).toBe(read.notice.revision);
  await setAudience(ctx, audienceForm({ id: other.id, revision: read.notice.revision }));
  expect((await findNotice(ctx, { noticeId: other.id })).savedAudience).toBeNull();
});

test("what is taken is the newest version as it was seen; a notice made of an earlier one says that one", async () => {
  const { ctx, draft, ...desk } = await given();
  const { audienceId } = await saveAudience(ctx, {
    noticeId: draft.id,
    revision: draft.revision,
    name: "范围",
  });
  const again = saveAudience(ctx, { noticeId: draft.id, revision: draft.revision, audienceId });
  await expect(again).rejects.toMatchObject({ messageKey: "notices.errors.savedAudience.same" });
  const other = await givenAnnouncement(desk, { audience: { platforms: ["ios"] } });
  await saveAudience(ctx, { noticeId: other.id, revision: other.revision, audienceId });

  expect((await findNotice(ctx, { noticeId: draft.id })).savedAudience).toMatchObject({
    number: 1,
  });
  expect((await findNotice(ctx, { noticeId: other.id })).savedAudience).toMatchObject({
    number: 2,
  });
  const taking = { noticeId: draft.id, revision: draft.revision, audienceId };
  await expect(useAudience(ctx, { ...taking, number: 1 })).rejects.toMatchObject({
    messageKey: "notices.errors.savedAudience.movedOn",
  });
  await useAudience(ctx, { ...taking, number: 2 });
  expect((await noticeNow(draft.id)).audience.platforms).toEqual(["ios"]);
});

test("who came and who went since somebody last looked is named, until somebody looks again", async () => {
  const { ctx, draft, android, ios } = await given();
  const { audienceId } = await saveAudience(ctx, {
    noticeId: draft.id,
    revision: draft.revision,
    name: "变化",
  });
  const [first] = android;
  await db.update(apps).set({ closedAt: ctx.now }).where(eq(apps.id, first!.id));
  await db.execute(sql`update app_platforms set platform = 'android' where app_id = ${ios.id}`);
  const changes = async () => (await findSavedAudience(ctx, { audienceId })).looked.changes;

  expect(await changes()).toEqual({
    ...{ added: 1, addedIds: [ios.sdkAppId], removed: 1, removedIds: [first!.sdkAppId] },
  });
  await lookAtAudience(ctx, { audienceId });
  expect(await changes()).toMatchObject({ added: 0, removed: 0 });
  expect(await recordOf(audienceId)).toEqual(["audience.saved", "audience.looked_at"]);
});

test("a name is taken once in a product, nothing undecided is saved, and a retired one is offered no more", async () => {
  const { ctx, draft, ...desk } = await given();
  const { audienceId } = await saveAudience(ctx, {
    noticeId: draft.id,
    revision: draft.revision,
    name: "一个",
  });
  const saving = async (name: string, noticeId = draft.id) =>
    saveAudience(ctx, { noticeId, revision: (await noticeNow(noticeId)).revision, name });
  await expect(saving("一个")).rejects.toMatchObject({
    messageKey: "notices.errors.savedAudience.nameTaken",
  });
  await expect(saving("")).rejects.toMatchObject({ fields: { name: expect.anything() } });
  const undecided = await givenAnnouncement(desk, { audience: null });
  await expect(saving("两个", undecided.id)).rejects.toMatchObject({
    messageKey: "notices.errors.savedAudience.undecided",
  });

  const listed = async () =>
    (await listSavedAudiences(ctx, { productId: draft.productId })).map(({ id }) => id);
  expect(await listed()).toEqual([audienceId]);
  await retireAudience(ctx, { audienceId });
  expect(await listed()).toEqual([]);
  const { revision } = await noticeNow(draft.id);
  const taking = { noticeId: draft.id, revision, audienceId, number: 1 };
  await expect(useAudience(ctx, taking)).rejects.toMatchObject({
    messageKey: "notices.errors.savedAudience.retired",
  });
  await expect(
    db
      .update(savedAudienceVersions)
      .set({ number: 9 })
      .where(eq(savedAudienceVersions.audienceId, audienceId)),
  ).rejects.toMatchObject({ cause: { code: "42501" } });
});

test("nobody saves for others what a colleague has put in the place of what they saw", async () => {
  const { ctx, draft } = await given();
  const now = { id: draft.id, revision: draft.revision };
  await setAudience(ctx, audienceForm(now, { platforms: ["ios"] }));
  await expect(
    saveAudience(ctx, { noticeId: draft.id, revision: draft.revision, name: "安卓" }),
  ).rejects.toMatchObject({ code: "conflict" });
});
