import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { askTasks, askWaivers } from "@/db/schema";
import { ASK_STATES } from "@/db/vocabulary/policies";

import { person } from "../access/permissions";
import { askedVersions, askJoins, askState } from "../broadcasts/asks";
import { Conflict, Invalid } from "../errors";
import { prose, uuid } from "../input";
import { readRow } from "../rows";
import { verb } from "../verb";
import { lockVersion } from "./find";

const WAIVABLE = ["waiting", "deferred", "overdue", "joined_later"];

/** Asks one account no longer for its answer to a version, with the reason. @throws NotFound, Conflict, Invalid */
export const waiveAnswer = verb({
  may: "policy.waive",
  fresh: true,
  input: z.object({ versionId: uuid, accountId: uuid, reason: prose(1000) }),

  async run({ tx, actor, now, record }, { versionId, accountId, reason }) {
    await lockVersion(tx, versionId, "share");
    if (!reason.trim()) throw new Invalid("errors.form", { reason: ["errors.field.required"] });
    const row = await readRow(tx, z.object({ state: z.enum(ASK_STATES) }))`
      select ${askState(now)} as state
      from (select * from accounts where id = ${accountId} for no key update) a
      cross join (${askedVersions(sql`v.id = ${versionId}`)}) v ${askJoins}
      where exists (
        select 1 from apps
        where apps.account_id = a.id and apps.product_id = v.product_id and apps.closed_at is null
      )`;
    if (!row || !WAIVABLE.includes(row.state)) throw new Conflict("policies.errors.nothingToWaive");
    await tx.insert(askWaivers).values({
      ...{ versionId, accountId },
      reason: reason.trim(),
      waivedBy: person(actor).id,
      waivedAt: now,
    });
    await tx
      .update(askTasks)
      .set({ settledAt: now })
      .where(
        and(
          eq(askTasks.versionId, versionId),
          eq(askTasks.accountId, accountId),
          isNull(askTasks.settledAt),
        ),
      );
    await record("ask.waived", { id: accountId, after: { versionId, reason: reason.trim() } });
  },
});
