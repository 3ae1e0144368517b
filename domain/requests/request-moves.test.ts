import { readFileSync } from "node:fs";
import { asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { apps, requestEvents } from "@/db/schema";
import { REQUEST_STATUSES, type RequestStatus } from "@/db/vocabulary/requests";
import { inRoot } from "@/lib/paths";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenProduct } from "@/tests/support/people";
import { asSeen, current, givenRequest, givenRequestDesk } from "@/tests/support/requests";

import { DomainError } from "../errors";
import { openProposal } from "./answer";
import { appealDecision } from "./appeal";
import { assignRequest } from "./assign";
import { proposeDecision } from "./decide";
import { answerAsDeveloper } from "./developer-task";
import { extendDueDate } from "./extend";
import { approveDecision, sendBackDecision } from "./review";
import { routeToDeveloper, takeBack } from "./route";
import { canMove } from "./rules";
import { askForMore, verifyRequest } from "./verify";
import { withdrawRequest } from "./withdraw";
import { writeToHandler } from "./write-to-handler";

const { handler, colleague, approver, requester } = await givenRequestDesk();
const account = await givenAccount({ productId: (await givenProduct()).id });
const owner = await givenMember(account.id, "owner");
const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));

/** How a move is written in the table of docs/request-moves.md. */
function markOf(from: RequestStatus, to: RequestStatus): string {
  const [verified, unverified] = [true, false].map((isVerified) =>
    canMove({ status: from, isVerified }, to),
  );
  if (verified && unverified) return "yes";
  if (verified) return "verified";
  return unverified ? "unverified" : "";
}

test("the printed table of moves is the one that every verb goes by", () => {
  const printed = readFileSync(inRoot("docs/request-moves.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(printed).toEqual(
    REQUEST_STATUSES.flatMap((from) =>
      REQUEST_STATUSES.filter((to) => markOf(from, to)).map((to) => [
        `\`${from}\``,
        `\`${to}\``,
        markOf(from, to),
      ]),
    ),
  );
});

type Case = Parameters<typeof asSeen>[0];

/** Everything anybody can do to a case, tried whether it fits or not. */
const ACTS: Record<string, (request: Case, minute: number) => Promise<unknown>> = {
  take: async (request, at) =>
    assignRequest(by(handler, at), { ...(await asSeen(request)), handlerId: handler.id }),
  give: async (request, at) =>
    assignRequest(by(handler, at), { ...(await asSeen(request)), handlerId: colleague.id }),
  verify: async (request, at) =>
    verifyRequest(by(await holderOf(request), at), await asSeen(request)),
  ask: async (request, at) =>
    askForMore(by(await holderOf(request), at), { ...(await asSeen(request)), text: "请补充" }),
  reply: async ({ id }, at) =>
    writeToHandler(by(requester, at), {
      ...{ number: (await current({ id })).number, body: "已补充", file: null },
    }),
  route: async (request, at) =>
    routeToDeveloper(by(await holderOf(request), at), {
      ...(await asSeen(request)),
      ...{ appId: app!.id, accountId: account.id },
    }),
  takeBack: async (request, at) => takeBack(by(await holderOf(request), at), await asSeen(request)),
  developer: async ({ id }, at) =>
    answerAsDeveloper(by(owner, at), {
      ...{ number: (await current({ id })).number, answer: "handled", text: "" },
    }),
  grant: async (request, at) => propose(request, at, { decision: "fulfilled", code: null }),
  refuse: async (request, at) => propose(request, at, { decision: "refused", code: "R-a" }),
  approve: async (request, at) =>
    approveDecision(by(approver, at), { ...(await asSeen(request)), ...(await waiting(request)) }),
  sendBack: async (request, at) =>
    sendBackDecision(by(approver, at), {
      ...{ ...(await asSeen(request)), ...(await waiting(request)) },
      reason: "请写明",
    }),
  extend: async (request, at) =>
    extendDueDate(by(await holderOf(request), at), {
      ...(await asSeen(request)),
      reason: "要更久",
    }),
  withdraw: async ({ id }, at) =>
    withdrawRequest(by(requester, at), { number: (await current({ id })).number }),
  appeal: async ({ id }, at) =>
    appealDecision(by(requester, at), {
      ...{ number: (await current({ id })).number, reason: "不同意" },
    }),
};

const by = (person: typeof handler, minute: number) =>
  acting(person, `2026-03-03 10:${String(minute).padStart(2, "0")}`);

async function holderOf({ id }: Case) {
  return (await current({ id })).handlerId === colleague.id ? colleague : handler;
}

const waiting = async ({ id }: Case) => ({
  decisionId: (await openProposal(db, id))?.id ?? "00000000-0000-4000-8000-000000000000",
});

async function propose(
  request: Case,
  at: number,
  answer: Pick<Parameters<typeof proposeDecision>[1], "decision" | "code">,
) {
  return proposeDecision(by(await holderOf(request), at), {
    ...{ ...(await asSeen(request)), ...answer },
    explanation: "已核对。",
  });
}

test("P27, P36: whatever is tried in whatever order, no case goes a way that the table does not know", async () => {
  const order = fc.array(fc.constantFrom(...Object.keys(ACTS)), { minLength: 12, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(order, async (acts) => {
      const request = await givenRequest(requester.id, { type: "consult", ground: null });
      let isVerified = false;
      for (const [minute, act] of acts.entries()) {
        await ACTS[act]!(request, minute).catch((error: unknown) => {
          if (!(error instanceof DomainError)) throw error;
        });
        const now = await current(request);
        const path = await pathOf(request);
        expect(now.status).toBe(path.at(-1));
        for (const [index, to] of path.entries())
          if (index > 0)
            expect(
              [true, false].some((one) =>
                canMove({ status: path[index - 1]!, isVerified: one }, to),
              ),
              path.join(" > "),
            ).toBe(true);
        isVerified = now.verifiedAt !== null;
        const needsIt = ["in_progress", "with_developer", "fulfilled", "partly_fulfilled"];
        if (needsIt.includes(now.status)) expect(isVerified, path.join(" > ")).toBe(true);
      }
    }),
    { numRuns: 6 },
  );
}, 60_000);

const pathOf = async ({ id }: Case): Promise<RequestStatus[]> =>
  (
    await db
      .select({ status: requestEvents.status })
      .from(requestEvents)
      .where(eq(requestEvents.requestId, id))
      .orderBy(asc(requestEvents.at), asc(requestEvents.id))
  ).map(({ status }) => status);
