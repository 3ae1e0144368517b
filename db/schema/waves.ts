import { check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";

import { at } from "../columns";
import { WAVE_STOPS, type WaveLimit, type WaveMeasure } from "../vocabulary/waves";
import { users } from "./access";
import { broadcasts } from "./broadcasts";

/**
 * How a telling goes out in two waves, as its author chose and a second person approved it: `first` is a
 * percentage or a number of people; the limits are percentages of the first wave's mails.
 */
export type WavePlan = Record<WaveLimit, number> & {
  by: WaveMeasure;
  first: number;
  waitMinutes: number;
};

/** What came of the mails of a first wave: `mails` were to leave, of `heard` the provider has told an end. */
export type WaveFigures = Record<WaveLimit, number> & { mails: number; heard: number };

/**
 * A broadcast that goes out in two waves (docs/decisions/081): the rest of its frozen audience is held
 * back until the first has been watched. The rest is let go once, by the worker or by a person after a stop.
 */
export const broadcastWaves = pgTable(
  "broadcast_waves",
  {
    broadcastId: uuid()
      .primaryKey()
      .references(() => broadcasts.id),
    plan: jsonb().$type<WavePlan>().notNull(),
    /** People, as frozen. */
    first: integer().notNull(),
    rest: integer().notNull(),
    /** When nothing of the first was left to be handed over: from then on it is watched. */
    watchedFrom: at(),
    stoppedAt: at(),
    stoppedFor: text({ enum: WAVE_STOPS }),
    releasedAt: at(),
    /** Null where the worker let it go. */
    releasedBy: uuid().references(() => users.id),
    /** Why a person let it go though it had stopped by itself. */
    releaseReason: text(),
    /** As they were when it stopped or, where it did not, when the rest was let go. */
    figures: jsonb().$type<WaveFigures>(),
  },
  (t) => [
    check("both_waves_tell_somebody", sql`first > 0 and rest > 0`),
    check("waves_stop_for_a_reason", sql`(stopped_at is null) = (stopped_for is null)`),
    check("the_rest_is_let_go_by_somebody", sql`released_by is null or released_at is not null`),
    check(
      "decided_waves_keep_their_figures",
      sql`(stopped_at is null and released_at is null) = (figures is null)`,
    ),
    index("broadcast_waves_open")
      .on(t.broadcastId)
      .where(sql`released_at is null and stopped_at is null`),
  ],
);

export type BroadcastWaves = typeof broadcastWaves.$inferSelect;
