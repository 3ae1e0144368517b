import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import { type Broadcast, broadcasts, broadcastWaves } from "@/db/schema";
import type { FrozenRoutes } from "@/db/schema/routes";
import type { WavePlan } from "@/db/schema/waves";
import {
  type BroadcastKind,
  type BulletinReader,
  type Channel,
  CHANNELS,
  TOLD_TO_ACCOUNTS,
} from "@/db/vocabulary/broadcasts";
import { hashOf } from "@/lib/hash";

import { wakeJob } from "../jobs";
import type { RecordedStep } from "../verb";
import { readRow } from "../rows";
import { type Audience, type Crowd, type Named, pairsOf } from "./audience";
import type { BulletinSource } from "./bulletin-readers";
import { type BulletinFacts, type FactsOf, readFacts, type Told } from "./facts";
import { holdRest } from "./hold";
import { freezeAudience, prepareWhole, writeDeliveries } from "./prepare";
import { routesOf } from "./mail-routes";
import { routesFor } from "./route-rules";
import { firstOf } from "./wave-rules";
import { writeDispatches } from "./write-dispatches";

type Start<Kind extends BroadcastKind> = {
  kind: Kind;
  subjectId: string;
  facts: FactsOf<Kind>;
  audience: Audience;
  /** Both, unless said otherwise of named people. */
  channels?: readonly Channel[];
  isPublic?: boolean;
} & (
  | {
      audience: Crowd;
      channels?: never;
      /** Null for to everybody at once. */ waves?: WavePlan | null;
    }
  | { audience: Named; waves?: never }
);

/** So many people have their deliveries with the start itself; of more the worker writes them. */
const PEOPLE_WITH_START = 1000;

/**
 * Starts a broadcast inside the verb that decides it: freezes the facts, whom it tells and by which route, and wakes
 * the worker after the commit. Up to a thousand people have their in-site message with the commit;
 * those of more are written by the worker within seconds (prepare.ts). No mail leaves here. What is
 * told to everybody, or concerns end users who are known here, goes on as bulletins, counted apart. In waves
 * only the first are told with it: the rest of the same audience, posts and bulletins follow (waves.ts).
 * @returns the broadcast's id and how many people it tells.
 */
export async function startBroadcast<Kind extends BroadcastKind>(
  step: RecordedStep,
  { kind, subjectId, facts, audience, channels = CHANNELS, isPublic = false, waves }: Start<Kind>,
): Promise<{ id: string; people: number }> {
  const { tx, actor, now, record } = step;
  const [factsHash, told] = [hashOf(facts), readFacts(kind, facts)];
  const routes = routesFor(kind, await routesOf(tx));
  const [broadcast] = await tx
    .insert(broadcasts)
    .values({
      ...{ kind, subjectId, facts, factsHash, isPublic, routes },
      startedBy: actor.id,
      startedAt: now,
      preparedAt: now,
      ...("userIds" in audience && { people: countNamed(audience) }),
    })
    .returning({ id: broadcasts.id });
  if (!broadcast) throw new Error("the broadcast row was not written");

  const { id } = broadcast;
  const telling = { id, kind, subjectId };
  const { people, held } =
    "userIds" in audience
      ? {
          people: await writeDeliveries(tx, {
            ...{ broadcast: telling, now, channels },
            people: peopleNamed(audience),
          }),
          held: 0,
        }
      : await freezeCrowd(step, { broadcast: telling, audience, waves: waves ?? null });
  await record("broadcast.started", {
    id,
    after: {
      ...{ kind, subjectId, people, channels: wayOf(told) ?? channels, factsHash },
      ...(held > 0 && { rest: held }),
      ...recordedRoutes(kind, routes),
    },
  });
  await wakeJob(tx, "deliver-mails");
  if (held === 0) await tellOn(step, { id, kind, subjectId, facts, isPublic });
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

const recordedRoutes = (kind: BroadcastKind, routes: FrozenRoutes) =>
  TOLD_TO_ACCOUNTS.some((one) => one === kind) ? { routes } : {};

type Going = Pick<Broadcast, "id" | "kind" | "subjectId" | "facts" | "isPublic">;

/** Starts its bulletins. Of a restricted incident nobody else hears; of another first the end users whom it concerns. */
export async function tellOn(
  step: RecordedStep,
  { id, kind, subjectId, facts, isPublic }: Going,
): Promise<void> {
  const told = readFacts(kind, facts);
  if (!goesOn(told)) return;
  // Nothing happened: whoever is not of its audience hears nothing of a rehearsal.
  if (told.kind === "incident_notice" && told.facts.rehearsal) return;
  const source = { id, subjectId, told };
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
  waves: WavePlan | null;
};

async function freezeCrowd(
  step: RecordedStep,
  { broadcast, audience, waves }: Freezing,
): Promise<{ people: number; held: number }> {
  const { tx, now } = step;
  const { id } = broadcast;
  const people = await freezeAudience(tx, { broadcastId: id, audience, now });
  const held = waves ? await holdBack(step, { id, people, plan: waves }) : 0;
  const isWritten = people - held <= PEOPLE_WITH_START;
  if (isWritten) await prepareWhole(tx, { broadcast, now });
  const isPrepared = isWritten && held === 0;
  await tx
    .update(broadcasts)
    .set({ people, preparedAt: isPrepared ? now : null })
    .where(eq(broadcasts.id, id));
  if (isPrepared) await writeDispatches(tx, { broadcastIds: [id], now });
  else if (!isWritten) await wakeJob(tx, "prepare-broadcasts");
  return { people, held };
}

/** Nothing to hold back where the first wave has everybody. */
async function holdBack(
  { tx }: RecordedStep,
  { id, people, plan }: { id: string; people: number; plan: WavePlan },
): Promise<number> {
  const first = firstOf(plan, people);
  if (first >= people) return 0;
  const rest = await holdRest(tx, { broadcastId: id, first });
  await tx.insert(broadcastWaves).values({ broadcastId: id, plan, first: people - rest, rest });
  return rest;
}

/** Together with the row itself: nobody is named who is not there. */
const countNamed = ({ userIds }: Named) =>
  sql<number>`(select count(*) from users where id = any(${sql.param([...userIds])}::uuid[]))`;

const peopleNamed = (audience: Named) => sql`
  people as (select id as user_id, ${sql.param("accountId" in audience ? [audience.accountId] : [])}::uuid[] as account_ids,
    true as mailed
  from users where id = any(${sql.param([...audience.userIds])}::uuid[]))`;
