import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { unreachedAccounts } from "@/db/schema";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { prose, uuid } from "../input";
import { verb } from "../verb";

/** Says how an unreached account was told after all, or why not. @throws NotFound, Conflict, Invalid */
export const settleUnreached = verb({
  may: "unreached.settle",
  input: z.object({ broadcastId: uuid, accountId: uuid, note: prose(2000) }),

  async run({ tx, actor, now, record }, { broadcastId, accountId, note }) {
    const isTask = and(
      eq(unreachedAccounts.broadcastId, broadcastId),
      eq(unreachedAccounts.accountId, accountId),
    );
    const [task] = await tx.select().from(unreachedAccounts).where(isTask).for("update");
    if (!task) throw new NotFound("errors.notFound");
    if (task.settledAt) throw new Conflict("broadcasts.errors.settledAlready");
    if (!note.trim()) throw new Invalid("errors.form", { note: ["broadcasts.errors.noteMissing"] });

    await tx
      .update(unreachedAccounts)
      .set({ settledAt: now, settledBy: person(actor).id, note: note.trim() })
      .where(isTask);
    await record("unreached.settled", {
      id: accountId,
      after: { broadcastId, note: note.trim() },
    });
  },
});
