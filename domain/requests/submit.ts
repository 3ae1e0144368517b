import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { requestDrafts, requestFiles, requests } from "@/db/schema";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import type { RequestType } from "@/db/vocabulary/requests";
import { seal } from "@/lib/seal";

import { membershipIn, person } from "../access/permissions";
import { Invalid, NotFound } from "../errors";
import { uuid } from "../input";
import { nextNumber } from "../next-number";
import { type RecordedStep, verb } from "../verb";
import { FILING_ROLES } from "./capacity";
import { regionOf } from "./app-declarations";
import { sealDetails } from "./details";
import { computeDueDate } from "./due-date";
import { openAnswers } from "./draft-answers";
import {
  type Answers,
  isDeveloper,
  needsSubjects,
  openStep,
  requesterKindOf,
} from "./filing-steps";
import { filesOfDraft } from "./find-draft";
import { noteEvent } from "./move";
import { ordersStopAt } from "./rules";
import { tellHandlers, tellRequester } from "./tell";

/**
 * Files a draft: one draft makes one request, however often it is sent. The draft goes, its files
 * stay with the request, the clock starts, the requester is told.
 * @returns the number, the first one when it has been filed before
 * @throws NotFound for anybody else's draft; Invalid naming the step that is still open
 */
export const submitRequest = verb({
  may: "request.file",
  input: z.object({ draftId: uuid, locale: z.enum(LOCALES) }),

  async run(step, { draftId, locale }): Promise<{ number: string }> {
    const { tx, actor, record, unchanged } = step;
    const { id: ownerId } = person(actor);
    const [draft] = await tx
      .select()
      .from(requestDrafts)
      .where(and(eq(requestDrafts.id, draftId), eq(requestDrafts.ownerId, ownerId)))
      .for("update");
    if (!draft) return unchanged(findFiled(tx, { draftId, requesterId: ownerId }));
    const answers = openAnswers(draft.answers);
    const files = await filesOfDraft(tx, draftId);
    const open = openStep(answers, files.length);
    if (open !== "check") throw new Invalid("requests.errors.incomplete", { [open]: [] });
    if (isDeveloper(answers.capacity)) membershipIn(actor, answers.accountId ?? "", FILING_ROLES);

    const request = await insert(step, {
      draftId,
      ticketNumber: draft.ticketNumber,
      answers,
      locale,
    });
    await tx
      .update(requestFiles)
      .set({ requestId: request.id, draftId: null })
      .where(eq(requestFiles.draftId, draftId));
    await tx.delete(requestDrafts).where(eq(requestDrafts.id, draftId));
    await record("request.filed", {
      id: request.id,
      after: {
        number: request.number,
        type: request.type,
        ground: request.ground,
        requesterKind: request.requesterKind,
        accountId: request.accountId,
        ticketNumber: request.ticketNumber,
        subjectCount: request.subjectCount,
        files: files.map(({ sha256 }) => sha256),
        dueDate: request.dueDate,
        stopOrderedAt: request.stopOrderedAt,
      },
    });
    await tellRequester(step, request, "received");
    await tellHandlers(step, request, { event: "handler_filed" });
    return { number: request.number };
  },
});

type Filed = { draftId: string; requesterId: string };

/** The request this draft has become. @throws NotFound where there never was such a draft of theirs */
async function findFiled(tx: Tx, { draftId, requesterId }: Filed): Promise<{ number: string }> {
  const [filed] = await tx
    .select({ number: requests.number })
    .from(requests)
    .where(and(eq(requests.draftId, draftId), eq(requests.requesterId, requesterId)));
  if (!filed) throw new NotFound("errors.notFound");
  return filed;
}

type Filing = { draftId: string; ticketNumber: string | null; answers: Answers; locale: Locale };

async function insert(step: RecordedStep, { draftId, ticketNumber, answers, locale }: Filing) {
  const { tx, actor, now } = step;
  const { capacity, type, facts = "" } = answers;
  if (!capacity || !type) throw new Error("a complete draft names its capacity and type");
  const place = placeOf(answers);
  const { region, dueDate, isProvisional } = await clockOf(step, { type, answers, place });
  const subjects = needsSubjects(answers) ? (answers.subjects ?? []) : [];
  const [request] = await tx
    .insert(requests)
    .values({
      number: await nextNumber(step, "request"),
      draftId,
      type,
      channel: ticketNumber ? "ticket" : "portal",
      requesterKind: requesterKindOf(capacity),
      requesterId: person(actor).id,
      ...place,
      region,
      onBehalf: capacity === "on_behalf",
      ground: groundOf(answers),
      facts: seal(facts, "request.facts"),
      subjects: subjects.length > 0 ? seal(subjects.join("\n"), "request.subjects") : null,
      details: sealDetails(answers.details ?? {}),
      subjectCount: subjects.length,
      ticketNumber,
      locale,
      receivedAt: now,
      loggedAt: now,
      dueDate,
      isDueProvisional: isProvisional,
      stopOrderedAt: ordersStopAt(type, { moment: "filed", now }),
    })
    .returning();
  if (!request) throw new Error("the request was not written");
  await noteEvent(step, request);
  return request;
}

type Placed = { type: RequestType; answers: Answers; place: ReturnType<typeof placeOf> };

/** Whose law applies, and by when it is answered. */
async function clockOf({ tx, now }: RecordedStep, { type, answers, place }: Placed) {
  const region = await regionOf(tx, { ...place, region: answers.region ?? null });
  return { region, ...(await computeDueDate(tx, now, { type, region, extendedAt: null })) };
}

const groundOf = ({ ground = "unsure" }: Answers) => (ground === "unsure" ? null : ground);

const placeOf = (answers: Answers) => ({
  accountId: answers.accountId ?? null,
  appId: answers.appId || null,
  appName: namedApp(answers),
  namedSdkAppId: answers.sdkAppId || null,
});

/** The app in the end user's own words; whether there is such an app is not looked up here. */
export function namedApp({
  appName,
  sdkAppId,
}: Pick<Answers, "appName" | "sdkAppId">): string | null {
  if (!appName) return null;
  return sdkAppId ? `${appName} · SDKAppID ${sdkAppId}` : appName;
}
