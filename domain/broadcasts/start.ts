import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";
import {
  type BroadcastKind,
  type BulletinReader,
  type Channel,
  CHANNELS,
} from "@/db/vocabulary/broadcasts";
import { hashOf } from "@/lib/hash";

import { wakeJob } from "../jobs";
import type { RecordedStep } from "../verb";
import { readRow } from "../rows";
import { type Audience, type Crowd, type Named, pairsOf } from "./audience";
import type { BulletinSource } from "./bulletin-readers";
import { type BulletinFacts, type FactsOf, readFacts, type Told } from "./facts";
import { freezeAudience, prepareWhole, writeDeliveries } from "./prepare";
import { writeDispatches } from "./write-dispatches";

type Start<Kind extends BroadcastKind> = {
  kind: Kind;
  subjectId: string;
  facts: FactsOf<Kind>;
  audience: Audience;
  /** Both, unless said otherwise of named people. */
  channels?: readonly Channel[];
  isPublic?: boolean;
} & ({ audience: Crowd; channels?: never } | { audience: Named });

/** So many people have their deliveries with the start itself; of more the worker writes them. */
const PEOPLE_WITH_START = 1000;

/**
 * Starts a broadcast inside the verb that decides it: freezes the facts and whom it tells, and wakes
 * the worker after the commit. Up to a thousand people have their in-site message with the commit;
 * those of more are written by the worker within seconds (prepare.ts). No mail leaves here. What is
 * told to everybody, or concerns end users who are known here, goes on as bulletins, counted apart.
 * @returns the broadcast's id and how many people it tells.
 */
export async function startBroadcast<Kind extends BroadcastKind>(
  step: RecordedStep,
  { kind, subjectId, facts, audience, channels = CHANNELS, isPublic = false }: Start<Kind>,
): Promise<{ id: string; people: number }> {
  const { tx, actor, now, record } = step;
  const [factsHash, told] = [hashOf(facts), readFacts(kind, facts)];
  const [broadcast] = await tx
    .insert(broadcasts)
    .values({
      ...{ kind, subjectId, facts, factsHash, isPublic },
      startedBy: actor.id,
      startedAt: now,
      preparedAt: now,
      ...("userIds" in audience && { people: countNamed(audience) }),
    })
    .returning({ id: broadcasts.id });
  if (!broadcast) throw new Error("the broadcast row was not written");

  const { id } = broadcast;
  const telling = { id, kind, subjectId };
  const people =
    "userIds" in audience
      ? await writeDeliveries(tx, {
          ...{ broadcast: telling, now, channels },
          people: peopleNamed(audience),
        })
      : await freezeCrowd(step, { broadcast: telling, audience });
  await record("broadcast.started", {
    id,
    after: { kind, subjectId, people, channels: wayOf(told) ?? channels, factsHash },
  });
  await wakeJob(tx, "deliver-mails");
  if (goesOn(told)) await startBulletins(step, { source: { id, subjectId, told }, isPublic });
  return { id, people };
}

/** Subscribers asked for mails alone (prepare.ts). */
const wayOf = (told: Told): readonly Channel[] | null =>
  told.kind === "bulletin" && told.facts.to === "subscribers" ? ["email"] : null;

const goesOn = (told: Told): told is BulletinFacts["told"] =>
  told.kind === "policy_change" ||
  told.kind === "incident_notice" ||
  told.kind === "announcement" ||
  told.kind === "withdrawal";

type Going = { source: BulletinSource; isPublic: boolean };

/** Of a restricted incident nobody else hears; of another first the end users whom it concerns. */
async function startBulletins(step: RecordedStep, { source, isPublic }: Going): Promise<void> {
  const { told } = source;
  const isOfIncident = told.kind === "incident_notice" || isFalseAlarm(told);
  if (isOfIncident && !isRestricted(told)) await startBulletin(step, { source, to: "end_users" });
  if (isPublic) await startBulletin(step, { source, to: "subscribers" });
}

const isFalseAlarm = (told: BulletinFacts["told"]): boolean =>
  told.kind === "withdrawal" && told.facts.what.kind === "incident";

function isRestricted(told: BulletinFacts["told"]): boolean {
  if (told.kind === "incident_notice") return told.facts.visibility === "restricted";
  if (told.kind !== "withdrawal" || told.facts.what.kind !== "incident") return false;
  return told.facts.what.visibility === "restricted";
}

type Bulletin = { source: BulletinSource; to: BulletinReader };

/** Nothing where nobody would read it. */
async function startBulletin(step: RecordedStep, { source, to }: Bulletin): Promise<void> {
  const audience = { bulletinOf: source, to };
  const anybody = await readRow(step.tx, z.object({}))`
    select from (${pairsOf(audience)}) as readers limit 1`;
  if (!anybody) return;
  await startBroadcast(step, {
    kind: "bulletin",
    subjectId: source.id,
    facts: { to, told: source.told },
    audience,
  });
}

type Freezing = {
  broadcast: { id: string; kind: BroadcastKind; subjectId: string };
  audience: Crowd;
};

async function freezeCrowd(
  { tx, now }: RecordedStep,
  { broadcast, audience }: Freezing,
): Promise<number> {
  const people = await freezeAudience(tx, { broadcastId: broadcast.id, audience, now });
  const isPrepared = people <= PEOPLE_WITH_START;
  if (isPrepared) await prepareWhole(tx, { broadcast, now });
  await tx
    .update(broadcasts)
    .set({ people, preparedAt: isPrepared ? now : null })
    .where(eq(broadcasts.id, broadcast.id));
  if (isPrepared) await writeDispatches(tx, { broadcastIds: [broadcast.id], now });
  else await wakeJob(tx, "prepare-broadcasts");
  return people;
}

/** Together with the row itself: nobody is named who is not there. */
const countNamed = ({ userIds }: Named) =>
  sql<number>`(select count(*) from users where id = any(${sql.param([...userIds])}::uuid[]))`;

const peopleNamed = (audience: Named) => sql`
  people as (select id as user_id, ${sql.param("accountId" in audience ? [audience.accountId] : [])}::uuid[] as account_ids,
    true as mailed
  from users where id = any(${sql.param([...audience.userIds])}::uuid[]))`;
