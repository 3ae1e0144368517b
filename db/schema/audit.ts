import { sql } from "drizzle-orm";
import { bigserial, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";

import { at } from "../columns";
import { ACTOR_KINDS } from "../vocabulary/access";

/** Who did what, when. Appended inside each verb's transaction; a trigger refuses update and delete. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    seq: bigserial({ mode: "number" }).primaryKey(),
    at: at().notNull(),
    action: text().notNull(),
    actorKind: text({ enum: ACTOR_KINDS }).notNull(),
    /** The person's id, the job's name, or "anonymous". */
    actorId: text().notNull(),
    subjectType: text().notNull(),
    subjectId: text().notNull(),
    before: jsonb(),
    after: jsonb(),
  },
  (t) => [
    index().on(t.subjectType, t.subjectId),
    index().on(t.subjectId),
    index().on(t.actorId, t.seq),
    index().on(t.action, t.seq),
    index().on(t.at),
    index("audit_entries_account").on(sql`(${t.after} ->> 'accountId')`),
    index("audit_entries_import").on(sql`(${t.after} ->> 'importId')`),
  ],
);

export type AuditEntry = typeof auditEntries.$inferSelect;
