import { z } from "zod";

import { line, uuid } from "../input";

export const requestInput = z.object({
  accountId: uuid,
  /** The account's name, typed by hand. */
  typedName: line(200),
  /** "Everything bought is used up or paid": what this portal cannot see is the owner's word. */
  isSettled: z.boolean(),
  /** Versions that wait for the account's answer, as the page knows them. */
  unansweredVersions: z.int().min(0),
});

export const deregistrationInput = z.object({ id: uuid });

/** "C-2026-000007" */
export const deregistrationNumber = z.string().regex(/^C-\d{4}-\d{6,12}$/, "errors.field.invalid");
