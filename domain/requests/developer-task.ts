import { and, asc, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  accounts,
  apps,
  members,
  type Request,
  requestEvents,
  requestMessages,
  users,
} from "@/db/schema";
import { type DeveloperAnswer, DEVELOPER_ANSWERS } from "@/db/vocabulary/requests";
import { seal, unsealText } from "@/lib/seal";
import { shanghaiDay } from "@/lib/shanghai";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { markReadAbout } from "../inbox/about";
import { prose } from "../input";
import { query } from "../query";
import { verb } from "../verb";
import { openDetails } from "./details";
import { isDeveloperLate } from "./developer-due";
import { requestNumber } from "./input";
import { filesInput, filesOfRequest, keepFiles } from "./keep-file";
import { lockRequest, moveRequest } from "./move";
import { RIGHTS } from "./rights";
import { workOf } from "./rules";
import { scanFiles } from "./scan-file";
import { tellHandler } from "./tell";
import { findRouted } from "./readable-requests";

/** Where a task stands: the developer's turn, answered for the account, or taken back unanswered. */
export type TaskState = "waiting" | "answered" | "taken_back";

/**
 * What a developer needs to check an end user's request that was routed to their account: what is
 * asked, of whom, and by which day they answer (P28). Not who asks, nor their proof and messages.
 * @throws NotFound for any request that was not routed to an account of theirs
 */
export const readDeveloperTask = query({
  may: "request.readOwn",
  input: z.object({ number: requestNumber }),

  async run({ db, actor, now }, { number }) {
    const request = await findRouted(db, { actor, number });
    const [account] = await db
      .select({ name: accounts.name })
      .from(accounts)
      .where(eq(accounts.id, request.accountId ?? ""));
    const [app] = await db
      .select({ productId: apps.productId })
      .from(apps)
      .where(request.appId ? eq(apps.id, request.appId) : sql`false`);
    const { id, type, ground, dueDate, isDueProvisional, appName, developerDueDate } = request;
    return {
      ...{ id, number, type, ground, requestDueDate: dueDate, isDueProvisional, appName },
      dueDate: developerDueDate ?? dueDate,
      isOverdue: isDeveloperLate(request, shanghaiDay(now)),
      /** The account is to stop, and not only to look who this is (P31). */
      isStop: RIGHTS[type].stopsProcessing === "verified",
      ...(await standOf(db, request)),
      answers: await withFiles(db, request),
      accountName: account?.name ?? "",
      facts: unsealText(request.facts, "request.facts"),
      details: openDetails(request.details),
      productId: app?.productId ?? null,
      appId: request.appId,
      subjects: request.subjects
        ? unsealText(request.subjects, "request.subjects").split("\n")
        : [],
    };
  },
});

/** When it was routed last, and what became of it then: by whom the next move was made tells. */
async function standOf(db: Db | Tx, { id, accountId, status }: Request) {
  const events = await db
    .select({ status: requestEvents.status, at: requestEvents.at, memberId: members.id })
    .from(requestEvents)
    .leftJoin(
      members,
      and(eq(members.userId, requestEvents.byId), eq(members.accountId, accountId ?? "")),
    )
    .where(eq(requestEvents.requestId, id))
    .orderBy(asc(requestEvents.at), asc(requestEvents.id));
  const at = events.findLastIndex(({ status }) => status === "with_developer");
  const next = status === "with_developer" ? undefined : events[at + 1];
  const state: TaskState = !next ? "waiting" : next.memberId ? "answered" : "taken_back";
  return { state, askedAt: events[at]?.at ?? null, endedAt: next?.at ?? null };
}

/** What a developer answered: what they chose, and their words to it. */
export type TaskAnswer = { answer: DeveloperAnswer | null; words: string };

/**
 * An answer as it is kept, sealed as one text: what was chosen as a code on the first line, then the words.
 * An older one has the chosen sentence there, in the language it was read in; it stands among the words.
 */
function readAnswer(body: string): TaskAnswer {
  const [first, ...rest] = body.split("\n");
  const answer = DEVELOPER_ANSWERS.find((one) => one === first) ?? null;
  return { answer, words: answer ? rest.join("\n").trim() : body };
}

/** What the account has answered, the latest first, by whom and when. */
export async function answersOf(db: Db | Tx, { id, accountId }: Pick<Request, "id" | "accountId">) {
  if (!accountId) return [];
  const rows = await db
    .select({
      id: requestMessages.id,
      by: users.name,
      at: requestMessages.at,
      body: requestMessages.body,
    })
    .from(requestMessages)
    .innerJoin(users, eq(users.id, requestMessages.authorId))
    .innerJoin(members, and(eq(members.userId, users.id), eq(members.accountId, accountId)))
    // It was written with the move that took the request from the account: a handler's note was not.
    .innerJoin(
      requestEvents,
      and(
        eq(requestEvents.requestId, id),
        eq(requestEvents.byId, users.id),
        eq(requestEvents.at, requestMessages.at),
        eq(requestEvents.status, "in_progress"),
      ),
    )
    .where(and(eq(requestMessages.requestId, id), eq(requestMessages.direction, "internal")))
    .orderBy(desc(requestMessages.at));
  return rows.map(({ body, ...row }) => ({
    ...row,
    ...readAnswer(unsealText(body, "request.message")),
  }));
}

/** The same with what goes with each, by name and hash. */
async function withFiles(db: Db | Tx, request: Request) {
  const [answers, files] = [await answersOf(db, request), await filesOfRequest(db, request)];
  return answers.map((one) => ({
    ...one,
    files: files
      .filter(({ messageId }) => messageId === one.id)
      .map(({ name, size, sha256 }) => ({ name, size, sha256 })),
  }));
}

/**
 * The developer answers for the account: handled, not our user, or something else in words. The
 * request goes back to its handler, who reads it as the developer's answer, with the files that go with
 * it; the requester reads neither. The clock kept running.
 * @throws NotFound; Conflict when it is no longer with the developer; Invalid without the words, or for a
 * file that is not taken
 */
export const answerAsDeveloper = verb({
  may: "request.readOwn",
  input: z
    .object({
      number: requestNumber,
      answer: z.enum(DEVELOPER_ANSWERS, { error: "requests.errors.choose" }),
      text: prose(5000),
      files: filesInput,
    })
    .refine(({ answer, text }) => answer !== "other" || text.trim() !== "", {
      error: "errors.field.required",
      path: ["text"],
    }),

  prepare: async (given) => ({ ...given, files: await scanFiles(given.files) }),

  async run(step, { number, answer, text, files }) {
    const { tx, actor, now, record } = step;
    await findRouted(tx, { actor, number });
    const request = await lockRequest(tx, { number });
    if (request.status !== "with_developer") throw new Conflict("requests.errors.notWithYou");
    const [message] = await tx
      .insert(requestMessages)
      .values({
        requestId: request.id,
        direction: "internal",
        authorId: person(actor).id,
        body: seal(`${answer}\n${text.trim()}`, "request.message"),
        at: now,
      })
      .returning({ id: requestMessages.id });
    if (!message) throw new Error("the answer was not written");
    const kept = await keepFiles(step, { requestId: request.id, messageId: message.id }, files);
    await moveRequest(step, { request, to: workOf(request) });
    await record("request.answered_by_developer", {
      id: request.id,
      after: {
        ...{ answer, accountId: request.accountId },
        ...(kept.length > 0 && { files: kept.map(({ sha256 }) => sha256) }),
      },
    });
    await markReadAbout(step, { subjectIds: [request.id] });
    await tellHandler(step, request, "handler_answered");
  },
});
