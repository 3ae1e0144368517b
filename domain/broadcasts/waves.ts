import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import {
  type Broadcast,
  type BroadcastWaves,
  broadcasts,
  broadcastWaves,
  users,
} from "@/db/schema";
import type { WaveFigures } from "@/db/schema/waves";
import { WAVE_STOPS, type WaveStop } from "@/db/vocabulary/waves";

import { stillStaff } from "../access/still-staff";
import { chore } from "../chore";
import { uuid } from "../input";
import { countColumn, idRow, readOneRow, readRow, readRows } from "../rows";
import { type RecordedStep, verb } from "../verb";
import { catchUpWithEvents } from "./apply-events";
import { freeHeld } from "./hold";
import { lockBroadcast } from "./lock";
import { isOpenPart } from "./parts";
import { startBroadcast, tellOn } from "./start";
import { followsAt, isSilent, passedLimit } from "./wave-rules";

const figuresRow = z.object({
  ...{ mails: countColumn, heard: countColumn },
  ...{ bounced: countColumn, refused: countColumn, complained: countColumn },
  ...{ open: countColumn, stopped: countColumn },
});

/** Whether a mail was to leave: none to an address that was stopped before. */
const WAS_TRIED = sql`(status <> 'suppressed' or provider_id is not null)`;

/**
 * What came of the mails a broadcast has written so far, which are those of its first wave as long as the
 * rest is held back, by what the provider has told: a mail back for good or for now is bounced, one it did
 * not take or not hand on is refused. What nobody ever tried to send is none of them.
 */
async function figuresOf(db: Db | Tx, broadcastId: string) {
  return readOneRow(db, figuresRow)`
    select count(*) filter (where ${WAS_TRIED}) as mails,
      count(*) filter (where status in ('delivered', 'bounced', 'deferred', 'complained', 'failed', 'suppressed') and ${WAS_TRIED}) as heard,
      count(*) filter (where status in ('bounced', 'deferred')) as bounced,
      count(*) filter (where status in ('failed', 'suppressed') and ${WAS_TRIED}) as refused,
      count(*) filter (where status = 'complained') as complained,
      count(*) filter (where status = 'queued') as open,
      count(*) filter (where not ${WAS_TRIED}) as stopped
    from deliveries
    where broadcast_id = ${broadcastId} and channel = 'email' and status <> 'cancelled'`;
}

/** How a broadcast that goes out in waves stands, with its figures until it is decided; null for every other. */
export async function readWaves(db: Db | Tx, broadcastId: string) {
  const [row] = await db
    .select({ waves: broadcastWaves, releaserName: users.name })
    .from(broadcastWaves)
    .leftJoin(users, eq(users.id, broadcastWaves.releasedBy))
    .where(eq(broadcastWaves.broadcastId, broadcastId));
  if (!row) return null;
  const { waves, releaserName } = row;
  return {
    ...waves,
    releaserName,
    figures: waves.figures ?? plain(await figuresOf(db, broadcastId)),
  };
}

const plain = ({ open: _, stopped: __, ...figures }: z.output<typeof figuresRow>): WaveFigures =>
  figures;

/** A condition on the rows `w` of waves and `b` of their broadcasts: nothing is decided, and all of the first are written. */
const IS_OPEN = sql`w.released_at is null and w.stopped_at is null
  and b.status = 'sending' and b.cancelled_at is null
  and not exists (
    select from audience_parts a where a.broadcast_id = b.id and ${isOpenPart(sql`a.part`)}
  )`;

/** The ids of the broadcasts whose first wave is out and of whose rest nothing is decided. */
export const listWaves = chore({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ tx }): Promise<string[]> {
    const rows = await readRows(tx, idRow)`
      select b.id from broadcast_waves w join broadcasts b on b.id = w.broadcast_id
      where ${IS_OPEN} order by b.id`;
    return rows.map(({ id }) => id);
  },
});

/**
 * Looks at a broadcast whose first wave is out: stops it as soon as a figure has passed its limit, and
 * lets the rest go when the time its author set is over, unless too little was heard by then. What it
 * decides stands in rows, so any number of workers may look, and each may be killed at any point.
 */
export const watchWave = chore({
  may: "broadcast.deliver",
  input: z.object({ broadcastId: uuid }),

  async run(step, { broadcastId }): Promise<void> {
    const { tx } = step;
    const open = await readRow(tx, idRow)`
      select b.id from broadcast_waves w join broadcasts b on b.id = w.broadcast_id
      where b.id = ${broadcastId} and ${IS_OPEN} for no key update of b`;
    if (!open) return;
    await catchUpWithEvents(tx, [broadcastId]);
    await look(step, broadcastId);
  },
});

type Step = Parameters<Parameters<typeof chore>[0]["run"]>[0];

