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
  /** Says that a repeat found nothing left to do, so no entry is owed. */
  unchanged: () => void;
  isSettled: () => boolean;
};

/** Opens the trail of one verb; its entries live or die with the verb's transaction. */
export function openTrail({ tx, actor, now }: Context & { tx: Tx }): Trail {
  let settled = false;

  return {
    async record(action, { subject, before, after }) {
      settled = true;
      await tx.insert(auditEntries).values({
        action,
        actorKind: actor.kind,
        actorId: actor.id,
        subjectType: subject.type,
        subjectId: subject.id,
        at: now,
        before,
        after,
      });
    },
    unchanged() {
      settled = true;
    },
    isSettled: () => settled,
  };
}
