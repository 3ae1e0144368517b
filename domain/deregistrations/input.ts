import { z } from "zod";

import { SERVICE_CHECKS } from "@/db/vocabulary/deregistrations";

import { line, uuid } from "../input";

const serviceLine = z.object({
  count: z.int().min(0),
  numbers: z.array(z.string()),
  url: z.string().optional(),
});

/** What other rooms know of the account, as the page counts it. */
export const elsewhere = z.object({
  /** Versions that wait for the account's answer. */
  unansweredVersions: z.int().min(0),
  /** Advice after incidents that nobody has ticked off. */
  openAdvice: z.int().min(0),
  /** What the vendor's own interface says; what is missing is the owner's word (docs/decisions/088). */
  service: z.partialRecord(z.enum(SERVICE_CHECKS), serviceLine).default({}),
});

export const requestInput = z.object({
  accountId: uuid,
  typedName: line(200),
  /** "Everything bought is used up or paid": what this portal cannot see is the owner's word. */
  isSettled: z.boolean(),
  elsewhere,
});

export const deregistrationInput = z.object({ id: uuid });

/** The worker brings along what the vendor's interface says at the end. */
export const executionInput = deregistrationInput.extend({
  service: elsewhere.shape.service,
});

/** "C-2026-000007" */
export const deregistrationNumber = z.string().regex(/^C-\d{4}-\d{6,12}$/, "errors.field.invalid");
