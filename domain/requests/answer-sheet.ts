import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { auditEntries, type Request, requestEvents } from "@/db/schema";
import { hashOf } from "@/lib/hash";
import { unsealText } from "@/lib/seal";
import { shanghaiDay } from "@/lib/shanghai";

import { person } from "../access/permissions";
import { termDays } from "../calendar/due-date";
import { readCalendar } from "../calendar/read-calendar";
import { NotFound } from "../errors";
import { query } from "../query";
import { answerStated, givenAnswers } from "./answer";
import { clockStart, dueIn } from "./due-date";
import { requestNumber } from "./input";
import { filesOfRequest } from "./keep-file";
import { findOwn } from "./readable-requests";
import { findStaffRequest } from "./staff-requests";

export type AnswerSheet = Awaited<ReturnType<typeof readOwnAnswer>>;

/** `sequence` counts a request's answers from the first: an appeal brings a second. */
const input = z.object({ number: requestNumber, sequence: z.coerce.number().int().positive() });

/** An answer as a sheet to keep, for the requester and who else follows the request. @throws NotFound */
export const readOwnAnswer = query({
  may: "request.readOwn",
  input,

  async run({ db, actor }, { number, sequence }) {
    const request = await findOwn(db, { actor, number });
    // What goes with an answer is for the requester alone, not for who looks on.
    return sheetOf(db, { request, sequence, withFiles: request.requesterId === person(actor).id });
  },
});

/** The same for the case's people, who may send it by post. @throws NotFound */
export const readStaffAnswer = query({
  may: "request.readAsStaff",
  input,

  async run({ db, actor }, { number, sequence }) {
    const request = await findStaffRequest(db, { actor, number });
    return sheetOf(db, { request, sequence, withFiles: true });
  },
});

type Wanted = { request: Request; sequence: number; withFiles: boolean };

async function sheetOf(db: Db | Tx, { request, sequence, withFiles }: Wanted) {
  const answers = await answersOf(db, request);
  const answer = answers.at(-sequence);
  if (!answer) throw new NotFound("errors.notFound");
  const { id, number, type, receivedAt, locale } = request;
  const stated = await answerStated(db, { request, answer });
  const hash = hashOf(stated);
  const files = withFiles ? await filesOfRequest(db, request) : [];
  return {
    ...{ number, type, receivedAt, locale, sequence, answer, stated, hash },
    /** Null for an answer given before fingerprints were put on record. */
    isUnchanged: await isOnRecord(db, { requestId: id, givenAt: answer.givenAt, hash }),
    files: files.filter(({ decisionId }) => decisionId === answer.id),
    term: await termOf(db, { request, givenAt: answer.givenAt }),
  };
}

/** Every answer given, the latest first; every one but a last one that stands was appealed against. */
export async function answersOf(db: Db | Tx, request: Request) {
  const appealedAt = await clockStart(db, request);
  return (await givenAnswers(db, request)).map(({ explanation, ...answer }, index) => {
    const { id, decision, code, paragraphs, bases, givenAt } = answer;
    return {
      ...{ id, decision, code, paragraphs, bases, givenAt },
      isAppealed: index > 0 || !request.answeredAt,
      /** It answers an appeal, and may not be appealed again. */
      isFinal: appealedAt > request.receivedAt && givenAt > appealedAt,
      /** Somebody without a mail address has none: they are told another way to object. */
      hasPage: request.requesterId !== null,
      explanation: unsealText(explanation, "request.explanation"),
    };
  });
}

/** The working day of the term on which it was answered, counted from its receipt or the appeal it answers. */
async function termOf(db: Db | Tx, { request, givenAt }: { request: Request; givenAt: Date }) {
  const [appeal] = await db
    .select({ at: requestEvents.at })
    .from(requestEvents)
    .where(
      and(
        eq(requestEvents.requestId, request.id),
        eq(requestEvents.status, "appealed"),
        lt(requestEvents.at, givenAt),
      ),
    )
    .orderBy(desc(requestEvents.at))
    .limit(1);
  const startedAt = appeal?.at ?? request.receivedAt;
  const calendar = await readCalendar(db);
  const receivedDay = shanghaiDay(startedAt);
  const { dueDate } =
    (await dueWhenGiven(db, { request, givenAt })) ?? dueIn(calendar, startedAt, request);
  const days = termDays(calendar, { receivedDay, dueDate, today: shanghaiDay(givenAt) });
  const passed = days.filter(({ isPassed }) => isPassed).length;
  return {
    ...{ startedAt, isAppeal: appeal !== undefined, dueDate, days, passed },
    all: days.filter(({ isOver }) => !isOver).length,
    over: days.filter(({ isOver }) => isOver).length,
  };
}

/** The day it was due then, as its last move kept it: a later round has a day of its own. */
async function dueWhenGiven(
  db: Db | Tx,
  { request, givenAt }: { request: Pick<Request, "id">; givenAt: Date },
): Promise<{ dueDate: string } | null> {
  const [event] = await db
    .select({ dueDate: requestEvents.dueDate })
    .from(requestEvents)
    .where(and(eq(requestEvents.requestId, request.id), eq(requestEvents.at, givenAt)))
    .orderBy(desc(requestEvents.id))
    .limit(1);
  return event?.dueDate ? { dueDate: event.dueDate } : null;
}

type Recorded = { requestId: string; givenAt: Date; hash: string };

/** Whether the fingerprint is the one that went on record when the answer was given. */
async function isOnRecord(
  db: Db | Tx,
  { requestId, givenAt, hash }: Recorded,
): Promise<boolean | null> {
  const [entry] = await db
    .select({ after: auditEntries.after })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subjectType, "request"),
        eq(auditEntries.subjectId, requestId),
        eq(auditEntries.action, "request.answered"),
        eq(auditEntries.at, givenAt),
      ),
    );
  const { answerHash: recorded } = recordedFacts.parse(entry?.after ?? {});
  return recorded === undefined ? null : recorded === hash;
}

const recordedFacts = z.object({ answerHash: z.string().optional() });
