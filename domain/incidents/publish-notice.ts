import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { notices } from "@/db/schema";

import { readersOfNotice } from "../broadcasts/audience";
import { startBroadcast } from "../broadcasts/start";
import { Conflict } from "../errors";
import { countColumn, readRow } from "../rows";
import type { RecordedStep } from "../verb";
import { appChanges, haveChanged } from "./app-changes";
import { appsFound } from "./audience";
import { factsOf } from "./content";
import { assertMayFollow } from "./follow-announcement";
import type { NoticeWithIncident } from "./find";
import { type Measured, measureAudience } from "./measure-audience";

/**
 * Writes the affected apps, as they are at this moment, and measures what was written.
 * @throws Conflict with what is different when they are not those that were submitted
 */
export async function keepTargets(
  { tx }: RecordedStep,
  { notice }: NoticeWithIncident,
): Promise<Measured> {
  await tx.execute(sql`
    insert into notice_targets (notice_id, app_id, account_id, reason)
    select ${notice.id}, app_id, account_id, reason
    from (${await appsFound(tx, notice)}) as concerned`);
  const apps = sql`select app_id, account_id, reason from notice_targets where notice_id = ${notice.id}`;
  const changes = await appChanges(tx, notice.id, apps);
  if (haveChanged(changes))
    throw new Conflict("notices.errors.appsChanged", {
      added: changes.added,
      removed: changes.removed,
      ids: [...changes.addedIds, ...changes.removedIds].join(", "),
    });
  return measureAudience(tx, {
    apps,
    rule: notice.audience,
    readers: readersOfNotice(notice, notice.visibility),
  });
}

type Publishing = {
  contentHash: string;
  /** Whose word it has: a second person's, or that of one alone. */
  by: { approvedBy: string } | { sentAloneBy: string };
};

const heldRow = z.object({ sequence: countColumn, people: countColumn });

/**
 * Nobody hears what corrects or follows what they have not heard: what becomes of who is held
 * back for the second wave of an earlier notice is decided first, by a person or by the time that was set.
 * @throws Conflict
 */
async function assertDecided(tx: Tx, { notice }: NoticeWithIncident): Promise<void> {
  if (!notice.notifies || !(notice.incidentId ?? notice.followsId)) return;
  const held = await readRow(tx, heldRow)`
    select n.sequence, w.rest as people
    from notices n
    join broadcast_waves w on w.broadcast_id = n.broadcast_id
    join broadcasts b on b.id = w.broadcast_id
    where (n.incident_id = ${notice.incidentId} or n.id = ${notice.followsId}) and w.released_at is null and b.cancelled_at is null
    order by n.sequence limit 1`;
  if (held && notice.followsId)
    throw new Conflict("notices.errors.follow.restHeld", { people: held.people });
  if (held) throw new Conflict("notices.errors.restHeld", held);
}

/**
 * Tells the people where it notifies, and publishes it; it never changes again. @throws Conflict while an
 * earlier notice of the incident holds people back @returns the broadcast
 */
export async function publishNotice(
  step: RecordedStep,
  subject: NoticeWithIncident,
  { contentHash, by }: Publishing,
): Promise<string | null> {
  const { tx, now } = step;
  const { notice } = subject;
  await assertDecided(tx, subject);
  await assertMayFollow(tx, subject);
  const told = factsOf(subject, { publishedAt: now, contentHash });
  const broadcastId = notice.notifies ? await tell(step, { subject, told }) : null;
  await tx
    .update(notices)
    .set({ ...by, status: "published", publishedAt: now, facts: told.facts, broadcastId })
    .where(eq(notices.id, notice.id));
  return broadcastId;
}

type Telling = { subject: NoticeWithIncident; told: ReturnType<typeof factsOf> };

async function tell(step: RecordedStep, { subject, told }: Telling): Promise<string> {
  const { id, visibility, waves, audience } = subject.notice;
  const toldBefore = subject.followed?.broadcastId;
  const { id: broadcastId } = await startBroadcast(step, {
    ...told,
    subjectId: id,
    audience: toldBefore
      ? { broadcastIds: [toldBefore] }
      : {
          ...{ noticeId: id, contactsOnly: visibility === "restricted" },
          contacts: audience.contacts,
        },
    isPublic: visibility === "public",
    waves,
  });
  return broadcastId;
}
