import { z } from "zod";

import type { Tx } from "@/db/client";
import { auditEntries } from "@/db/schema";

import type { Context } from "../context";
import { type AuditAction, type Change, entryOf, subjectOf } from "./entries";
import { isKept } from "./keep";

export type Trail = {
  record: <Action extends AuditAction>(action: Action, change: Change<Action>) => Promise<void>;
  /** The same for many subjects at once, as an import has them. */
  recordEach: <Action extends AuditAction>(
    action: Action,
    changes: readonly Change<Action>[],
  ) => Promise<void>;
  /** Says that nothing is left to do, so that no entry is owed and none may follow. @returns what it is given */
  unchanged: { (): void; <Result>(result: Result): Result };
};

/** How a verb has ended so far. */
type Ending = "open" | "recorded" | "unchanged";

/** Rows of one statement: eight values each, and PostgreSQL takes 65,535 a statement. */
const CHUNK = 2000;

/** Opens the trail of one verb; its entries live or die with the verb's transaction. */
export function openTrail({ tx, actor, now }: Context & { tx: Tx }) {
  let ending: Ending = "open";
  const end = (as: Ending) => {
    if (ending !== "open" && ending !== as) throw new Error(`${as}, after it was ${ending}`);
    ending = as;
  };

  const entry = (action: AuditAction, { id, subject, before, after }: Change<AuditAction>) => {
    if (isKept) assertShapes(action, { before, after });
    return {
      action,
      actorKind: actor.kind,
      actorId: actor.id,
      subjectType: subject ?? subjectOf(action),
      subjectId: id,
      at: now,
      before,
      after,
    };
  };

  const trail: Trail = {
    async record(action, change) {
      end("recorded");
      await tx.insert(auditEntries).values(entry(action, change));
    },
    async recordEach(action, changes) {
      for (let start = 0; start < changes.length; start += CHUNK) {
        end("recorded");
        const chunk = changes.slice(start, start + CHUNK);
        await tx.insert(auditEntries).values(chunk.map((change) => entry(action, change)));
      }
    },
    unchanged<Result>(result?: Result) {
      end("unchanged");
      return result;
    },
  };
  return { trail, ending: () => ending };
}

function assertShapes(action: AuditAction, snapshots: { before?: unknown; after?: unknown }): void {
  for (const side of ["before", "after"] as const) {
    const read = (entryOf(action)[side] ?? z.undefined()).safeParse(snapshots[side]);
    if (!read.success) throw new Error(`${action}, ${side}: ${z.prettifyError(read.error)}`);
  }
}
