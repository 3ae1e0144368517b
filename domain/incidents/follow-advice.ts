import { and, eq, or } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accounts, adviceDone, apps, notices, noticeTargets } from "@/db/schema";
import { ADVISED_ROLES } from "@/db/vocabulary/access";

import { membershipIn, person } from "../access/permissions";
import type { Actor } from "../context";
import { Conflict, Invalid, NotFound } from "../errors";
import { markReadAbout } from "../inbox/about";
import { uuid } from "../input";
import { verb } from "../verb";
import { sameAdvice } from "./advice";
import { publishedNoticesOf } from "./published-notices";

const input = z.object({
  noticeId: uuid,
  appId: uuid,
  /** The advice's place in its notice, from 0. */
  item: z.coerce.number({ error: "errors.field.number" }).int().min(0).max(100),
});

/**
 * Ticks off an advice for an app of the reader's account (P22); doing it twice is doing it once.
 * @throws NotFound for a notice the reader may not read or that does not concern the app; NotAllowed
 * for a viewer; Conflict for a closed app
 */
export const followAdvice = verb({
  may: "notice.followAdvice",
  input,

  async run(step, { noticeId, appId, item }) {
    const { tx, actor, now, record, unchanged } = step;
    const { places, told } = await openAdvice(tx, actor, { noticeId, appId, item });
    if (await isDone(tx, appId, places)) return unchanged();
    const written = await tx
      .insert(adviceDone)
      .values({ noticeId, appId, item, doneBy: person(actor).id, doneAt: now })
      .onConflictDoNothing()
      .returning({ item: adviceDone.item });
    if (written.length === 0) return unchanged();
    await record("advice.followed", {
      id: appId,
      after: { noticeId, item },
    });
    await markReadAbout(step, { subjectIds: told });
  },
});

/** Takes the tick back, in whichever notice of the incident it was set. @throws as `followAdvice` */
export const unfollowAdvice = verb({
  may: "notice.followAdvice",
  input,

  async run({ tx, actor, record, unchanged }, { noticeId, appId, item }) {
    const { places } = await openAdvice(tx, actor, { noticeId, appId, item });
    const removed = await tx
      .delete(adviceDone)
      .where(and(eq(adviceDone.appId, appId), atOneOf(places)))
      .returning({ item: adviceDone.item });
    if (removed.length === 0) return unchanged();
    await record("advice.unfollowed", {
      id: appId,
      before: { noticeId, item },
    });
  },
});

type Item = z.output<typeof input>;
type Places = ReturnType<typeof sameAdvice>;

const atOneOf = (places: Places) =>
  or(
    ...places.map(({ noticeId, item }) =>
      and(eq(adviceDone.noticeId, noticeId), eq(adviceDone.item, item)),
    ),
  );

async function isDone(tx: Tx, appId: string, places: Places): Promise<boolean> {
  return (await tx.$count(adviceDone, and(eq(adviceDone.appId, appId), atOneOf(places)))) > 0;
}

/** The app, locked so that it is not closed meanwhile, and the places where the advice stands. */
async function openAdvice(tx: Tx, actor: Actor, { noticeId, appId, item }: Item) {
  const [row] = await tx
    .select({
      incidentId: notices.incidentId,
      accountId: noticeTargets.accountId,
      appClosedAt: apps.closedAt,
      accountClosedAt: accounts.closedAt,
    })
    .from(noticeTargets)
    .innerJoin(notices, eq(notices.id, noticeTargets.noticeId))
    .innerJoin(apps, eq(apps.id, noticeTargets.appId))
    .innerJoin(accounts, eq(accounts.id, noticeTargets.accountId))
    .where(and(eq(noticeTargets.noticeId, noticeId), eq(noticeTargets.appId, appId)))
    .for("update", { of: apps });
  if (!row?.incidentId) throw new NotFound("errors.notFound");
  const readable = await publishedNoticesOf(tx, actor, row.incidentId);
  const notice = readable.find(({ id }) => id === noticeId);
  if (!notice) throw new NotFound("errors.notFound");
  membershipIn(actor, row.accountId, ADVISED_ROLES);
  if (row.appClosedAt ?? row.accountClosedAt) throw new Conflict("notices.errors.appClosed");
  if (item >= notice.facts.parts.adviceDevelopers.length)
    throw new Invalid("errors.form", { item: ["errors.field.invalid"] });
  const places = sameAdvice(readable, { notice, item });
  return { places, told: readable.map(({ id }) => id) };
}
