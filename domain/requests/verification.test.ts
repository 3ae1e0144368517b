import { readdirSync, readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { type Request, requestDecisions, requestEvents, requests } from "@/db/schema";
import type { Person } from "@/domain/context";
import { Conflict, Invalid } from "@/domain/errors";
import { seal } from "@/lib/seal";
import { acting, beijing } from "@/tests/support/context";
import { asOwner } from "@/tests/support/owner";
import {
  asSeen,
  current,
  givenApproval,
  givenRequestDesk,
  givenProposal,
  givenRequest,
  givenTaken,
  moveAs,
} from "@/tests/support/requests";

import { assignRequest } from "./assign";
import { eligibleHandlersOf } from "./eligible-handlers";
import { readStaffRequest } from "./read-staff-request";
import { approveDecision, sendBackDecision } from "./review";
import { askForMore, verifyRequest } from "./verify";

const { handler, colleague, approver, requester } = await givenRequestDesk();

const at = (person: Person, time = "2026-03-05 09:00") => acting(person, time);
const filed = (traits: Partial<Request> = {}) =>
  givenRequest(requester.id, { type: "copy", ground: null, ...traits });
const take = async (request: Request, by = handler) =>
  assignRequest(at(by), { ...(await asSeen(request)), handlerId: by.id });
const sendBack = async (request: Request, decisionId: string) =>
  sendBackDecision(at(approver), { ...(await asSeen(request)), decisionId, reason: "请补充" });

describe("P27: nothing is granted before it was found out who asks", () => {
  test("an unverified case is neither granted nor partly granted; nothing is proposed", async () => {
    const request = await filed();
    await take(request);
    for (const decision of ["fulfilled", "partly_fulfilled"] as const)
      await expect(
        givenProposal(request, handler, { decision, code: "R-a" }),
      ).rejects.toMatchObject({ fields: { decision: ["requests.errors.notVerified"] } });
    expect((await current(request)).status).toBe("verifying");
    expect((await readStaffRequest(at(colleague), request)).decisions).toEqual([]);
  });

  test("a refusal that is sent back leaves the case unverified, where it stood before", async () => {
    for (const status of ["verifying", "need_more"] as const) {
      const request = await filed();
      await take(request);
      if (status === "need_more")
        await askForMore(at(handler), { ...(await asSeen(request)), text: "请补身份证明" });
      const { decisionId } = await givenProposal(request, handler, {
        ...{ decision: "refused", code: "R-5" },
      });
      await sendBack(request, decisionId);
      expect(await current(request)).toMatchObject({ status, verifiedAt: null });
      await expect(
        givenProposal(request, handler, { decision: "fulfilled" }),
      ).rejects.toMatchObject({ fields: { decision: ["requests.errors.notVerified"] } });
    }
  });

  test("a refused case that nobody verified is checked first when it is appealed", async () => {
    const request = await filed();
    await take(request);
    const { decisionId } = await givenProposal(request, handler, {
      ...{ decision: "refused", code: "R-5" },
    });
    await givenApproval(request, approver, decisionId);
    await moveAs(requester, request, { to: "appealed" });
    await take(request, colleague);
    expect((await current(request)).status).toBe("verifying");
  });

  test("the case tells its reviewer who verified it and when; asking for more takes it back", async () => {
    const request = await filed();
    await givenTaken(request, handler);
    expect(await readStaffRequest(at(approver), await proposed(request))).toMatchObject({
      verifierName: handler.name,
      verifiedAt: beijing("2026-03-03 10:00"),
    });
    const other = await filed();
    await givenTaken(other, handler);
    await askForMore(at(handler), { ...(await asSeen(other)), text: "是哪一段聊天？" });
    expect(await current(other)).toMatchObject({ verifiedAt: null, verifiedBy: null });
  });

  test("the database keeps it too, whoever writes", async () => {
    const request = await filed();
    for (const status of ["in_progress", "with_developer", "fulfilled", "partly_fulfilled"])
      await expect(
        db.execute(sql`update requests set status = ${status}, developer_due_date = '2026-03-20'
          where id = ${request.id}`),
      ).rejects.toMatchObject({ cause: { message: expect.stringContaining("is not verified") } });
    await givenTaken(request, handler);
    await expect(
      db.execute(sql`update requests set verified_at = null, verified_by = null
        where id = ${request.id}`),
    ).rejects.toThrow();
  });

  test(
    "no order of acts leads to a grant without a verification",
    { timeout: 120_000 },
    async () => {
      const act = fc.constantFrom(
        ...(["take", "verify", "ask", "reply", "grant", "part", "refuse"] as const),
        ...(["approve", "sendBack", "appeal", "approve"] as const),
      );
      let granted = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 14, maxLength: 14 }), async (acts) => {
          const request = await filed();
          for (const one of acts) {
            await perform(one, request);
            const takers = await eligibleHandlersOf(db, request);
            expect(takers.length, "a case that nobody may take").toBeGreaterThan(0);
          }
          const events = await db
            .select({ status: requestEvents.status })
            .from(requestEvents)
            .where(eq(requestEvents.requestId, request.id));
          const { status, verifiedAt } = await current(request);
          if (status !== "fulfilled" && status !== "partly_fulfilled") return;
          granted += 1;
          expect(verifiedAt).not.toBeNull();
          expect(events.map((event) => event.status)).toContain("in_progress");
        }),
        { seed: 27, numRuns: 60 },
      );
      expect(granted).toBeGreaterThan(0);
    },
  );
});

