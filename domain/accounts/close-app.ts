import { eq } from "drizzle-orm";
import { z } from "zod";

import { apps } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";

/**
 * Closes an app: its account is told about the product's policies no longer, unless another app
 * remains. Saving the app opens it again. Closing it twice is harmless. @throws NotFound
 */
export const closeApp = verb({
  may: "account.manage",
  input: z.object({ appId: uuid }),

  async run({ tx, now, record, unchanged }, { appId }) {
    const [app] = await tx.select().from(apps).where(eq(apps.id, appId)).for("update");
    if (!app) throw new NotFound("errors.notFound");
    const { accountId, sdkAppId } = app;
    if (app.closedAt) return unchanged({ accountId });
    await tx.update(apps).set({ closedAt: now }).where(eq(apps.id, appId));
    await record("app.closed", {
      id: appId,
      before: { accountId, sdkAppId, closed: false },
      after: { accountId, sdkAppId, closed: true },
    });
    return { accountId };
  },
});
