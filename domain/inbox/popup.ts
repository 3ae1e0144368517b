import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { broadcasts, deliveries } from "@/db/schema";

import { person } from "../access/permissions";
import { askedVersions, askJoins, askState } from "../broadcasts/asks";
import { readFacts } from "../broadcasts/facts";
import { isNotWithdrawn } from "../broadcasts/withdrawals";
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

  async run({ db, actor, now }) {
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
          sql`(${waitsForAnAnswer(reader, now)} or (${asksToAct} and not ${isOutdated}))`,
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

/** One of the accounts the reader was told for has still to answer, and has not put it off. */
const waitsForAnAnswer = ({ memberships }: Person, now: Date) => sql`(
  ${broadcasts.kind} = 'policy_change' and (${broadcasts.facts}->>'isMajor')::boolean
  and exists (
    select from (${askedVersions(sql`v.id = ${broadcasts.subjectId}`)}) v
    join accounts a on a.id = any(${deliveries.accountIds})
      and a.id = any(${sql.param(memberships.map(({ accountId }) => accountId))}::uuid[])
    ${askJoins}
    where ${askState(now)} in ('waiting', 'overdue', 'joined_later')
  )
)`;

const asksToAct = sql`(
  ${broadcasts.kind} = 'incident_notice'
  and ${broadcasts.facts}->'parts'->>'actionability' = 'required' and ${isNotWithdrawn}
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
