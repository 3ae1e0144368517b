import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { broadcasts, deliveries } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";

import { person } from "../access/permissions";
import { proofOf, type SealedProof } from "../audit/proof";
import { readFacts, type Told } from "../broadcasts/facts";
import { isNotWithdrawn } from "../broadcasts/withdrawals";
import type { Actor, Person } from "../context";
import { Conflict, NotFound } from "../errors";
import { prose, uuid } from "../input";
import { query } from "../query";
import { readRows } from "../rows";
import { verb } from "../verb";

/**
 * Whether a telling asks no more of its readers than to know of it: it wants neither an account's answer,
 * as a major change does, nor advice to be followed (docs/decisions/077).
 */
export function isToBeKnown(told: Told): boolean {
  if (told.kind === "policy_change") return !told.facts.isMajor;
  return told.kind === "announcement" || told.kind === "withdrawal";
}

/**
 * A member says that they know of what a message tells, for those of their accounts that it told: neither
 * that they read it, which the opened message says by itself, nor that anybody agrees. Once; it stays.
 * @throws NotFound, also for somebody else's message; Conflict where more is asked, or it was withdrawn
 */
export const confirmKnown = verb({
  may: "inbox.know",
  input: z.object({
    id: uuid,
    /** The sentence above the button, word for word, in the language it was shown in. */
    statement: prose(500),
    locale: z.enum(LOCALES),
  }),

  async run({ tx, actor, now, record, unchanged }, { id, statement, locale }) {
    const message = await findOwn(tx, { actor, id });
    if (message.knownAt) return unchanged();
    const accountIds = person(actor)
      .memberships.map(({ accountId }) => accountId)
      .filter((one) => message.accountIds.includes(one));
    if (!message.holds || !isToBeKnown(message.told) || accountIds.length === 0)
      throw new Conflict("inbox.errors.notToKnow");

    await tx
      .update(deliveries)
      .set({ knownAt: now, readAt: message.readAt ?? now })
      .where(eq(deliveries.id, id));
    const { broadcastId, factsHash } = message;
    for (const accountId of accountIds)
      await record("broadcast.known", {
        id: accountId,
        after: { broadcastId, factsHash, statement, locale },
      });
  },
});

type Wanted = { actor: Actor; id: string };

/** The reader's own message, held until it is written. @throws NotFound */
async function findOwn(tx: Tx, { actor, id }: Wanted) {
  const [row] = await tx
    .select({
      ...{ broadcastId: broadcasts.id, kind: broadcasts.kind, facts: broadcasts.facts },
      ...{ factsHash: broadcasts.factsHash, accountIds: deliveries.accountIds },
      ...{ readAt: deliveries.readAt, knownAt: deliveries.knownAt },
      holds: sql<boolean>`${isNotWithdrawn}`,
    })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(
      and(
        eq(deliveries.id, id),
        eq(deliveries.userId, person(actor).id),
        eq(deliveries.channel, "inbox"),
      ),
    )
    .for("update", { of: deliveries });
  if (!row) throw new NotFound("errors.notFound");
  return { ...row, told: readFacts(row.kind, row.facts) };
}

const knowingRow = z.object({
  seq: z.coerce.number(),
  accountId: z.string(),
  statement: z.string(),
  locale: z.enum(LOCALES),
});
export type Knowing = NonNullable<Awaited<ReturnType<typeof findKnowing>>>;

/**
 * What the reader said of a telling to their accounts, as the record has it: the sentence, and the proof
 * for each account, null for the seconds until it is sealed. Null where they said nothing.
 */
export const findKnowing = query({
  may: "inbox.know",
  input: z.object({ broadcastId: uuid }),

  async run({ db, actor }, { broadcastId }) {
    const entries = await knowingsOf(db, { reader: person(actor), broadcastId });
    const [first] = entries;
    if (!first) return null;
    return {
      statement: first.statement,
      locale: first.locale,
      accountIds: entries.map(({ accountId }) => accountId),
      proof: await proofOf(db, first.seq),
    };
  },
});

/** The proof of it for one account. @throws NotFound where the reader said nothing for it */
export const readKnowingProof = query({
  may: "inbox.know",
  input: z.object({ broadcastId: uuid, accountId: uuid }),

  async run({ db, actor }, { broadcastId, accountId }): Promise<SealedProof | null> {
    const entries = await knowingsOf(db, { reader: person(actor), broadcastId });
    const entry = entries.find((one) => one.accountId === accountId);
    if (!entry) throw new NotFound("errors.notFound");
    return proofOf(db, entry.seq);
  },
});

const knowingsOf = (
  db: Db | Tx,
  { reader, broadcastId }: { reader: Person; broadcastId: string },
) => readRows(db, knowingRow)`
  select seq, subject_id as "accountId", after ->> 'statement' as statement, after ->> 'locale' as locale
  from audit_entries
  where subject_type = 'account' and action = 'broadcast.known' and actor_id = ${reader.id}
    and subject_id = any(${sql.param(reader.memberships.map(({ accountId }) => accountId))}::text[])
    and after ->> 'broadcastId' = ${broadcastId}
  order by seq`;
