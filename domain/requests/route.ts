import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accounts, apps } from "@/db/schema";

import { Conflict, Invalid } from "../errors";
import { verb } from "../verb";
import { reckonDeveloperDue } from "./developer-due";
import { seen } from "./input";
import { moveRequest, writeRequest } from "./move";
import { caseOf, openCase } from "./open-case";
import { tellDeveloper, tellRequester } from "./tell";

const sdkAppId = z
  .string()
  .transform((given) => given.normalize("NFKC").trim())
  .refine((given) => /^\d{1,20}$/.test(given), "requests.errors.noSuchApp");

/**
 * Sends an end user's request on to the developer of the app, who holds the data or can confirm the
 * person (P28, P29). The end user is told, the account's signatories are asked to answer by a day of
 * their own, the request's clock runs on.
 * @throws NotFound; Conflict for a developer's own request; Invalid where no such app is known
 */
export const routeToDeveloper = verb({
  may: "request.handle",
  input: z.object({ ...seen, sdkAppId }),

  async run(step, { sdkAppId: wanted, ...of }) {
    const found = await openCase(step, of);
    if (found.requesterKind === "developer") throw new Conflict("requests.errors.developersOwn");
    const { accountId, appId } = await appBy(step.tx, wanted);
    const developerDueDate = await reckonDeveloperDue(step.tx, found, step.now);
    const request = await writeRequest(step.tx, found, { accountId, appId, developerDueDate });
    const moved = await moveRequest(step, { request, to: "with_developer" });
    await step.record("request.routed", {
      subject: caseOf(request),
      after: { accountId, appId, developerDueDate },
    });
    await tellRequester(step, moved, "with_developer");
    await tellDeveloper(step, moved);
  },
});

/** Takes a case back from a developer who does not answer. @throws NotFound, Conflict */
export const takeBack = verb({
  may: "request.handle",
  input: z.object(seen),

  async run(step, of) {
    const request = await openCase(step, of);
    if (request.status !== "with_developer") throw new Conflict("requests.errors.movedOn");
    await moveRequest(step, { request, to: "in_progress" });
    await step.record("request.taken_back", { subject: caseOf(request) });
  },
});

async function appBy(tx: Tx, wanted: string): Promise<{ accountId: string; appId: string }> {
  const [app] = await tx
    .select({ appId: apps.id, accountId: apps.accountId })
    .from(apps)
    .innerJoin(accounts, eq(accounts.id, apps.accountId))
    .where(and(eq(apps.sdkAppId, wanted), isNull(apps.closedAt), isNull(accounts.closedAt)));
  if (!app) throw new Invalid("errors.form", { sdkAppId: ["requests.errors.noSuchApp"] });
  return app;
}
