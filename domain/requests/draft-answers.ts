import { z } from "zod";

import { LEGAL_REGIONS, REQUEST_TYPES } from "@/db/vocabulary/requests";
import { seal, unsealText } from "@/lib/seal";

import { storedDetails } from "./details";
import { type Answers, CAPACITIES, GROUND_CHOICES } from "./filing-steps";

const CONTEXT = "request.draft";

const stored = z.object({
  capacity: z.enum(CAPACITIES).optional(),
  accountId: z.string().optional(),
  appId: z.string().optional(),
  appName: z.string().optional(),
  sdkAppId: z.string().optional(),
  type: z.enum(REQUEST_TYPES).optional(),
  ground: z.enum(GROUND_CHOICES).optional(),
  details: storedDetails.optional(),
  facts: z.string().optional(),
  region: z.enum(LEGAL_REGIONS).optional(),
  subjects: z.array(z.string()).optional(),
  duplicates: z.number().optional(),
});

/** A draft's answers as they rest in the database. */
export const sealAnswers = (answers: Answers): Buffer => seal(JSON.stringify(answers), CONTEXT);

/** Reads them back. @throws when the row was changed by somebody else than `sealAnswers` */
export const openAnswers = (sealed: Buffer): Answers =>
  stored.parse(JSON.parse(unsealText(sealed, CONTEXT)));
