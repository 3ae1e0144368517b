import { and, count, eq, gt, isNull, sql, sum } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  audienceParts,
  type Broadcast,
  broadcasts,
  deliveries,
  unreachedAccounts,
} from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { countColumn, momentColumn, readOneRow, readRow } from "../rows";
import { readFactsAs } from "./facts";
import { readWithheld } from "./mail-routes";
import { isOpenPart } from "./parts";
import { IS_RETRYABLE } from "./retryable";
import { readWaves } from "./waves";

const MINUTE_MS = 60_000;

/**
 * One broadcast with its totals per channel and status; while it runs, how many mails leave per
 * minute at the pace of the last one; what steering it would concern; and how many accounts a
 * mandatory one has left unreached. @throws NotFound
 */
export const findBroadcast = query({
  may: "broadcast.read",
  input: z.object({ id: uuid }),

  async run({ db, actor, now }, { id }) {
    const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
    if (!broadcast) throw new NotFound("errors.notFound");
    const totals = await db
      .select({ channel: deliveries.channel, status: deliveries.status, count: count() })
      .from(deliveries)
      .where(eq(deliveries.broadcastId, id))
      .groupBy(deliveries.channel, deliveries.status);
    const perMinute = broadcast.status === "sending" ? await paceOf(db, { broadcast, now }) : 0;
    const { kind, facts, ...rest } = broadcast;
    const waves = await readWaves(db, id);
    return {
      ...rest,
      told: readFactsAs(actor, kind, facts),
      totals,
      perMinute,
      /** How it goes out in waves; null where it does not. */
      waves,
      /** People who are held back for the second wave. */
      held: waves && !waves.releasedAt && !broadcast.cancelledAt ? waves.rest : 0,
      /** People whose deliveries are being written. */
      peopleAhead: broadcast.preparedAt ? 0 : await countAhead(db, id),
      underWay: await countUnderWay(db, id),
      withdrawal: await withdrawalOf(db, broadcast),
      retryable: broadcast.cancelledAt ? 0 : await countRetryable(db, id),
      /** Mails that its routes did not let leave, by region and cause. */
      withheld: await readWithheld(db, id),
      unreachedAccounts: await db.$count(
        unreachedAccounts,
        and(eq(unreachedAccounts.broadcastId, id), isNull(unreachedAccounts.settledAt)),
      ),
    };
  },
});

const withdrawalRow = z.object({
  at: momentColumn,
  withdrawalId: z.string().nullable(),
  id: z.string().nullable(),
});

/** The broadcast that withdrew what this one tells; for a withdrawal, the one it takes back. */
async function withdrawalOf(db: Db | Tx, { kind, subjectId }: Broadcast) {
  const row = await readRow(db, withdrawalRow)`
    select w.decided_at as at, w.broadcast_id as "withdrawalId", (
      select b.id from broadcasts b
      where b.subject_id = w.subject_id and b.kind in ('policy_change', 'announcement')
      order by b.started_at limit 1
    ) as id
    from withdrawals w where w.subject_id = ${subjectId} and w.decision = 'approved'`;
  if (!row) return null;
  const isItself = kind === "withdrawal";
  return { isItself, at: row.at, otherId: isItself ? row.id : row.withdrawalId };
}

async function countAhead(db: Db | Tx, id: string): Promise<number> {
  const [ahead] = await db
    .select({ people: sum(audienceParts.people).mapWith(Number) })
    .from(audienceParts)
    .where(and(eq(audienceParts.broadcastId, id), isOpenPart(sql`${audienceParts.part}`)));
  return ahead?.people ?? 0;
}

const mailsRow = z.object({ mails: countColumn });

/** Queued mails whose batch has been tried and may have been accepted: cancelling leaves them alone. */
async function countUnderWay(db: Db | Tx, id: string): Promise<number> {
  const { mails } = await readOneRow(db, mailsRow)`
    select coalesce(sum(size), 0) as mails from mail_batches
    where broadcast_id = ${id} and status = 'frozen' and attempts > 0`;
  return mails;
}

async function countRetryable(db: Db | Tx, id: string): Promise<number> {
  const { mails } = await readOneRow(db, mailsRow)`
    select count(*) as mails from deliveries d join mail_batches m on m.id = d.batch_id
    where d.broadcast_id = ${id} and ${IS_RETRYABLE}`;
  return mails;
}

type Running = { broadcast: Pick<Broadcast, "id" | "startedAt">; now: Date };

async function paceOf(
  db: Db | Tx,
  { broadcast: { id, startedAt }, now }: Running,
): Promise<number> {
  const since = new Date(Math.max(startedAt.getTime(), now.getTime() - MINUTE_MS));
  const sent = await db.$count(
    deliveries,
    and(eq(deliveries.broadcastId, id), gt(deliveries.sentAt, since)),
  );
  const elapsed = Math.max(now.getTime() - since.getTime(), 1000);
  return Math.round((sent * MINUTE_MS) / elapsed);
}
