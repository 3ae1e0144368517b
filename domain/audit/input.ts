import { z } from "zod";

import { calendarDate, pageInput } from "../input";
import { AUDIT_ACTIONS, SUBJECT_TYPES } from "./entries";

const text = z.string().trim().min(1).max(200);

/**
 * What an address of the audit page may ask for. A value that cannot be read is left out, because
 * people mend addresses by hand; the page shows which filters were taken.
 */
export const auditFilter = z.object({
  /** Part of a person's name or address, a person's id, or a job's name. */
  actor: text.optional().catch(undefined),
  action: z.enum(AUDIT_ACTIONS).optional().catch(undefined),
  subjectType: z.enum(SUBJECT_TYPES).optional().catch(undefined),
  subjectId: text.optional().catch(undefined),
  /** One entry, by its number. */
  entry: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .catch(undefined),
  /** Everything about one account: itself, its members, its apps, its answers. */
  accountId: z.uuid().optional().catch(undefined),
  /** The single changes of one import, which the list otherwise folds into its entry. */
  importId: z.uuid().optional().catch(undefined),
  /** Days in Asia/Shanghai, "2026-03-02"; both are included. */
  from: calendarDate().optional().catch(undefined),
  to: calendarDate().optional().catch(undefined),
  ...pageInput,
});

export type AuditFilter = z.output<typeof auditFilter>;
