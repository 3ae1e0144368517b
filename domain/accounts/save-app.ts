import { and, asc, eq, notInArray, sql } from "drizzle-orm";
import type { z } from "zod";

import type { Tx } from "@/db/client";
import { type App, appPlatforms, apps, products } from "@/db/schema";
import { hashOf } from "@/lib/hash";

import type { After } from "../audit/entries";
import { Invalid } from "../errors";
import { type RecordedStep, verb } from "../verb";
import { appInput } from "./input";
import { lockAccount } from "./lock";
import { assertIntegration } from "./rules";

type Input = z.output<typeof appInput>;

/**
 * Enters an app of an account, or changes it; a closed one is opened again. The SDKAppID says which
 * app it is and stays. Saving what is there changes nothing.
 * @throws Invalid, NotFound, Conflict when the account is closed
 */
export const saveApp = verb({
  may: "account.manage",
  input: appInput,

  async run(step, input) {
    assertIntegration(input);
    await lockAccount(step.tx, input.accountId);
    await assertProduct(step.tx, input.productId);

    const there = await findApp(step.tx, input.sdkAppId);
    if (there && there.accountId !== input.accountId)
      throw new Invalid("errors.form", { sdkAppId: ["accounts.errors.sdkAppIdTaken"] });

    const before = there && (await snapshot(step.tx, there));
    const after = wanted(input);
    if (there && before) {
      if (hashOf(before) === hashOf(after)) return step.unchanged({ id: there.id });
      if (input.asNew) throw new Invalid("errors.form", { sdkAppId: ["accounts.errors.appKnown"] });
    }
    const id = there ? await changeApp(step, there.id, input) : await enter(step, input);
    await step.record("app.saved", {
      id,
      before,
      after,
    });
    return { id };
  },
});

async function findApp(tx: Tx, sdkAppId: string) {
  const [app] = await tx.select().from(apps).where(eq(apps.sdkAppId, sdkAppId)).for("update");
  return app;
}

async function assertProduct(tx: Tx, productId: string): Promise<void> {
  const [product] = await tx
    .select({ id: products.id })
    .from(products)
    .where(eq(products.id, productId));
  if (!product) throw new Invalid("errors.form", { productId: ["accounts.errors.product"] });
}

/** What an app is, in the shape of the record and of a comparison. */
export function wanted(input: Omit<Input, "asNew">): After<"app.saved"> {
  const { accountId, sdkAppId, name, productId, region, apiOnly, platforms } = input;
  return {
    ...{ accountId, sdkAppId, name, productId, region, apiOnly, closed: false },
    platforms: versionsOf(platforms),
  };
}

const versionsOf = (platforms: Input["platforms"]): After<"app.saved">["platforms"] =>
  Object.fromEntries(platforms.map((one) => [one.platform, one.sdkVersion]));

export async function snapshot(tx: Tx, app: App): Promise<After<"app.saved">> {
  const { accountId, sdkAppId, name, productId, region, apiOnly, closedAt } = app;
  const platforms = await tx
    .select({ platform: appPlatforms.platform, sdkVersion: appPlatforms.sdkVersion })
    .from(appPlatforms)
    .where(eq(appPlatforms.appId, app.id))
    .orderBy(asc(appPlatforms.platform));
  return {
    ...{ accountId, sdkAppId, name, productId, region, apiOnly, closed: closedAt !== null },
    platforms: versionsOf(platforms),
  };
}

async function enter({ tx, now }: RecordedStep, input: Input): Promise<string> {
  const { accountId, productId, sdkAppId, name, region, apiOnly, platforms } = input;
  const [app] = await tx
    .insert(apps)
    .values({ accountId, productId, sdkAppId, name, region, apiOnly, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: apps.id });
  if (!app) throw new Invalid("errors.form", { sdkAppId: ["accounts.errors.sdkAppIdTaken"] });
  await writePlatforms(tx, app.id, platforms);
  return app.id;
}

export async function changeApp(
  { tx }: Pick<RecordedStep, "tx">,
  id: string,
  input: Omit<Input, "asNew">,
): Promise<string> {
  const { productId, name, region, apiOnly, platforms } = input;
  await tx
    .update(apps)
    .set({ productId, name, region, apiOnly, closedAt: null })
    .where(eq(apps.id, id));
  const kept = platforms.map(({ platform }) => platform);
  await tx
    .delete(appPlatforms)
    .where(and(eq(appPlatforms.appId, id), notInArray(appPlatforms.platform, kept)));
  await writePlatforms(tx, id, platforms);
  return id;
}

async function writePlatforms(tx: Tx, appId: string, platforms: Input["platforms"]): Promise<void> {
  if (platforms.length === 0) return;
  await tx
    .insert(appPlatforms)
    .values(platforms.map((one) => ({ appId, ...one })))
    .onConflictDoUpdate({
      target: [appPlatforms.appId, appPlatforms.platform],
      set: { sdkVersion: sql`excluded.sdk_version`, lastSeenAt: null },
      setWhere: sql`${appPlatforms.sdkVersion} <> excluded.sdk_version`,
    });
}
