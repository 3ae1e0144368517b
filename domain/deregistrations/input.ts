import { z } from "zod";

import { line, uuid } from "../input";

/** What other rooms know of the account, as the page counts it. */
export const elsewhere = z.object({
  /** Versions that wait for the account's answer. */
  unansweredVersions: z.int().min(0),
  /** Advice after incidents that nobody has ticked off. */
  openAdvice: z.int().min(0),
});

export const requestInput = z.object({
  accountId: uuid,
  typedName: line(200),
  /** "Everything bought is used up or paid": what this portal cannot see is the owner's word. */
  isSettled: z.boolean(),
  elsewhere,
});

export const deregistrationInput = z.object({ id: uuid });

/** "C-2026-000007" */
export const deregistrationNumber = z.string().regex(/^C-\d{4}-\d{6,12}$/, "errors.field.invalid");
