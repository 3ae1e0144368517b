import { desc, eq } from "drizzle-orm";
import { z } from "zod";

import { apps, appStops } from "@/db/schema";
import { ADVISED_ROLES } from "@/db/vocabulary/access";
import { STOP_PLACES } from "@/db/vocabulary/accounts";
import { shanghaiDay } from "@/lib/shanghai";

import { membershipIn, person } from "../access/permissions";
import { Invalid, NotFound } from "../errors";
import { line, uuid } from "../input";
import { query } from "../query";
import { readOneRow, readRows } from "../rows";
import { verb } from "../verb";
import { day } from "./input";

const stopRow = z.object({
  place: z.enum(STOP_PLACES),
  /** The latest statement; null where nobody has made one. */
  appVersion: z.string().nullable(),
  stoppedOn: z.string().nullable(),
});
const appRow = z.object({
  id: z.string(),
  name: z.string(),
  sdkAppId: z.string(),
  stops: z.array(stopRow),
});
export type AppStops = z.output<typeof appRow>;

/** Most apps that one list of an account's stops shows; nobody states the rest by hand. */
const MOST_APPS = 200;

/** The open apps of one of the reader's accounts, each place where it collects and since when it does not. */
export const listAppStops = query({
  may: "policy.readOwnAnswers",
  input: z.object({ accountId: uuid, productId: uuid }),

  async run({ db, actor }, { accountId, productId }): Promise<AppStops[]> {
    membershipIn(actor, accountId);
    return readRows(db, appRow)`
      select p.id, p.name, p.sdk_app_id as "sdkAppId", coalesce((
        select json_agg(json_build_object(
          'place', w.place, 'appVersion', s.app_version, 'stoppedOn', s.stopped_on
        ) order by w.place)
        from (
          select platform as place from app_platforms where app_id = p.id
          union all select 'api' where p.api_only
        ) w
        left join lateral (
          select * from app_stops s where s.app_id = p.id and s.place = w.place
          order by s.stated_at desc limit 1
        ) s on true
      ), '[]') as stops
      from apps p
      where p.account_id = ${accountId} and p.product_id = ${productId} and p.closed_at is null
      order by p.sdk_app_id limit ${MOST_APPS}`;
  },
});

/**
 * Says of an app where it collects no more, since which of its versions and which day (P30): the
 * latest statement of a place counts, none is ever changed. @throws NotFound for a place the app does not
 * have; Invalid for a day that has not come
 */
export const stateStop = verb({
  may: "app.manageOwn",
  input: z.object({
    appId: uuid,
    place: z.enum(STOP_PLACES, { error: "errors.field.required" }),
    appVersion: z.union([z.literal(""), line(60)]),
    stoppedOn: day,
  }),

  async run({ tx, actor, now, record, unchanged }, stop) {
    const { appId, place, appVersion, stoppedOn } = stop;
    const [app] = await tx.select().from(apps).where(eq(apps.id, appId)).for("update");
    if (!app) throw new NotFound("errors.notFound");
    membershipIn(actor, app.accountId, ADVISED_ROLES);
    const { isThere } = await readOneRow(tx, z.object({ isThere: z.boolean() }))`
      select case when ${place} = 'api' then ${app.apiOnly} else exists (
        select from app_platforms where app_id = ${appId} and platform = ${place}
      ) end as "isThere"`;
    if (!isThere) throw new NotFound("errors.notFound");
    if (stoppedOn > shanghaiDay(now))
      throw new Invalid("errors.form", { stoppedOn: ["policies.errors.stopDay"] });
    if (place !== "api" && !appVersion)
      throw new Invalid("errors.form", { appVersion: ["errors.field.required"] });

    const before = await tx
      .select()
      .from(appStops)
      .where(eq(appStops.appId, appId))
      .orderBy(desc(appStops.statedAt));
    const latest = before.find((one) => one.place === place);
    if (latest?.appVersion === appVersion && latest.stoppedOn === stoppedOn) return unchanged();
    await tx.insert(appStops).values({ ...stop, statedBy: person(actor).id, statedAt: now });
    await record("app.stopped", { id: appId, after: { place, appVersion, stoppedOn } });
  },
});
