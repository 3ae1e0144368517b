import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import { calls, callTries } from "@/db/schema";
import { BROADCAST_KINDS } from "@/db/vocabulary/broadcasts";
import { CALL_CAUSES, CALL_RESULTS, CALL_WAYS } from "@/db/vocabulary/reach";

import { person } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { pageInput, prose, uuid } from "../input";
import { down, readPage, up } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readOneRow, readRows } from "../rows";
import { verb } from "../verb";
import { readFactsAs } from "./facts";
import { triesOf } from "./tries";

const PAGE = 30;
/** After a try that did not reach the account it is tried again within so many hours. */
const AGAIN_WITHIN_HOURS = 24;

/** What waits for somebody to call, and what was settled. */
export const CALL_SHELVES = ["open", "settled"] as const;

const tryRow = z.object({
  ...{ triedAt: z.string(), triedBy: z.string(), note: z.string() },
  ...{ way: z.enum(CALL_WAYS), result: z.enum(CALL_RESULTS) },
});
const callRow = z.object({
  ...{ cursor: z.string(), id: z.string(), cause: z.enum(CALL_CAUSES) },
  ...{ accountId: z.string(), accountName: z.string(), uin: z.string() },
  ...{ broadcastId: z.string().nullable(), kind: z.enum(BROADCAST_KINDS).nullable() },
  facts: z.unknown(),
  ...{ openedAt: momentColumn, dueAt: momentColumn, settledAt: momentColumn.nullable() },
  settledBy: z.string().nullable(),
  tries: z.array(tryRow),
});

const KEYS = {
  open: [up("moment", sql`c.due_at`), up("uuid", sql`c.id`)],
  settled: [down("moment", sql`c.settled_at`), down("uuid", sql`c.id`)],
};

export type Call = Awaited<ReturnType<typeof listCalls>>["rows"][number];

/**
 * Whom operations are to call, 30 a page: the open ones by when they are due, the settled ones newest first,
 * each with every try: when, by whom, by which way, with which result.
 */
export const listCalls = query({
  may: "unreached.read",
  input: z.object({
    shelf: z.enum(CALL_SHELVES).default("open").catch("open"),
    ...pageInput,
  }),

  async run({ db, actor, now }, { shelf, page }) {
    const { rows, ...turns } = await readPage(
      { keys: KEYS[shelf], size: PAGE, page },
      (slice) => readRows(db, callRow)`
        select ${slice.cursor} as cursor, c.id, c.cause, c.account_id as "accountId", a.name as "accountName",
          a.uin, c.broadcast_id as "broadcastId", b.kind, b.facts, c.opened_at as "openedAt",
          c.due_at as "dueAt", c.settled_at as "settledAt", s.name as "settledBy",
          coalesce((
            select json_agg(json_build_object('triedAt', t.tried_at, 'triedBy', u.name, 'way', t.way,
              'result', t.result, 'note', t.note) order by t.tried_at, t.id)
            from call_tries t join users u on u.id = t.tried_by where t.call_id = c.id
          ), '[]') as tries
        from calls c
        join accounts a on a.id = c.account_id
        left join broadcasts b on b.id = c.broadcast_id
        left join users s on s.id = c.settled_by
        where c.settled_at is ${shelf === "open" ? sql`null` : sql`not null`}
          and ${slice.beyond} order by ${slice.order} limit ${slice.limit}`,
    );
    const named = rows.flatMap(({ broadcastId, accountId }) =>
      broadcastId ? [{ broadcastId, accountId }] : [],
    );
    const sent = await triesOf(db, named);
    return {
      rows: rows.map(({ kind, facts, tries, ...row }) => ({
        ...row,
        /** What went out by itself before. */
        sent: row.broadcastId ? sent({ ...row, broadcastId: row.broadcastId }) : [],
        /** The notice that nobody has opened, or nobody follows. */
        told: kind && readFactsAs(actor, kind, facts),
        isOverdue: !row.settledAt && row.dueAt < now,
        tries: tries.map((one) => ({ ...one, triedAt: new Date(one.triedAt) })),
      })),
      ...turns,
    };
  },
});

export const countCalls = query({
  may: "unreached.read",
  input: z.object({}),

  async run({ db }): Promise<number> {
    const { open } = await readOneRow(db, z.object({ open: countColumn }))`
      select count(*) as open from calls where settled_at is null`;
    return open;
  },
});

/**
 * Writes down a try to reach an account. What reached it settles the call; another leaves it open, to be
 * tried again within a day. @throws NotFound; Conflict where it is settled; Invalid without a word of what came of it
 */
export const noteTry = verb({
  may: "unreached.settle",
  input: z.object({
    callId: uuid,
    way: z.enum(CALL_WAYS, { error: "errors.field.required" }),
    result: z.enum(CALL_RESULTS, { error: "errors.field.required" }),
    note: prose(2000),
  }),

  async run({ tx, actor, now, record }, { callId, way, result, note }) {
    const [call] = await tx.select().from(calls).where(eq(calls.id, callId)).for("update");
    if (!call) throw new NotFound("errors.notFound");
    if (call.settledAt) throw new Conflict("broadcasts.errors.callSettled");
    const words = note.trim();
    if (!words) throw new Invalid("errors.form", { note: ["broadcasts.errors.noteMissing"] });
    const by = person(actor).id;
    await tx
      .insert(callTries)
      .values({ callId, triedAt: now, triedBy: by, way, result, note: words });
    const isReached = result === "reached";
    const again = new Date(now.getTime() + AGAIN_WITHIN_HOURS * 3_600_000);
    await tx
      .update(calls)
      .set(isReached ? { settledAt: now, settledBy: by } : { dueAt: again })
      .where(eq(calls.id, callId));
    const { cause, broadcastId, accountId } = call;
    await record("call.tried", {
      id: accountId,
      after: { cause, ...(broadcastId && { broadcastId }), way, result, note: words },
    });
  },
});
