import { eq, sql } from "drizzle-orm";

import { broadcasts } from "@/db/schema";
import { type BroadcastKind, type Channel, CHANNELS } from "@/db/vocabulary/broadcasts";
import { hashOf } from "@/lib/hash";

import { wakeJob } from "../jobs";
import type { RecordedStep } from "../verb";
import type { Audience, Crowd, Named } from "./audience";
import type { FactsOf } from "./facts";
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
 * those of more are written by the worker within seconds (prepare.ts). No mail leaves here.
 * @returns the broadcast's id and how many people it tells.
 */
export async function startBroadcast<Kind extends BroadcastKind>(
  step: RecordedStep,
  { kind, subjectId, facts, audience, channels = CHANNELS, isPublic = false }: Start<Kind>,
): Promise<{ id: string; people: number }> {
  const { tx, actor, now, record } = step;
  const factsHash = hashOf(facts);
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
    after: { kind, subjectId, people, channels, factsHash },
  });
  await wakeJob(tx, "deliver-mails");
  return { id, people };
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
