import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";

import { type Request, requests, staffRoles, users } from "@/db/schema";
import { shanghaiDay } from "@/lib/shanghai";

import { Conflict, DomainError, Invalid } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import { assertMayTake } from "./handled-request";
import { requestNumber, seen } from "./input";
import { lockRequest, moveRequest, writeRequest } from "./move";
import { isOpen, OPEN_STATUSES, workOf } from "./rules";
import { tellAssigned } from "./tell";

/**
 * Puts a case into a handler's hands, one's own or another's. What was just received is being
 * verified from then on; an appealed case is taken up again where it was, verified or not.
 * @throws NotFound; Conflict for the requester, for whoever took part in the answer that is appealed while another is there,
 * for a case that is answered or has changed meanwhile
 */
export const assignRequest = verb({
  may: "request.handle",
  input: z.object({ ...seen, handlerId: uuid }),

  async run(step, wish): Promise<void> {
    const given = await assign(step, wish);
    if (!given) return step.unchanged();
    await tellAssigned(step, wish.handlerId, [given]);
  },
});

/** So many at once: a page of the queue. */
const MOST = 50;

/** A ticked case as the page had it: "R-2026-000123 4", its number and revision. */
const tickedCase = z.string().transform((given) => {
  const [number = "", revision = ""] = given.split(" ");
  return { number: requestNumber.parse(number), revision: Number(revision) || 0 };
});

/**
 * Puts several cases into a handler's hands, all of them or none.
 * @returns how many changed hands
 * @throws Invalid without a case; Conflict naming the first that cannot be given to them
 */
export const assignRequests = verb({
  may: "request.handle",
  input: z.object({ cases: z.array(tickedCase).max(MOST), handlerId: uuid }),

  async run(step, { cases, handlerId }): Promise<{ count: number }> {
    if (cases.length === 0)
      throw new Invalid("errors.form", { cases: ["requests.errors.bulkNone"] });
    const given: Request[] = [];
    // In one order, so that two who assign at once do not wait for each other for ever.
    for (const one of cases.toSorted((a, b) => a.number.localeCompare(b.number)))
      given.push(...[await assignOrName(step, { ...one, handlerId })].filter((it) => it !== null));
    await tellAssigned(step, handlerId, given);
    const count = given.length;
    return count === 0 ? step.unchanged({ count }) : { count };
  },
});

type Wish = { number: string; revision: number; handlerId: string };

async function assignOrName(step: RecordedStep, wish: Wish): Promise<Request | null> {
  try {
    return await assign(step, wish);
  } catch (error) {
    if (error instanceof DomainError)
      throw new Conflict("requests.errors.bulkStopped", { number: wish.number });
    throw error;
  }
}

/** @returns null where the case is theirs already */
async function assign(
  step: RecordedStep,
  { number, revision, handlerId }: Wish,
): Promise<Request | null> {
  const request = await lockRequest(step.tx, { number }, revision);
  if (!isOpen(request.status)) throw new Conflict("requests.errors.movedOn");
  await assertMayTake(step.tx, request, handlerId);
  if (request.handlerId === handlerId) return null;

  const set = { handlerId };
  const isToBegin = request.status === "received" || request.status === "appealed";
  const given = isToBegin
    ? await moveRequest(step, { request, to: workOf(request), set })
    : await writeRequest(step.tx, request, set);
  await step.record("request.assigned", {
    id: request.id,
    before: { handlerId: request.handlerId },
    after: { handlerId },
  });
  return given;
}

/** Every handler, by name: to whom cases of the queue may be given. */
export const listHandlers = query({
  may: "request.handle",
  input: z.object({}),

  async run({ db, now }) {
    const isOpenCase = inArray(requests.status, OPEN_STATUSES);
    const isLate = and(isOpenCase, lt(requests.dueDate, shanghaiDay(now)));
    return db
      .select({
        id: users.id,
        name: users.name,
        /** Cases in their hands, and those of them that are past their day. */
        open: sql<number>`count(*) filter (where ${isOpenCase})::int`,
        overdue: sql<number>`count(*) filter (where ${isLate})::int`,
      })
      .from(staffRoles)
      .innerJoin(users, eq(users.id, staffRoles.userId))
      .leftJoin(requests, and(eq(requests.handlerId, users.id), isOpenCase))
      .where(eq(staffRoles.role, "handler"))
      .groupBy(users.id)
      .orderBy(asc(users.name), asc(users.id));
  },
});