const proposed = async (request: Request) => {
  await givenProposal(request, handler, { decision: "fulfilled" });
  return request;
};

/** One act as the page's people would try it; what the rules refuse is left. */
async function perform(act: string, request: Request) {
  const { handlerId, status } = await current(request);
  const by = handlerId === colleague.id ? colleague : handler;
  const [waiting] = await db
    .select()
    .from(requestDecisions)
    .where(sql`request_id = ${request.id} and verdict is null`);
  const decisionId = waiting?.id ?? request.id;
  const propose = (decision: "fulfilled" | "partly_fulfilled" | "refused") =>
    givenProposal(request, by, { decision, code: decision === "fulfilled" ? null : "R-a" });
  const tries: Record<string, () => Promise<unknown>> = {
    take: () => take(request, status === "appealed" ? colleague : by),
    verify: async () => verifyRequest(at(by), await asSeen(request)),
    ask: async () => askForMore(at(by), { ...(await asSeen(request)), text: "请补充" }),
    reply: async () => status === "need_more" && moveAs(requester, request, { to: "verifying" }),
    grant: () => propose("fulfilled"),
    part: () => propose("partly_fulfilled"),
    refuse: () => propose("refused"),
    approve: async () => approveDecision(at(approver), { ...(await asSeen(request)), decisionId }),
    sendBack: () => sendBack(request, decisionId),
    appeal: () => moveAs(requester, request, { to: "appealed" }),
  };
  try {
    await tries[act]?.();
  } catch (error) {
    if (!(error instanceof Conflict) && !(error instanceof Invalid)) throw error;
  }
}

describe("cases from before the check was kept", () => {
  /** What the migration does with the rows it finds, statement by statement. */
  const carryOver = async () => {
    const name = readdirSync("db/migrations").find((one) => one.endsWith("_verified_cases.sql"));
    const file = readFileSync(`db/migrations/${name}`, "utf8");
    const statements = file.split("--> statement-breakpoint").map((one) => one.trim());
    const data = statements.filter((one) => /^(?:--.*\n)*(?:UPDATE|WITH)/.test(one));
    for (const statement of data.slice(1)) await db.execute(sql.raw(statement));
    return data.length;
  };

  test("who was verified stays so, who was not is checked; the named app is read out of its words", async () => {
    const good = await filed({ appName: "轻语 · SDKAppID 1400001287", namedSdkAppId: null });
    await take(good);
    await verifyRequest(at(handler, "2026-03-06 09:00"), await asSeen(good));
    const bad = await filed({ appName: "轻语" });
    await asOwner(async (tx) => {
      await tx.execute(sql`alter table requests disable trigger requests_keep_unverified_waiting`);
      await tx.execute(sql`update requests set status = 'in_progress', verified_at = null,
        verified_by = null where id in (${good.id}, ${bad.id})`);
      await tx.execute(sql`alter table requests enable trigger requests_keep_unverified_waiting`);
    });
    await db.insert(requestDecisions).values({
      ...{
        requestId: bad.id,
        decision: "fulfilled",
        explanation: seal("x", "request.explanation"),
      },
      ...{ proposedBy: handler.id, proposedAt: beijing("2026-03-04 10:00") },
      proposedFrom: "in_progress",
    });
    expect(await carryOver()).toBe(5);
    expect(await current(good)).toMatchObject({
      status: "in_progress",
      verifiedBy: handler.id,
      namedSdkAppId: "1400001287",
    });
    expect(await current(bad)).toMatchObject({ status: "verifying", verifiedAt: null });
    const [decision] = await db
      .select()
      .from(requestDecisions)
      .where(eq(requestDecisions.requestId, bad.id));
    expect(decision?.proposedFrom).toBe("verifying");
    expect((await db.select().from(requests).where(eq(requests.id, bad.id)))[0]?.revision).toBe(2);
  });
});
