import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { broadcasts, deliveries } from "@/db/schema";

import { person } from "../access/permissions";
import { readFacts } from "../broadcasts/facts";
import type { Person } from "../context";
import { query } from "../query";

export type Popup = NonNullable<Awaited<ReturnType<typeof findPopup>>>;

/**
 * What the reader should see before anything else (P39): the newest major change that one of their
 * accounts has still to answer, or the latest notice of an incident on which they have to act,
 * unread and its popup not closed; null when there is none.
 */
export const findPopup = query({
  may: "inbox.readOwn",
  input: z.object({}),

  async run({ db, actor }) {
    const reader = person(actor);
    const [row] = await db
      .select({ id: deliveries.id, kind: broadcasts.kind, facts: broadcasts.facts })
      .from(deliveries)
      .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
      .where(
        and(
          eq(deliveries.userId, reader.id),
          eq(deliveries.channel, "inbox"),
          isNull(deliveries.popupClosedAt),
          isNull(deliveries.readAt),
          isNull(deliveries.archivedAt),
          sql`(${waitsForAnAnswer(reader)} or (${asksToAct} and not ${isOutdated}))`,
        ),
      )
      .orderBy(desc(deliveries.createdAt))
      .limit(1);
    if (!row) return null;
    const told = readFacts(row.kind, row.facts);
    return told.kind === "policy_change" || told.kind === "incident_notice"
      ? { id: row.id, told }
      : null;
  },
});

/** Once every account the reader was told for has answered, nothing is left to press for. */
const waitsForAnAnswer = ({ memberships }: Person) => sql`(
  ${broadcasts.kind} = 'policy_change' and (${broadcasts.facts}->>'isMajor')::boolean
  and exists (
    select from policy_versions v
    where v.id = ${broadcasts.subjectId} and v.status in ('scheduled', 'in_force')
  )
  and exists (
    select from unnest(${deliveries.accountIds}) as told(account_id)
    where told.account_id = any(${sql.param(memberships.map(({ accountId }) => accountId))}::uuid[])
      and not exists (
        select from policy_acknowledgements k
        where k.version_id = ${broadcasts.subjectId} and k.account_id = told.account_id
      )
  )
)`;

const asksToAct = sql`(
  ${broadcasts.kind} = 'incident_notice'
  and ${broadcasts.facts}->'parts'->>'actionability' = 'required'
)`;

/** A later notice of the same incident told the reader for the same accounts: its word counts, read or not. */
const isOutdated = sql`exists (
  select from deliveries newer join broadcasts told on told.id = newer.broadcast_id
  where newer.user_id = ${deliveries.userId} and newer.channel = 'inbox'
    and told.kind = 'incident_notice'
    and told.facts->>'incidentId' = ${broadcasts.facts}->>'incidentId'
    and (told.facts->>'sequence')::int > (${broadcasts.facts}->>'sequence')::int
    and newer.account_ids @> ${deliveries.accountIds}
)`;
