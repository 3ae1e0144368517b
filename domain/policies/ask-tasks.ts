import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { askTasks, type PolicyAcknowledgement } from "@/db/schema";
import { ASK_TASKS } from "@/db/vocabulary/policies";

import { person } from "../access/permissions";
import { askedVersions, askJoins, askState } from "../broadcasts/asks";
import { Conflict, Invalid, NotFound } from "../errors";
import { pageInput, prose, uuid } from "../input";
import { down, readPage, up } from "../page";
import { query } from "../query";
import { countColumn, idRow, momentColumn, readOneRow, readRows } from "../rows";
import { type RecordedStep, verb } from "../verb";
import { titlesColumn, versionTitles } from "./pending-answers";

const PAGE = 30;

/** What waits for somebody, and what was settled. */
export const ASK_TASK_SHELVES = ["open", "settled"] as const;

const KEYS = {
  open: [up("moment", sql`t.opened_at`), up("uuid", sql`t.id`)],
  settled: [down("moment", sql`t.settled_at`), down("uuid", sql`t.id`)],
};

const taskRow = z.object({
  cursor: z.string(),
  id: z.string(),
  kind: z.enum(ASK_TASKS),
  versionId: z.string(),
  documentId: z.string(),
  label: z.string(),
  titles: titlesColumn,
  effectiveAt: momentColumn,
  accountId: z.string(),
  accountName: z.string(),
  uin: z.string(),
  reason: z.string().nullable(),
  changeNumbers: z.array(z.int()),
  openedAt: momentColumn,
  settledAt: momentColumn.nullable(),
  settledBy: z.string().nullable(),
  note: z.string().nullable(),
});
export type AskTaskRow = Omit<z.output<typeof taskRow>, "cursor">;

/**
 * The accounts that operations have to speak to about an answer, 30 a page: silent past every
 * reminder, or not agreeing. The open ones oldest first, the settled ones newest first.
 */
export const listAskTasks = query({
  may: "policy.readCoverage",
  input: z.object({ shelf: z.enum(ASK_TASK_SHELVES).default("open").catch("open"), ...pageInput }),

  run: ({ db }, { shelf, page }) =>
    readPage(
      { keys: KEYS[shelf], size: PAGE, page },
      (slice) => readRows(db, taskRow)`
      select ${slice.cursor} as cursor, t.id, t.kind, v.id as "versionId", d.id as "documentId", v.label,
        ${versionTitles()} as titles, v.effective_at as "effectiveAt", a.id as "accountId",
        a.name as "accountName", a.uin, k.reason, coalesce(k.change_numbers, '{}') as "changeNumbers",
        t.opened_at as "openedAt", t.settled_at as "settledAt", u.name as "settledBy", t.note
      from ask_tasks t
      join policy_versions v on v.id = t.version_id
      join policy_documents d on d.id = v.document_id
      join accounts a on a.id = t.account_id
      left join users u on u.id = t.settled_by
      left join policy_acknowledgements k
        on k.version_id = t.version_id and k.account_id = t.account_id and k.answer = 'disagreed'
      where t.settled_at is ${shelf === "open" ? sql`null` : sql`not null`} and ${slice.beyond}
      order by ${slice.order} limit ${slice.limit}`,
    ),
});

export const countAskTasks = query({
  may: "policy.readCoverage",
  input: z.object({}),

  async run({ db }): Promise<number> {
    const { open } = await readOneRow(db, z.object({ open: countColumn }))`
      select count(*) as open from ask_tasks where settled_at is null`;
    return open;
  },
});

/** Says what came of speaking to the account. @throws NotFound, Conflict, Invalid */
export const settleAskTask = verb({
  may: "policy.settleAsk",
  input: z.object({ taskId: uuid, note: prose(2000) }),

  async run({ tx, actor, now, record }, { taskId, note }) {
    const [task] = await tx.select().from(askTasks).where(eq(askTasks.id, taskId)).for("update");
    if (!task) throw new NotFound("errors.notFound");
    if (task.settledAt) throw new Conflict("policies.errors.settledAlready");
    if (!note.trim()) throw new Invalid("errors.form", { note: ["errors.field.required"] });
    await tx
      .update(askTasks)
      .set({ settledAt: now, settledBy: person(actor).id, note: note.trim() })
      .where(eq(askTasks.id, taskId));
    const { versionId, accountId, kind } = task;
    await record("ask.settled", { id: accountId, after: { versionId, kind } });
  },
});

/**
 * Opens a task for every account that has stayed silent for so long that no further reminder goes out
 * (OVERDUE_DAYS). @returns how many are new
 */
export const openOverdueTasks = verb({
  may: "policy.escalate",
  input: z.object({ versionId: uuid }),

  async run({ tx, now, record, unchanged }, { versionId }) {
    const opened = await readRows(tx, idRow)`
      with v as materialized (${askedVersions(sql`v.id = ${versionId}`)})
      insert into ask_tasks (version_id, account_id, kind, opened_at)
      select v.id, a.id, 'overdue', ${now.toISOString()}::timestamptz
      from v
      join accounts a on a.closed_at is null and exists (
        select 1 from apps
        where apps.account_id = a.id and apps.product_id = v.product_id and apps.closed_at is null
      )
      ${askJoins}
      where ${askState(now)} = 'overdue'
      on conflict do nothing
      returning id`;
    if (opened.length === 0) return unchanged(0);
    await record("ask.escalated", { id: versionId, after: { accounts: opened.length } });
    return opened.length;
  },
});

/** An answer settles what was open about the account's silence; a disagreement opens its own task. */
export async function settleAskTasks(
  { tx, now }: RecordedStep,
  {
    versionId,
    accountId,
    answer,
  }: Pick<PolicyAcknowledgement, "versionId" | "accountId" | "answer">,
): Promise<void> {
  const isAbout = and(eq(askTasks.versionId, versionId), eq(askTasks.accountId, accountId));
  await tx
    .update(askTasks)
    .set({ settledAt: now })
    .where(and(isAbout, isNull(askTasks.settledAt)));
  if (answer === "disagreed")
    await tx
      .insert(askTasks)
      .values({ versionId, accountId, kind: "disagreed", openedAt: now })
      .onConflictDoNothing();
}
