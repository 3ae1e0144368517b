import type { Tx } from "@/db/client";
import { auditEntries } from "@/db/schema";

import type { Context } from "../context";
import type { AuditAction, SubjectType } from "./actions";

export type Change = {
  subject: { type: SubjectType; id: string };
  /** Snapshots carry no secrets, and no more personal data than the entity. */
  before?: unknown;
  after?: unknown;
};

export type Trail = {
  record: (action: AuditAction, change: Change) => Promise<void>;
  /** The same for many subjects at once, as an import has them. */
  recordEach: (action: AuditAction, changes: readonly Change[]) => Promise<void>;
  /** Says that a repeat found nothing left to do, so no entry is owed. */
  unchanged: () => void;
  isSettled: () => boolean;
};

/** Rows of one statement: eight values each, and PostgreSQL takes 65,535 a statement. */
const CHUNK = 2000;

/** Opens the trail of one verb; its entries live or die with the verb's transaction. */
export function openTrail({ tx, actor, now }: Context & { tx: Tx }): Trail {
  let settled = false;

  const entry = (action: AuditAction, { subject, before, after }: Change) => ({
    action,
    actorKind: actor.kind,
    actorId: actor.id,
    subjectType: subject.type,
    subjectId: subject.id,
    at: now,
    before,
    after,
  });

  return {
    async record(action, change) {
      settled = true;
      await tx.insert(auditEntries).values(entry(action, change));
    },
    async recordEach(action, changes) {
      for (let start = 0; start < changes.length; start += CHUNK) {
        settled = true;
        const chunk = changes.slice(start, start + CHUNK);
        await tx.insert(auditEntries).values(chunk.map((change) => entry(action, change)));
      }
    },
    unchanged() {
      settled = true;
    },
    isSettled: () => settled,
  };
}
