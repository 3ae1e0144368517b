import { randomInt } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import {
  apps,
  broadcasts,
  deliveries,
  disposals,
  type Request,
  requestEvents,
  requestFiles,
  requests,
} from "@/db/schema";
import type { RequestUpdate } from "@/db/vocabulary/requests";
import { openTrail } from "@/domain/audit/record";
import { readFacts, type RequestUpdateFacts } from "@/domain/broadcasts/facts";
import { enterKnownYears } from "@/domain/calendar/known-years";
import { asJob, type Person } from "@/domain/context";
import { assignRequest } from "@/domain/requests/assign";
import { proposeDecision } from "@/domain/requests/decide";
import { planDisposal } from "@/domain/requests/disposals";
import { confirmStop } from "@/domain/requests/confirm-stop";
import { computeDueDate } from "@/domain/requests/due-date";
import { lockRequest, moveRequest } from "@/domain/requests/move";
import { approveDecision } from "@/domain/requests/review";
import { routeToDeveloper } from "@/domain/requests/route";
import { verifyRequest } from "@/domain/requests/verify";
import { seal } from "@/lib/seal";
import { requestReader } from "@/wording/request-reader";

import { acting, beijing } from "./context";
import { givenAccount, givenMember, givenProduct, givenStaff } from "./people";

/** Two handlers, an approver, and somebody whose requests are `filed`. */
export async function givenRequestDesk() {
  await enterKnownYears(asJob("setup", beijing("2026-01-05 09:00")));
  const requester = await givenStaff();
  return {
    handler: await givenStaff("handler"),
    colleague: await givenStaff("handler"),
    approver: await givenStaff("approver"),
    requester,
    filed: (traits: Partial<Request> = {}) => givenRequest(requester.id, traits),
  };
}

/** A request as it stands when it was just filed; `traits` say what is special about it. */
export async function givenRequest(
  requesterId: string | null,
  { receivedAt = beijing("2026-03-02 09:00"), ...traits }: Partial<Request> = {},
): Promise<Request> {
  const { type = "delete", region = null, extendedAt = null } = traits;
  const { dueDate, isProvisional } = await computeDueDate(db, receivedAt, {
    ...{ type, region, extendedAt },
  });
  const [request] = await db
    .insert(requests)
    .values({
      number: `R-2026-${randomInt(1e11, 2e11)}`,
      type: "delete",
      channel: "portal",
      requesterKind: "end_user",
      requesterId,
      ground: "c",
      facts: seal("请删除我的聊天记录", "request.facts"),
      subjects: seal("alice-0815\nbob-0816", "request.subjects"),
      subjectCount: 2,
      locale: "zh-CN",
      receivedAt,
      loggedAt: receivedAt,
      dueDate,
      isDueProvisional: isProvisional,
      stopOrderedAt: traits.type === "child_data" ? receivedAt : null,
      ...(await verificationOf(traits, requesterId, receivedAt)),
      ...traits,
    })
    .returning();
  await db
    .insert(requestEvents)
    .values({ requestId: request!.id, status: request!.status, byId: null, at: receivedAt });
  return request!;
}

/** What is worked on or granted was verified by somebody. */
async function verificationOf(
  { status = "received" }: Partial<Request>,
  requesterId: string | null,
  verifiedAt: Date,
) {
  if (!["in_progress", "with_developer", "fulfilled", "partly_fulfilled"].includes(status)) return;
  return { verifiedAt, verifiedBy: requesterId ?? (await givenStaff("handler")).id };
}

/** A proof file of a request. */
export async function givenFile(request: Request, uploadedBy: Person, text = "proof") {
  const [file] = await db
    .insert(requestFiles)
    .values({
      requestId: request.id,
      name: "证明.pdf",
      mediaType: "application/pdf",
      size: text.length,
      sha256: "0".repeat(64),
      content: seal(text, "request.file"),
      uploadedBy: uploadedBy.id,
      uploadedAt: request.receivedAt,
    })
    .returning();
  return file!;
}

/** A request as it is now, with the number and revision a page would send. */
export async function current({ id }: Pick<Request, "id">): Promise<Request> {
  const [request] = await db.select().from(requests).where(eq(requests.id, id));
  return request!;
}

/** What a form of the case page sends along: which case, and how it was when it was looked at. */
export async function asSeen(request: Request) {
  const { number, revision } = await current(request);
  return { number, revision };
}

/** Takes a case and verifies it: it is in progress then. */
export async function givenTaken(request: Request, handler: Person, at = "2026-03-03 10:00") {
  const ctx = acting(handler, at);
  await assignRequest(ctx, { ...(await asSeen(request)), handlerId: handler.id });
  if ((await current(request)).status === "verifying")
    await verifyRequest(ctx, await asSeen(request));
}

