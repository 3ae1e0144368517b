import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { broadcastWaves, deliveries, digestItems } from "@/db/schema";
import type { WavePlan } from "@/db/schema/waves";
import { wakeJob } from "@/domain/jobs";
import { approveNotice } from "@/domain/incidents/review-notice";
import { FACTS, givenMembers, tellProduct } from "@/tests/support/broadcasts";
import {
  givenAnnouncement,
  givenNoticeDesk,
  type NoticeDesk,
  noticeNow,
  submitted,
} from "@/tests/support/notices";

import { crowdOf, type Told } from "./compare";

/** What is told otherwise than to everybody at once, to a crowd and a product of its own. */
export type OtherTelling = {
  /** Whether all that leaves before some time has passed has left, and been reported. */
  isWaiting: () => Promise<boolean>;
  /** That time is over, and a worker is woken. */
  timePasses: () => Promise<void>;
  /** What it has told, whom by mail. @throws where its second part has not begun */
  told: () => Promise<Told[]>;
};

type Wish = { prefix: string; people: number };

const HOUR_MS = 3_600_000;
/** Of them the first wave has so many. */
const FIRST_PERCENT = 40;

async function givenDesk({ prefix, people }: Wish): Promise<NoticeDesk> {
  const desk = await givenNoticeDesk();
  await givenMembers(desk.productId, people, prefix);
  return desk;
}

const WAVES: WavePlan = {
  ...{ by: "share", first: FIRST_PERCENT, waitMinutes: 5 },
  ...{ bounced: 10, refused: 10, complained: 1 },
};

/** Two waves; the time that passes is what the first is watched for. */
export async function tellInWaves(wish: Wish): Promise<OtherTelling> {
  const desk = await givenDesk(wish);
  const ctx = { actor: desk.approver, now: new Date() };
  const { id } = await tellProduct(ctx, desk.productId, { waves: WAVES });
  const ofWaves = eq(broadcastWaves.broadcastId, id);
  return {
    async isWaiting() {
      const watched = await db.$count(
        broadcastWaves,
        and(ofWaves, isNotNull(broadcastWaves.watchedFrom)),
      );
      return watched === 1 && (await countReported([id])) >= (wish.people * FIRST_PERCENT) / 100;
    },
    async timePasses() {
      await db
        .update(broadcastWaves)
        .set({ watchedFrom: new Date(Date.now() - (WAVES.waitMinutes + 1) * 60_000) })
        .where(ofWaves);
      await db.transaction((tx) => wakeJob(tx, "deliver-mails"));
    },
    told: async () => [{ broadcastId: id, whose: crowdOf(wish.prefix) }],
  };
}

const LABELS = ["3.2.1", "3.2.2"];

/** Two small changes, which every second one wants once a day together; the time that passes is that day. */
export async function tellInDigests(wish: Wish): Promise<OtherTelling> {
  const desk = await givenDesk(wish);
  const crowd = crowdOf(wish.prefix);
  const isDaily = sql`(substring(u.email from '\\d+')::int % 2 = 0)`;
  await db.execute(
    sql`update users u set minor_changes_daily = true where ${crowd} and ${isDaily}`,
  );
  const ids: string[] = [];
  for (const label of LABELS) {
    const ctx = { actor: desk.approver, now: new Date() };
    const small = { ...FACTS, isMajor: false, label };
    ids.push((await tellProduct(ctx, desk.productId, small)).id);
  }
  const ofThese = inArray(digestItems.broadcastId, ids);
  return {
    isWaiting: async () => (await countReported(ids)) === wish.people,
    async timePasses() {
      await db
        .update(digestItems)
        .set({ since: new Date(Date.now() - 48 * HOUR_MS) })
        .where(ofThese);
      await db.transaction((tx) => wakeJob(tx, "send-digests"));
    },
    async told() {
      const digests = await db
        .selectDistinct({ id: digestItems.digestId })
        .from(digestItems)
        .where(ofThese);
      return [
        ...ids.map((broadcastId) => ({ broadcastId, whose: sql`${crowd} and not ${isDaily}` })),
        ...digests.map(({ id }) => {
          if (!id) throw new Error("somebody still waits for a digest");
          return { broadcastId: id, whose: sql`${crowd} and ${isDaily}` };
        }),
      ];
    },
  };
}

/**
 * An announcement that was approved yesterday to go out at a moment, by itself; nothing has left before.
 * @param goesOutAt past, a worker lets it out as soon as it looks
 */
export async function tellAtMoment(wish: Wish, goesOutAt: Date): Promise<OtherTelling> {
  const desk = await givenDesk(wish);
  const notice = await submitted(
    desk,
    await givenAnnouncement(desk, { goesOutAt: goesOutAt.toISOString(), visibility: "public" }),
  );
  const { id: noticeId, contentHash } = notice;
  await approveNotice(
    { actor: desk.approver, now: new Date(goesOutAt.getTime() - 24 * HOUR_MS) },
    { noticeId, contentHash, typedPeople: wish.people },
  );
  return {
    isWaiting: async () => (await noticeNow(noticeId)).status === "scheduled",
    timePasses: () => db.transaction((tx) => wakeJob(tx, "send-announcements")),
    async told() {
      const { broadcastId } = await noticeNow(noticeId);
      if (!broadcastId) throw new Error("the announcement did not go out");
      return [{ broadcastId, whose: crowdOf(wish.prefix) }];
    },
  };
}

/** Of how many mails the provider has told the end. */
const countReported = (ids: string[]): Promise<number> =>
  db.$count(
    deliveries,
    and(inArray(deliveries.broadcastId, ids), eq(deliveries.status, "delivered")),
  );
