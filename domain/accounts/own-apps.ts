import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { apps } from "@/db/schema";
import { hashOf } from "@/lib/hash";

import { person } from "../access/permissions";
import type { Actor } from "../context";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { verb } from "../verb";
import { endApp } from "./close-app";
import { countUndeclaredBeside, declarationHistory } from "./declarations";
import { appInput } from "./input";
import { appById } from "./list-apps";
import { lockOwnAccount } from "./own-members";
import { assertIntegration } from "./rules";
import { changeApp, snapshot, wanted } from "./save-app";

/**
 * An app of one's own account with what was declared of it; `isOwner` says who may change either.
 * @throws NotFound
 */
export const findOwnApp = query({
  may: "account.readOwn",
  input: z.object({ appId: uuid }),

  async run({ db, actor }, { appId }) {
    const found = await appById(db, eq(apps.id, appId));
    const own = person(actor).memberships.find((one) => one.accountId === found.account.id);
    if (!own) throw new NotFound("errors.notFound");
    const isOwner = own.role === "owner";
    const undeclaredOthers = isOwner ? await countUndeclaredBeside(db, found.app) : 0;
    return { ...found, isOwner, undeclaredOthers, history: await declarationHistory(db, appId) };
  },
});

/**
 * Changes an app of one's own account: its name, region and how it integrates; a closed one is opened
 * again. Which app and product it is, stays. Saving what is there changes nothing.
 * @throws Invalid, NotFound, Conflict when the account is closed
 */
export const saveOwnApp = verb({
  may: "app.manageOwn",
  input: appInput.pick({ name: true, region: true, apiOnly: true, platforms: true }).extend({
    appId: uuid,
  }),

  async run(step, { appId, ...integration }) {
    assertIntegration(integration);
    const app = await lockOwnApp(step.tx, step.actor, appId);
    const { accountId, sdkAppId, productId } = app;
    const input = { ...integration, accountId, sdkAppId, productId };
    const [before, after] = [await snapshot(step.tx, app), wanted(input)];
    if (hashOf(before) === hashOf(after)) return step.unchanged();
    await changeApp(step, appId, input);
    await step.record("app.saved", { id: appId, before, after });
  },
});

/** Closes an app of one's own account; saving it opens it again. Twice is harmless. @throws NotFound, Conflict */
export const closeOwnApp = verb({
  may: "app.manageOwn",
  input: z.object({ appId: uuid }),

  async run(step, { appId }) {
    await endApp(step, await lockOwnApp(step.tx, step.actor, appId));
  },
});

/** An app of an account that the actor owns, both locked. @throws NotFound, Conflict */
export async function lockOwnApp(tx: Tx, actor: Actor, appId: string) {
  const [seen] = await tx.select().from(apps).where(eq(apps.id, appId));
  if (!seen) throw new NotFound("errors.notFound");
  await lockOwnAccount(tx, actor, seen.accountId);
  const [app] = await tx
    .select()
    .from(apps)
    .where(and(eq(apps.id, appId), eq(apps.accountId, seen.accountId)))
    .for("update");
  if (!app) throw new NotFound("errors.notFound");
  return app;
}
