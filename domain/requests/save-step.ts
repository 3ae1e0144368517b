import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { apps, requestDrafts } from "@/db/schema";
import { LEGAL_REGIONS, REQUEST_TYPES } from "@/db/vocabulary/requests";

import { membershipIn } from "../access/permissions";
import { chore, type Step } from "../chore";
import { Invalid, NotFound } from "../errors";
import { line, prose, uuid } from "../input";
import { listFile } from "../list-text";
import { assertCapacity, FILING_ROLES } from "./capacity";
import { detailsInput, readDetails } from "./details";
import { sealAnswers } from "./draft-answers";
import { type Answers, asksForOne, CAPACITIES, GROUND_CHOICES } from "./filing-steps";
import { lockDraft } from "./find-draft";
import { detailsOf, needsFacts } from "./rights";
import { LONGEST_SUBJECT, MOST_SUBJECTS, readListed } from "./subject-list";

const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: "requests.errors.choose" });

/** Digits or nothing; whether there is such an app is not looked up. */
export const sdkAppIdInput = z
  .string()
  .trim()
  .regex(/^\d{0,20}$/, "requests.errors.sdkAppId");

const stepInput = z.discriminatedUnion("step", [
  z.object({ step: z.literal("who"), capacity: choice(CAPACITIES) }),
  z.object({
    step: z.literal("account"),
    /** "account" or "account/app". */
    place: z.string().regex(/^[0-9a-f-]{36}(\/[0-9a-f-]{36})?$/, "requests.errors.choose"),
  }),
  z.object({
    step: z.literal("app"),
    appName: line(100),
    sdkAppId: sdkAppIdInput,
  }),
  z.object({ step: z.literal("type"), type: choice(REQUEST_TYPES) }),
  z.object({ step: z.literal("ground"), ground: choice(GROUND_CHOICES) }),
  z.object({
    step: z.literal("facts"),
    details: detailsInput,
    /** Required where the form of the type asks nothing in words. */
    facts: prose(5000),
    region: z.enum(LEGAL_REGIONS, { error: "requests.errors.choose" }).optional(),
  }),
  z.object({
    step: z.literal("subjects"),
    /** A list of 10,000 names of the longest kind, with line ends. */
    list: z.string().max(MOST_SUBJECTS * (LONGEST_SUBJECT + 2), "errors.field.tooLong"),
    /** A CSV file, which goes before the list. */
    file: listFile.default(null),
  }),
]);
type StepInput = z.output<typeof stepInput>;

/**
 * Keeps one page of the wizard in the draft. What no longer fits a new choice is dropped with it.
 * No answer tells whether an SDKAppID or UserID exists: neither is looked up.
 * @throws NotFound for anybody else's draft, account or app; Invalid, line by line for lists
 */
export const saveStep = chore({
  may: "request.file",
  input: z.object({ draftId: uuid, answer: stepInput }),

  async run(step, { draftId, answer }): Promise<Answers> {
    const { answers } = await lockDraft(step, draftId);
    const saved = withoutLeftovers({ ...answers, ...(await answerOf(step, answer, answers)) });
    await step.tx
      .update(requestDrafts)
      .set({ answers: sealAnswers(saved), updatedAt: step.now })
      .where(eq(requestDrafts.id, draftId));
    return saved;
  },
});

async function answerOf(step: Step, answer: StepInput, before: Answers): Promise<Answers> {
  switch (answer.step) {
    case "who":
      assertCapacity(step.actor, answer.capacity);
      return { capacity: answer.capacity };
    case "account":
      return placeOf(step, answer.place);
    case "app":
      return { appName: answer.appName, sdkAppId: answer.sdkAppId };
    case "type":
      return { type: answer.type };
    case "ground":
      return { ground: answer.ground };
    case "facts":
      return factsOf(answer, before);
    case "subjects":
      return readListed({ ...answer, isOne: asksForOne(before) });
  }
}

type FactsInput = Extract<StepInput, { step: "facts" }>;

/** @throws Invalid field by field, for what the form of the type asks and nobody answered */
function factsOf({ details, facts, region }: FactsInput, { type, capacity }: Answers): Answers {
  const kept = readDetails(details, { type, capacity });
  if (needsFacts(type, capacity) && facts.trim() === "")
    throw new Invalid("errors.form", { facts: ["errors.field.required"] });
  return { details: kept, facts, region };
}

/** @throws NotFound for an account or app that is not theirs */
async function placeOf({ tx, actor }: Step, place: string): Promise<Answers> {
  const [accountId = "", appId = ""] = place.split("/");
  membershipIn(actor, accountId, FILING_ROLES);
  if (appId) await assertAppOf(tx, { accountId, appId });
  return { accountId, appId };
}

/** @throws NotFound for an app of another account */
async function assertAppOf(tx: Tx, { accountId, appId }: { accountId: string; appId: string }) {
  const [app] = await tx.select().from(apps).where(eq(apps.id, appId));
  if (app?.accountId !== accountId) throw new NotFound("errors.notFound");
}

/** A changed mind leaves nothing behind: a ground belongs to a deletion, an account to a developer. */
export function withoutLeftovers(answers: Answers): Answers {
  const developer = answers.capacity === "own" || answers.capacity === "on_behalf";
  return {
    ...answers,
    ...(answers.type !== "delete" && { ground: undefined }),
    details: detailsLeft(answers),
    ...(developer
      ? { appName: undefined, sdkAppId: undefined }
      : { accountId: undefined, appId: undefined }),
  };
}

/** Of the answers to a form those that the form of the type now chosen asks for too. */
function detailsLeft({ type, capacity, details }: Answers): Answers["details"] {
  if (!details) return undefined;
  const asked: readonly string[] = detailsOf(type, capacity);
  return Object.fromEntries(Object.entries(details).filter(([detail]) => asked.includes(detail)));
}
