import { and, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { endpoints, numberChecks } from "@/db/schema";
import { maskNumber } from "@/lib/mobile-number";
import { seal, unsealText } from "@/lib/seal";
import { isSignedByUs } from "@/lib/signing";

import { person } from "../access/permissions";
import { digitsOf } from "../access/secrets";
import { ADDRESS } from "../broadcasts/claim-dispatches";
import { endEndpoints } from "../broadcasts/end-endpoint";
import { query } from "../query";
import { verb } from "../verb";
import { NUMBER, numberCode } from "./ask-number";
import { MOST_WRONG_CODES } from "./rules";

/** The number that stands for the reader, and the one that a code was sent to, both masked; null where there is none. */
export const findOwnNumber = query({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ db, actor, now }) {
    const { id: userId } = person(actor);
    const [standing] = await db
      .select({ id: endpoints.id, masked: endpoints.host, addedAt: endpoints.addedAt })
      .from(endpoints)
      .where(
        and(eq(endpoints.userId, userId), eq(endpoints.channel, "sms"), isNull(endpoints.endedAt)),
      );
    const check = await openCheck(db, { userId, now });
    const waiting = check ? maskNumber(unsealText(check.number, NUMBER)) : null;
    return { standing: standing ?? null, waiting };
  },
});

/**
 * Keeps the number that the code was sent to, in the place of the one before; with somebody else it ends:
 * who holds the telephone now is who typed the code. A wrong code is counted, and five end it.
 * @returns whether it was the code
 */
export const confirmNumber = verb({
  may: "endpoint.manageOwn",
  input: z.object({ code: z.string().max(40) }),

  async run({ tx, actor, now, record, recordEach, unchanged }, { code }): Promise<boolean> {
    const { id: userId } = person(actor);
    const check = await openCheck(tx, { userId, now, lock: true });
    if (!check) return unchanged(false);
    const { id, numberKey: addressHash, locale } = check;
    const isRight = isSignedByUs(digitsOf(code), (by) => numberCode(id, by));
    const change = isRight ? { usedAt: now } : { failedAttempts: check.failedAttempts + 1 };
    await tx.update(numberChecks).set(change).where(eq(numberChecks.id, id));
    if (!isRight) {
      await record("person.checked_number", { id: userId, after: { outcome: "refused" } });
      return false;
    }
    // One number is confirmed by two people at once: the second waits.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${addressHash}, 0))`);
    for (const [reason, whose] of [
      ["removed", sql`e.user_id = ${userId}`],
      ["handed_over", sql`e.address_hash = ${addressHash}`],
    ] as const) {
      const ended = await endEndpoints(tx, {
        where: sql`e.channel = 'sms' and ${whose}`,
        ...{ reason, now },
      });
      await recordEach(
        "endpoint.ended",
        ended.map((one) => ({ id: one.id, after: { accountId: null, reason } })),
      );
    }
    const number = unsealText(check.number, NUMBER);
    const chosen = { channel: "sms" as const, topics: ["incidents" as const] };
    const [added] = await tx
      .insert(endpoints)
      .values({
        ...{ ...chosen, userId, name: "", locale, host: maskNumber(number), addressHash },
        ...{ address: seal(number, ADDRESS), addedBy: userId, addedAt: now },
      })
      .returning({ id: endpoints.id });
    if (!added) throw new Error("the number was not written");
    await record("endpoint.added", { id: added.id, after: { accountId: null, ...chosen } });
    return true;
  },
});

type Asking = { userId: string; now: Date; lock?: boolean };

/** The last check of a person that a code still opens. */
async function openCheck(db: Db | Tx, { userId, now, lock = false }: Asking) {
  const asked = db
    .select()
    .from(numberChecks)
    .where(
      and(
        eq(numberChecks.userId, userId),
        isNull(numberChecks.usedAt),
        gt(numberChecks.expiresAt, now),
        lt(numberChecks.failedAttempts, MOST_WRONG_CODES),
      ),
    )
    .orderBy(desc(numberChecks.requestedAt))
    .limit(1);
  const [check] = await (lock ? asked.for("update") : asked);
  return check ?? null;
}
