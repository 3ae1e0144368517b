import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, apps, appPlatforms } from "@/db/schema";
import { giveAnswer } from "@/tests/support/answers";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember } from "@/tests/support/people";
import { givenMajorChange } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { listAppStops, stateStop } from "./app-stops";
import { countDisagreements } from "./disagreements";

const AT = "2026-03-10 10:00";

/** An account with one app on two platforms, whose owner disagreed. */
async function givenDisagreed(changeNumbers: number[] = []) {
  const change = await givenMajorChange();
  const account = await givenAccount({ productId: change.productId });
  const owner = await givenMember(account.id, "owner");
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  await db.delete(appPlatforms).where(eq(appPlatforms.appId, app!.id));
  await db.insert(appPlatforms).values(
    (["harmony", "flutter"] as const).map((platform) => ({
      ...{ appId: app!.id, platform, sdkVersion: "8.0.0" },
    })),
  );
  await giveAnswer(owner, change.next, {
    ...{ accountId: account.id, answer: "disagreed", changeNumbers },
  });
  return { ...change, account, owner, appId: app!.id };
}
type Given = Awaited<ReturnType<typeof givenDisagreed>>;

const state = (
  { owner, appId }: Given,
  wish: { place?: "harmony" | "flutter" | "api"; on?: string; at?: string },
) =>
  stateStop(acting(owner, wish.at ?? AT), {
    ...{
      appId,
      place: wish.place ?? "harmony",
      appVersion: "5.2.0",
      stoppedOn: wish.on ?? "2026-03-09",
    },
  });

test("P30: an account states app by app where it collects no more, since which version and day; the latest counts", async () => {
  const given = await givenDisagreed();
  const read = () =>
    listAppStops(acting(given.owner, AT), {
      accountId: given.account.id,
      productId: given.productId,
    });
  expect(await read()).toMatchObject([
    {
      id: given.appId,
      stops: [
        { place: "flutter", stoppedOn: null },
        { place: "harmony", stoppedOn: null },
      ],
    },
  ]);
  await state(given, {});
  for (const at of ["2026-03-10 11:00", "2026-03-10 12:00"])
    await state(given, { on: "2026-03-10", at });
  const [app] = await read();
  expect(app!.stops).toContainEqual({
    ...{ place: "harmony", appVersion: "5.2.0", stoppedOn: "2026-03-10" },
  });
  expect(await recordOf(given.appId)).toEqual(["app.stopped", "app.stopped"]);
});

test("nobody states a stop that has not come, of a place the app does not have, or of another's app", async () => {
  const given = await givenDisagreed();
  await expect(state(given, { on: "2026-03-11" })).rejects.toMatchObject({
    fields: { stoppedOn: ["policies.errors.stopDay"] },
  });
  await expect(state(given, { place: "api" })).rejects.toMatchObject({ code: "not_found" });
  const stranger = await givenMember((await givenAccount()).id, "owner");
  await expect(state({ ...given, owner: stranger }, {})).rejects.toMatchObject({
    code: "not_found",
  });
  const viewer = await givenMember(given.account.id, "viewer");
  await expect(state({ ...given, owner: viewer }, {})).rejects.toMatchObject({
    code: "not_allowed",
  });
});

test("P04: it is counted who disagrees by which change, who of them stopped and who has gone", async () => {
  const given = await givenDisagreed([1]);
  const other = await givenAccount({ productId: given.productId });
  await giveAnswer(await givenMember(other.id, "owner"), given.next, {
    ...{ accountId: other.id, answer: "disagreed" },
  });
  const agreed = await givenAccount({ productId: given.productId });
  await giveAnswer(await givenMember(agreed.id, "owner"), given.next, { accountId: agreed.id });
  const count = () => countDisagreements(acting(given.author, AT), { versionId: given.next.id });

  expect(await count()).toEqual({
    all: { disagreed: 2, stopped: 0, left: 0 },
    byChange: [
      { changeNumber: 1, disagreed: 1, stopped: 0, left: 0 },
      { changeNumber: null, disagreed: 1, stopped: 0, left: 0 },
    ],
  });
  await state(given, {});
  expect((await count()).all).toMatchObject({ stopped: 0 });
  await state(given, { place: "flutter" });
  await db
    .update(apps)
    .set({ closedAt: beijing(AT) })
    .where(eq(apps.accountId, other.id));
  await db
    .update(accounts)
    .set({ closedAt: beijing(AT) })
    .where(eq(accounts.id, other.id));
  expect((await count()).all).toEqual({ disagreed: 2, stopped: 2, left: 1 });
});
