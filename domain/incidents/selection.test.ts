import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { appPlatforms, auditEntries, broadcasts } from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenApp,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenMajorChange } from "@/tests/support/policies";
import { givenSigner, seal } from "@/tests/support/sealed-record";

import { readSelection, readSelectionProofs } from "./selection";

const LATER = "2026-12-20 10:00";

/** What an app was registered as, as whoever enters it puts it on record. */
async function register(app: Registered, version: string, at: string) {
  const { id, accountId, sdkAppId, name, productId, region, apiOnly } = app;
  await db
    .insert(appPlatforms)
    .values({ appId: id, platform: "android", sdkVersion: version })
    .onConflictDoUpdate({
      target: [appPlatforms.appId, appPlatforms.platform],
      set: { sdkVersion: version },
    });
  await db.insert(auditEntries).values({
    ...{ at: beijing(at), action: "app.saved", actorKind: "job", actorId: "sync" },
    ...{ subjectType: "app", subjectId: id },
    after: {
      ...{ accountId, sdkAppId, name, productId, region, apiOnly, closed: false },
      platforms: { android: version },
    },
  });
}
type Registered = Awaited<ReturnType<typeof givenApp>>;

/** A notice on what uses Android below 8.1.0, and an account inside and two outside of it. */
async function givenTold() {
  const desk = await givenNoticeDesk();
  const { productId } = desk;
  const [near, far, empty] = [await givenAccount(), await givenAccount(), await givenAccount()];
  const owners = [await givenMember(near.id, "owner"), await givenMember(far.id, "owner")] as const;
  const [inside, outside] = [
    await givenApp({ accountId: near.id, productId }),
    await givenApp({ accountId: far.id, productId }),
  ];
  await givenApp({ accountId: empty.id, productId, platforms: { ios: "7.0.0" } });
  await register(inside, "7.9.1", "2026-11-01 10:00");
  await register(outside, "9.0.0", "2026-11-01 10:00");
  const incident = await givenIncident(desk);
  const notice = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { platforms: ["android"], versionRange: "<8.1.0" },
  });
  const { broadcastId } = await published(desk, notice);
  // What became of the apps since is no reason.
  await register(inside, "9.0.0", LATER);
  await register(outside, "7.9.1", LATER);
  return { near, far, empty, owners, broadcastId: broadcastId ?? "" };
}

test("why an account was told or was not is shown from the frozen rule and the apps as they were on record then", async () => {
  const { near, far, empty, broadcastId } = await givenTold();
  const auditor = acting(await givenStaff("auditor"), LATER);
  const of = (uin: string) => readSelection(auditor, { broadcastId, uin });

  const [inside, outside, other] = [await of(near.uin), await of(far.uin), await of(empty.uin)];
  expect(inside).toMatchObject({
    isSelected: true,
    isTold: true,
    at: new Date("2026-11-20T01:50:00Z"),
  });
  expect(inside.apps).toMatchObject([
    { leftOut: null, isOnRecord: true, entries: [{ action: "app.saved" }] },
  ]);
  expect(inside.rule).toMatchObject({ platforms: ["android"], versionRange: "<8.1.0" });
  expect(inside.entries.map(({ action }) => action)).toEqual(
    [...["notice.audience_set", "notice.approved", "broadcast.started"]].toSorted(
      (one, other) => ORDER.indexOf(one) - ORDER.indexOf(other),
    ),
  );
  expect(outside).toMatchObject({ isSelected: false, isTold: false });
  expect(outside.apps).toMatchObject([{ leftOut: "version", isOnRecord: true }]);
  expect(other).toMatchObject({ isSelected: false, isTold: false, isUnreached: false });
  expect(other.apps).toMatchObject([{ leftOut: "way", isOnRecord: false, entries: [] }]);
  await expect(of("nobody")).rejects.toMatchObject({ code: "not_found" });
});

const ORDER = ["notice.audience_set", "broadcast.started", "notice.approved"];

test("members ask of what they were told, without the work of operations; each entry is proved once it is sealed", async () => {
  const { near, far, owners, broadcastId } = await givenTold();
  const [owner, stranger] = owners.map((one) => acting(one, LATER));
  if (!owner || !stranger) throw new Error("nobody asks");
  const own = { broadcastId, accountId: near.id };
  expect((await readSelection(owner, own)).entries.map(({ action }) => action)).not.toContain(
    "notice.audience_set",
  );
  for (const ask of [
    readSelection(stranger, own),
    readSelection(stranger, { ...own, accountId: far.id }),
  ])
    await expect(ask).rejects.toMatchObject({ code: "not_found" });
  await seal(givenSigner());
  const auditor = acting(await givenStaff("auditor"), LATER);
  const proofs = await readSelectionProofs(auditor, own);
  expect(proofs.map(({ action }) => action).toSorted()).toEqual(["app.saved", ...ORDER].toSorted());
});

test("a change concerns each open app of its product, and nobody else", async () => {
  const { next, productId } = await givenMajorChange();
  const { account } = await givenAffected(productId, { platforms: { android: "7.0.0" } });
  const elsewhere = await givenAccount();
  const [change] = await db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(eq(broadcasts.subjectId, next.id));
  const auditor = acting(await givenStaff("auditor"), LATER);
  const of = (accountId: string) =>
    readSelection(auditor, { broadcastId: change?.id ?? "", accountId });
  expect(await of(account.id)).toMatchObject({ isSelected: true, isTold: false });
  expect(await of(elsewhere.id)).toMatchObject({ isSelected: false, isTold: false, apps: [] });
});
