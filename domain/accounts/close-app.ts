import { eq } from "drizzle-orm";
import { z } from "zod";

import { type App, apps } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { type RecordedStep, verb } from "../verb";

/**
 * Closes an app: its account is told about the product's policies no longer, unless another app
 * remains. Saving the app opens it again. Closing it twice is harmless. @throws NotFound
 */
export const closeApp = verb({
  may: "account.manage",
  input: z.object({ appId: uuid }),

  async run(step, { appId }) {
    const [app] = await step.tx.select().from(apps).where(eq(apps.id, appId)).for("update");
    if (!app) throw new NotFound("errors.notFound");
    return endApp(step, app);
  },
});

/** Closes an app that is locked. */
export async function endApp({ tx, now, record, unchanged }: RecordedStep, app: App) {
  const { id, accountId, sdkAppId } = app;
  if (app.closedAt) return unchanged({ accountId });
  await tx.update(apps).set({ closedAt: now }).where(eq(apps.id, id));
  await record("app.closed", {
    id,
    before: { accountId, sdkAppId, closed: false },
    after: { accountId, sdkAppId, closed: true },
  });
  return { accountId };
}
