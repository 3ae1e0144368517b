import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, apps, type Request } from "@/db/schema";

import { Conflict, Invalid } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { computeDeveloperDueDate } from "./developer-due";
import { requestNumber, seen } from "./input";
import { moveRequest, writeRequest } from "./move";
import { lockHandledRequest } from "./handled-request";
import { isStopTask, workOf } from "./rules";
import { tellDeveloper } from "./tell";
import { findStaffRequest } from "./staff-requests";

/**
 * Sends an end user's request on to the developer of its app, who holds the data or can confirm the
 * person (P28, P29). Where the requester named the app, it goes to that one's developer and to no
 * other; `appId` and `accountId` are what the handler had before their eyes. The end user is told,
 * the account's signatories are asked to answer by a day of their own, the request's clock runs on.
 * @throws NotFound; Conflict for a developer's own request, for another app than the named one, and
 * when the app has changed hands; Invalid where no such app is in use
 */
export const routeToDeveloper = verb({
  may: "request.handle",
  input: z.object({ ...seen, appId: uuid, accountId: uuid }),

  async run(step, { appId, accountId, ...of }) {
    const found = await lockHandledRequest(step, of);
    if (found.requesterKind === "developer") throw new Conflict("requests.errors.developersOwn");
    if (found.decisionId) throw new Conflict("requests.errors.planApproved");
    const target = await readTarget(step.tx, eq(apps.id, appId));
    if (!target?.isInUse) throw new Invalid("errors.form", { app: ["requests.errors.noSuchApp"] });
    const named = await readNamedTarget(step.tx, found);
    if (named && named.appId !== appId) throw new Conflict("requests.errors.otherApp");
    if (target.accountId !== accountId) throw new Conflict("requests.errors.changedMeanwhile");
    await handOver(step, found, { appId, accountId, isNamed: named !== null });
  },
});

type Receiver = Pick<RouteTarget, "appId" | "accountId"> & { isNamed: boolean };

async function handOver(
  step: RecordedStep,
  found: Request,
  { appId, accountId, isNamed }: Receiver,
): Promise<void> {
  const developerDueDate = await computeDeveloperDueDate(step.tx, found, step.now);
  const request = await writeRequest(step.tx, found, { accountId, appId, developerDueDate });
  const moved = await moveRequest(step, { request, to: "with_developer" });
  await step.record("request.routed", {
    id: request.id,
    after: { accountId, appId, isNamed, developerDueDate },
  });
  await tellDeveloper(step, moved, isStopTask(moved) ? "developer_stop" : "developer_asked");
}

/**
 * Asks the developer to stop, once it is known that an end user withdrew their consent: it is their app
 * that collects, and it stops only where they call for it (P10, P31). Where the requester named no app
 * that is in use there is nobody to ask, and the handler looks one up.
 */
export async function askToStop(step: RecordedStep, request: Request): Promise<void> {
  if (request.requesterKind === "developer" || !isStopTask(request)) return;
  const named = await readNamedTarget(step.tx, request);
  // A moment after the verification: two moves of one moment would have no order.
  const next = { ...step, now: new Date(step.now.getTime() + 1) };
  if (named?.isInUse) await handOver(next, request, { ...named, isNamed: true });
}

export type RouteTarget = NonNullable<Awaited<ReturnType<typeof readTarget>>>;

/**
 * Where an end user's request may be sent on to, with the company behind it, before anybody does:
 * the app its requester named, or else the one whose SDKAppID the handler gives.
 * @throws NotFound
 */
export const findRouteTarget = query({
  may: "request.handle",
  input: z.object({ number: requestNumber, sdkAppId: z.string() }),

  async run({ db, actor }, { number, sdkAppId }) {
    const request = await findStaffRequest(db, { actor, number });
    const named = await readNamedTarget(db, request);
    const wanted = sdkAppId.normalize("NFKC").trim();
    const isNumber = /^\d{1,20}$/.test(wanted);
    const target = named ?? (isNumber ? await readTarget(db, eq(apps.sdkAppId, wanted)) : null);
    return {
      isNamed: named !== null,
      target: target?.isInUse ? target : null,
      /** What was looked for in vain, or the named app when nobody is behind it any more. */
      missing: target?.isInUse ? "" : (named?.sdkAppId ?? wanted),
    };
  },
});

/** Takes a case back from a developer who does not answer. @throws NotFound, Conflict */
export const takeBack = verb({
  may: "request.handle",
  input: z.object(seen),

  async run(step, of) {
    const request = await lockHandledRequest(step, of);
    if (request.status !== "with_developer") throw new Conflict("requests.errors.movedOn");
    await moveRequest(step, { request, to: workOf(request) });
    await step.record("request.taken_back", { id: request.id });
    await tellDeveloper(step, request, "developer_taken_back");
  },
});

/** The app its requester named by SDKAppID, if there is or was one of that number. */
async function readNamedTarget(db: Db | Tx, { namedSdkAppId }: Request) {
  return namedSdkAppId ? readTarget(db, eq(apps.sdkAppId, namedSdkAppId)) : null;
}

/** An app and whose it is; in use while neither it nor its account is closed. */
async function readTarget(db: Db | Tx, which: SQL) {
  const [app] = await db
    .select({
      appId: apps.id,
      accountId: apps.accountId,
      appName: apps.name,
      sdkAppId: apps.sdkAppId,
      accountName: accounts.name,
      uin: accounts.uin,
      isInUse: sql<boolean>`${apps.closedAt} is null and ${accounts.closedAt} is null`,
    })
    .from(apps)
    .innerJoin(accounts, eq(accounts.id, apps.accountId))
    .where(which);
  return app ?? null;
}
