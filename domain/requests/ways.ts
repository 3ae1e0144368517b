import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";

import { appPlatforms, requestDrafts, requestWays } from "@/db/schema";
import { STOP_PLACES, type StopPlace } from "@/db/vocabulary/accounts";
import type { Locale } from "@/db/vocabulary/languages";
import type { RequestType, WayReader } from "@/db/vocabulary/requests";

import { person } from "../access/permissions";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { openAnswers } from "./draft-answers";
import { isDeveloper } from "./filing-steps";

export type Way = {
  id: string;
  type: RequestType;
  reader: WayReader;
  /** Null for what is the same on every platform. */
  place: StopPlace | null;
  text: Partial<Record<Locale, string>>;
  url: string | null;
};

/** More than anybody writes; it keeps the pages that show all of them short. */
export const MOST_WAYS = 200;

/** Every way there is, type by type, for who keeps them. */
export const listWays = query({
  may: "request.readWays",
  input: z.object({}),

  async run({ db }): Promise<Way[]> {
    const rows = await db
      .select()
      .from(requestWays)
      .orderBy(asc(requestWays.createdAt), asc(requestWays.id))
      .limit(MOST_WAYS);
    return inOrder(rows.map(asWay));
  },
});

/**
 * What the writer of a draft can do themselves instead of asking (P24): for the type they chose, as who
 * runs or uses an app, on a platform. `on` is the one they named; else those of the app they chose count,
 * and where neither is known, all. @throws NotFound for anybody else's draft
 */
export const readWays = query({
  may: "request.file",
  input: z.object({ draftId: uuid, on: z.enum(STOP_PLACES).nullish().catch(null) }),

  async run({ db, actor }, { draftId, on = null }) {
    const [draft] = await db
      .select({ answers: requestDrafts.answers })
      .from(requestDrafts)
      .where(and(eq(requestDrafts.id, draftId), eq(requestDrafts.ownerId, person(actor).id)));
    if (!draft) throw new NotFound("errors.notFound");
    const { type, capacity, appId } = openAnswers(draft.answers);
    if (!type || !capacity) return { ways: [], places: [], on: null };
    const rows = await db
      .select()
      .from(requestWays)
      .where(
        and(
          eq(requestWays.type, type),
          eq(requestWays.reader, isDeveloper(capacity) ? "developer" : "end_user"),
        ),
      )
      .orderBy(asc(requestWays.createdAt), asc(requestWays.id));
    const own = appId
      ? await db
          .select({ place: appPlatforms.platform })
          .from(appPlatforms)
          .where(eq(appPlatforms.appId, appId))
      : [];
    const all = inOrder(rows.map(asWay));
    const places = STOP_PLACES.filter((place) => all.some((way) => way.place === place));
    const named = places.find((place) => place === on) ?? null;
    const wanted = named ? [named] : own.map(({ place }) => place);
    return { ways: waysOn(all, wanted), places, on: named };
  },
});

/** Those of some platforms and those of all; where nothing is said of these, everything there is. */
export function waysOn(ways: readonly Way[], places: readonly StopPlace[]): Way[] {
  const here = ways.filter(({ place }) => place === null || places.includes(place));
  return places.length === 0 || here.length === 0 ? [...ways] : here;
}

const PLACES: readonly (StopPlace | null)[] = [null, ...STOP_PLACES];

/** What is the same everywhere first, then platform by platform. */
const inOrder = (ways: readonly Way[]): Way[] =>
  ways.toSorted((one, other) => PLACES.indexOf(one.place) - PLACES.indexOf(other.place));

type Row = typeof requestWays.$inferSelect;

const asWay = ({ id, type, reader, place, textZh, textEn, url }: Row): Way => ({
  ...{ id, type, reader, place, url },
  text: { "zh-CN": textZh, ...(textEn && { en: textEn }) },
});
