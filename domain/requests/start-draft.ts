import { count, eq } from "drizzle-orm";
import { z } from "zod";

import { requestDrafts } from "@/db/schema";
import { DELETION_GROUNDS, REQUEST_TYPES } from "@/db/vocabulary/requests";

import { person } from "../access/permissions";
import { chore } from "../chore";
import { Conflict } from "../errors";
import { line, prose } from "../input";
import { sealAnswers } from "./draft-answers";
import { assertCapacity } from "./capacity";
import { CAPACITIES } from "./filing-steps";
import { withoutLeftovers } from "./save-step";
import { LONGEST_SUBJECT, MOST_SUBJECTS } from "./subject-list";

/** More than anybody writes at a time; it keeps one person from filling the table. */
const MOST_DRAFTS = 20;

/**
 * Begins a draft, with what a support ticket's link already says. A draft is a person's own paper:
 * nothing is on the record before it is sent.
 * @throws Conflict where there are too many
 */
export const startDraft = chore({
  may: "request.file",
  input: z.object({
    capacity: z.enum(CAPACITIES, { error: "requests.errors.choose" }),
    ticketNumber: line(100).nullish(),
    type: z.enum(REQUEST_TYPES).optional(),
    ground: z.enum(DELETION_GROUNDS).optional(),
    appName: line(100).optional(),
    sdkAppId: line(20).optional(),
    facts: prose(5000).optional(),
    subjects: z.array(line(LONGEST_SUBJECT)).max(MOST_SUBJECTS).optional(),
  }),

  async run({ tx, actor, now }, { ticketNumber, ...given }) {
    const { id: ownerId } = person(actor);
    assertCapacity(actor, given.capacity);
    const [open] = await tx
      .select({ n: count() })
      .from(requestDrafts)
      .where(eq(requestDrafts.ownerId, ownerId));
    if ((open?.n ?? 0) >= MOST_DRAFTS) throw new Conflict("requests.errors.tooManyDrafts");
    const answers = withoutLeftovers(given);
    const [draft] = await tx
      .insert(requestDrafts)
      .values({
        ownerId,
        answers: sealAnswers(answers),
        ticketNumber: ticketNumber ?? null,
        createdAt: now,
        updatedAt: now,
      })
      .returning({ id: requestDrafts.id });
    if (!draft) throw new Error("the draft was not written");
    return { draftId: draft.id, answers };
  },
});