/** Plans to delete the profile and to hold what the law requires. */
export async function givenPlan(request: Request, handler: Person) {
  const ctx = acting(handler, "2026-03-03 11:00");
  const plan = { holdReason: null, holdText: null, dueDate: "2026-03-20" };
  await planDisposal(ctx, {
    ...(await asSeen(request)),
    ...plan,
    store: "profile",
    action: "delete",
  });
  await planDisposal(ctx, {
    ...(await asSeen(request)),
    ...plan,
    store: "logs",
    action: "hold",
    holdReason: "law",
    holdText: "网络日志依法留存六个月。",
  });
}

/** Confirms that processing has stopped: of a withdrawal that plans the disposal of every store. */
export async function givenStopped(request: Request, handler: Person) {
  await confirmStop(acting(handler, "2026-03-03 12:00"), {
    ...(await asSeen(request)),
    stoppedAt: "2026-03-03T11:30:00+08:00",
    what: "离线推送已关闭，不再收集设备标识。",
  });
}

/** Holds every store that is planned, as the law requires: nothing is left to be done then. */
export const givenHeld = ({ id }: Pick<Request, "id">) =>
  db
    .update(disposals)
    .set({ action: "hold", holdReason: "law", holdText: "依法留存六个月。" })
    .where(eq(disposals.requestId, id));

type Proposal = Pick<Parameters<typeof proposeDecision>[1], "decision"> & {
  code?: Parameters<typeof proposeDecision>[1]["code"];
  withEea?: boolean;
};

/** Proposes an answer; it waits for a second person then. */
export async function givenProposal(
  request: Request,
  handler: Person,
  { decision, code = null, withEea = false }: Proposal,
) {
  return proposeDecision(acting(handler, "2026-03-04 10:00"), {
    ...(await asSeen(request)),
    ...{ decision, code, withEea },
    explanation: "我们核对了您提供的材料。",
  });
}

/** A second person approves what waits. */
export async function givenApproval(request: Request, reviewer: Person, decisionId: string) {
  await approveDecision(acting(reviewer, "2026-03-05 10:00"), {
    ...(await asSeen(request)),
    decisionId,
  });
}

/** An end user's request that is with a developer since 2026-03-03; who may answer for the account. */
export async function givenRouted(request: Request, handler: Person) {
  const product = await givenProduct();
  const account = await givenAccount({ productId: product.id });
  const owner = await givenMember(account.id, "owner");
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  await givenTaken(request, handler);
  await routeToDeveloper(acting(handler, "2026-03-03 10:30"), {
    ...(await asSeen(request)),
    appId: app!.id,
    accountId: account.id,
  });
  return { account, owner, sdkAppId: app!.sdkAppId };
}

/** What the requester does on their own page, as the filing side does it. */
export const moveAs = (
  requester: Person,
  request: Request,
  { to, at = "2026-03-10 09:00" }: { to: "withdrawn" | "appealed" | "verifying"; at?: string },
) =>
  db.transaction(async (tx) => {
    const step = { tx, ...acting(requester, at) };
    const locked = await lockRequest(tx, { id: request.id });
    await moveRequest({ ...step, ...openTrail(step).trail }, { request: locked, to });
  });

/** The events that anybody was told of about a request, in order; `readers` says of whom. */
export async function told(
  request: Pick<Request, "id">,
  readers: readonly ("requester" | "developer" | "handler")[] = ["requester", "developer"],
): Promise<string[]> {
  const rows = await db
    .select({ facts: broadcasts.facts })
    .from(broadcasts)
    .where(and(eq(broadcasts.kind, "request_update"), eq(broadcasts.subjectId, request.id)))
    // The tests' clock stands still, so rows of one moment are told apart by where they were written.
    .orderBy(broadcasts.startedAt, sql`${broadcasts}.ctid`);
  return rows
    .map(({ facts }) => facts as RequestUpdateFacts)
    .filter((facts) => readers.includes(requestReader(facts)))
    .map(({ event }) => event);
}

/** Who has an in-site message that tells of such an event. */
export async function toldPeople(request: Pick<Request, "id">, event: RequestUpdate) {
  const rows = await db
    .select({ userId: deliveries.userId })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(
      and(
        eq(broadcasts.subjectId, request.id),
        sql`${broadcasts.facts} ->> 'event' = ${event}`,
        eq(deliveries.channel, "inbox"),
      ),
    );
  return rows.map(({ userId }) => userId);
}

/** The facts of what somebody is told of requests by a channel, in order. */
export async function updatesTo(channel: "email" | "inbox", { id }: Person) {
  const rows = await db
    .select({ kind: broadcasts.kind, facts: broadcasts.facts })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(and(eq(deliveries.userId, id), eq(deliveries.channel, channel)))
    .orderBy(broadcasts.startedAt);
  return rows.map(({ kind, facts }) => {
    const told = readFacts(kind, facts);
    if (told.kind !== "request_update") throw new Error("no update of a request");
    return told.facts;
  });
}