async function look(step: Step, broadcastId: string): Promise<void> {
  const { tx, now } = step;
  const [waves] = await tx
    .select()
    .from(broadcastWaves)
    .where(eq(broadcastWaves.broadcastId, broadcastId));
  if (!waves || waves.stoppedAt || waves.releasedAt) return;
  const { open, stopped, ...figures } = await figuresOf(tx, broadcastId);
  const passed = passedLimit(waves.plan, figures);
  if (passed) return stopByItself(step, { broadcastId, cause: passed, figures });
  if (open > 0) return;
  const follows = followsAt(waves);
  if (!follows) return watchFrom(tx, broadcastId, now);
  if (now < follows) return;
  if (isSilent(figures, { people: waves.first, stopped }))
    return stopByItself(step, { broadcastId, cause: "silent", figures });
  await follow(step, { broadcastId });
}

async function watchFrom(tx: Tx, broadcastId: string, now: Date): Promise<void> {
  await tx
    .update(broadcastWaves)
    .set({ watchedFrom: now })
    .where(eq(broadcastWaves.broadcastId, broadcastId));
}

const figuresInput = z.object({
  ...{ mails: z.int(), heard: z.int() },
  ...{ bounced: z.int(), refused: z.int(), complained: z.int() },
});

/** Holds the broadcast as a person would, on the record and told to those who wrote and approved it. */
const stopByItself = verb({
  may: "broadcast.deliver",
  input: z.object({ broadcastId: uuid, cause: z.enum(WAVE_STOPS), figures: figuresInput }),

  async run(step, { broadcastId, cause, figures }): Promise<void> {
    const { tx, now, record } = step;
    const [waves] = await tx
      .update(broadcastWaves)
      .set({ stoppedAt: now, stoppedFor: cause, figures })
      .where(eq(broadcastWaves.broadcastId, broadcastId))
      .returning();
    if (!waves) throw new Error(`broadcast ${broadcastId} has no waves`);
    await tx
      .update(broadcasts)
      .set({ status: "paused", pausedAt: now })
      .where(eq(broadcasts.id, broadcastId));
    await record("broadcast.paused", { id: broadcastId });
    const { first, rest } = waves;
    await record("broadcast.wave_stopped", {
      id: broadcastId,
      after: { cause, people: first, rest, ...figures },
    });
    await tellStopped(step, { waves, cause, figures });
  },
});

const toldRow = z.object({
  readers: z.array(z.string()),
  incidentNumber: z.string().nullable(),
  sequence: countColumn,
  isRehearsal: z.boolean(),
});

type Stopped = { waves: BroadcastWaves; cause: WaveStop; figures: WaveFigures };

/** To whoever wrote the notice and whoever let it out, as long as they are staff. Its words stand behind the link alone. */
async function tellStopped(step: RecordedStep, { waves, cause, figures }: Stopped): Promise<void> {
  const { broadcastId, first, rest } = waves;
  const told = await readRow(step.tx, toldRow)`
    select array_remove(array_append(array_append(n.writer_ids, n.approved_by), n.sent_alone_by), null) as readers,
      i.number as "incidentNumber", n.sequence, coalesce(i.is_rehearsal, false) as "isRehearsal"
    from notices n left join incidents i on i.id = n.incident_id
    where n.broadcast_id = ${broadcastId}`;
  if (!told) return;
  const { readers, isRehearsal, ...notice } = told;
  const which = { ...notice, ...(isRehearsal && { rehearsal: true as const }) };
  await startBroadcast(step, {
    kind: "wave_stopped",
    subjectId: broadcastId,
    facts: { broadcastId, ...which, cause, first, rest, ...figures },
    audience: { userIds: await stillStaff(step.tx, readers) },
  });
}

/** The rest follows because its time has come. */
const follow = verb({
  may: "broadcast.deliver",
  input: z.object({ broadcastId: uuid }),

  async run(step, { broadcastId }): Promise<void> {
    await letRestGo(step, await lockBroadcast(step.tx, broadcastId));
  },
});

/**
 * Lets whoever was held back be told, once, as part of the verb that decides it; whoever reads bulletins of
 * it hears then too. Nothing where nobody is held back. The broadcast is locked. `reason` is why a person lets it
 * go though it had stopped by itself.
 */
export async function letRestGo(
  step: RecordedStep,
  broadcast: Broadcast,
  reason: string | null = null,
): Promise<void> {
  const { tx, now, actor, record } = step;
  const { id } = broadcast;
  const waves = await readWaves(tx, id);
  if (!waves || waves.releasedAt || broadcast.cancelledAt) return;
  await tx
    .update(broadcastWaves)
    .set({
      ...{ releasedAt: now, figures: waves.figures, releaseReason: reason },
      releasedBy: actor.kind === "person" ? actor.id : null,
    })
    .where(eq(broadcastWaves.broadcastId, id));
  await record("broadcast.wave_followed", {
    id,
    after: {
      ...{ people: waves.first, rest: waves.rest, ...waves.figures },
      ...(reason !== null && { reason }),
    },
  });
  await freeHeld(tx, id);
  await tellOn(step, broadcast);
}
