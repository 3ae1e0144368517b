import { asc, desc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  accounts,
  apps,
  type Request,
  requestDecisions,
  requestEvents,
  requestMessages,
  users,
} from "@/db/schema";
import { unsealText } from "@/lib/seal";
import { shanghaiDay } from "@/lib/shanghai";

import { query } from "../query";
import { givenAnswers } from "./answer";
import { declaredOfApp } from "./app-declarations";
import { openDetails } from "./details";
import { isDeveloperLate } from "./developer-due";
import { answersOf } from "./developer-task";
import { disposalsOf } from "./disposals";
import { dueDateStepsOf } from "./due-date";
import { handlersAmong, partsOf } from "./eligible-handlers";
import { requestNumber } from "./input";
import { filesOfRequest } from "./keep-file";
import { isOpen } from "./rules";
import { findStaffRequest } from "./staff-requests";

export type StaffRequest = Awaited<ReturnType<typeof readStaffRequest>>;

/**
 * A case for the people who handle, review or audit it: the facts, the files by name, what was
 * written and decided, the plan for the data, the clock. The identifiers stay covered until they
 * are asked for (`showSubjects`).
 * @throws NotFound
 */
export const readStaffRequest = query({
  may: "request.readAsStaff",
  input: z.object({ number: requestNumber }),

  async run({ db, actor, now }, { number }) {
    const request = await findStaffRequest(db, { actor, number });
    const { replyTo, stopWords } = request;
    const clock = await dueDateStepsOf(db, request, shanghaiDay(now));
    const files = await filesOfRequest(db, request);
    const answers = await givenAnswers(db, request);
    const told = await answersOf(db, request);
    return {
      ...request,
      subjects: null,
      ...(await peopleOf(db, request)),
      declared: await declaredOfApp(db, request),
      /** Who took part in the answer that is appealed; nobody without an appeal. */
      participants: await participantsOf(db, request),
      facts: unsealText(request.facts, "request.facts"),
      details: openDetails(request.details),
      replyTo: replyTo && unsealText(replyTo, "request.reply_to"),
      stopWords: stopWords && unsealText(stopWords, "request.stop"),
      isOverdue: isOpen(request.status) && request.dueDate < shanghaiDay(now),
      isDeveloperLate: isDeveloperLate(request, shanghaiDay(now)),
      clock: {
        ...clock,
        passed: clock.steps.findLast(({ day }) => day <= shanghaiDay(now))?.count ?? 0,
        all: clock.steps.at(-1)?.count ?? 0,
      },
      events: await eventsOf(db, request.id),
      messages: (await messagesOf(db, request.id)).map((one) => ({
        ...one,
        /** What the developer answered; null of every other message. */
        developer: told.find(({ id }) => id === one.id) ?? null,
        files: files.filter(({ messageId }) => messageId === one.id),
      })),
      files: files.filter((file) => file.isProof),
      decisions: (await decisionsOf(db, request.id)).map((one) => ({
        ...one,
        /** When the requester got it as their answer, and as which; null where they did not. */
        givenAt: answers.find(({ id }) => id === one.id)?.givenAt ?? null,
        sequence: placeAmong(answers, one.id),
        /** It answers an appeal, and may not be appealed again. */
        isFinal: clock.isAppeal && one.proposedAt > clock.startedAt,
        /** Somebody without a mail address has none: they are told another way to object. */
        hasPage: request.requesterId !== null,
        files: files.filter(({ decisionId }) => decisionId === one.id),
      })),
      disposals: await disposalsOf(db, request.id),
    };
  },
});

/** Counted from the first answer, which is 1. */
function placeAmong(answers: readonly { id: string }[], id: string): number | null {
  const latest = answers.findIndex((one) => one.id === id);
  return latest < 0 ? null : answers.length - latest;
}

async function peopleOf(db: Db | Tx, request: Request) {
  const { requesterId, handlerId, verifiedBy, stopConfirmedBy, accountId, appId } = request;
  const ids = [requesterId, handlerId, verifiedBy, stopConfirmedBy].filter((one) => one !== null);
  const people = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(inArray(users.id, ids));
  const [account] = await db
    .select({ name: accounts.name, uin: accounts.uin })
    .from(accounts)
    .where(accountId ? eq(accounts.id, accountId) : sql`false`);
  const [app] = await db
    .select({ name: apps.name, sdkAppId: apps.sdkAppId })
    .from(apps)
    .where(appId ? eq(apps.id, appId) : sql`false`);
  const byId = new Map(people.map((one) => [one.id, one]));
  const nameOf = (id: string | null) => byId.get(id ?? "")?.name ?? null;
  return {
    requester: byId.get(requesterId ?? "") ?? null,
    handlerName: nameOf(handlerId),
    /** False also where who has the case is no handler any more. */
    isHandled: (await handlersAmong(db, [handlerId])).size > 0,
    verifierName: nameOf(verifiedBy),
    stopperName: nameOf(stopConfirmedBy),
    account: account ?? null,
    app: app ?? null,
  };
}

async function participantsOf(db: Db | Tx, request: Request) {
  const parts = await partsOf(db, request);
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...parts.keys()]))
    .orderBy(asc(users.name));
  return people.map((one) => ({ ...one, part: parts.get(one.id) ?? "none" }));
}

const eventsOf = (db: Db | Tx, requestId: string) =>
  db
    .select({
      id: requestEvents.id,
      status: requestEvents.status,
      at: requestEvents.at,
      byName: users.name,
    })
    .from(requestEvents)
    .leftJoin(users, eq(users.id, requestEvents.byId))
    .where(eq(requestEvents.requestId, requestId))
    .orderBy(asc(requestEvents.at), asc(requestEvents.id));

async function messagesOf(db: Db | Tx, requestId: string) {
  const rows = await db
    .select({ message: requestMessages, authorName: users.name })
    .from(requestMessages)
    .innerJoin(users, eq(users.id, requestMessages.authorId))
    .where(eq(requestMessages.requestId, requestId))
    .orderBy(asc(requestMessages.at));
  return rows.map(({ message: { id, direction, body, at }, authorName }) => ({
    ...{ id, direction, at, authorName },
    text: unsealText(body, "request.message"),
  }));
}

async function decisionsOf(db: Db | Tx, requestId: string) {
  const proposer = alias(users, "proposer");
  const reviewer = alias(users, "reviewer");
  const rows = await db
    .select({
      decision: requestDecisions,
      proposerName: proposer.name,
      reviewerName: reviewer.name,
    })
    .from(requestDecisions)
    .innerJoin(proposer, eq(proposer.id, requestDecisions.proposedBy))
    .leftJoin(reviewer, eq(reviewer.id, requestDecisions.reviewedBy))
    .where(eq(requestDecisions.requestId, requestId))
    .orderBy(desc(requestDecisions.proposedAt));
  return rows.map(({ decision: { explanation, ...decision }, ...names }) => ({
    ...decision,
    ...names,
    explanation: unsealText(explanation, "request.explanation"),
  }));
}
