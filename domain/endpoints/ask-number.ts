import { and, eq, gt, gte, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { numberChecks } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";
import { env } from "@/lib/env";
import { mobileNumber } from "@/lib/mobile-number";
import { seal, unsealText } from "@/lib/seal";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";
import { sign, type Signer } from "@/lib/signing";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { uuid } from "../input";
import { wakeJob } from "../jobs";
import { query } from "../query";
import { verb } from "../verb";
import { CODE_MINUTES, MOST_CODES } from "./rules";

export const NUMBER = "number_check.number";
const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];

/** What a number is counted by, and what tells whether it stands: it says nothing to who lacks our key. */
export const numberKey = (number: string): string => sign(`number:${number}`).toString("hex");

/** The six digits for one check. */
export function numberCode(checkId: string, by: Signer = sign): string {
  return (by(`number-code:${checkId}`).readBigUInt64BE(0) % 1_000_000n).toString().padStart(6, "0");
}

/**
 * Sends a code to a mobile number that somebody says is theirs: nothing else is sent there before it was
 * typed back. A code costs money and reaches who did not ask for it, so that they are few: one in a
 * minute, five a day for a person, and five for a number; and so many over all people (SMS_BUDGET_CODES).
 * @throws Conflict (no operator, too many); Invalid for what is no number
 */
export const askNumber = verb({
  may: "endpoint.manageOwn",
  input: z.object({ number: mobileNumber, locale: z.enum(LOCALES) }),

  async run({ tx, actor, now, record }, { number, locale }): Promise<void> {
    if (!env().SMS_OPERATOR) throw new Conflict("endpoints.errors.smsOff");
    const { id: userId } = person(actor);
    const key = numberKey(number);
    // One at a time, so that no two pass a limit together.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('endpoints.numbers'))`);
    await assertFew(tx, { userId, key, now });
    const dayBegan = shanghaiMidnight(shanghaiDay(now));
    if (
      (await tx.$count(numberChecks, gte(numberChecks.requestedAt, dayBegan))) >=
      env().SMS_BUDGET_CODES
    )
      throw new Conflict("endpoints.errors.codesUsedUp");
    const [check] = await tx
      .insert(numberChecks)
      .values({
        ...{ userId, locale, numberKey: key, number: seal(number, NUMBER), requestedAt: now },
        expiresAt: new Date(now.getTime() + CODE_MINUTES * MINUTE_MS),
      })
      .returning({ id: numberChecks.id });
    if (!check) throw new Error("the check was not written");
    await record("person.checked_number", { id: userId, after: { outcome: "asked" } });
    await wakeJob(tx, "send-number-code", { payload: { checkId: check.id } });
  },
});

type Asked = { userId: string; key: string; now: Date };

/** @throws Conflict */
async function assertFew(tx: Tx, { userId, key, now }: Asked): Promise<void> {
  const own = eq(numberChecks.userId, userId);
  const there = eq(numberChecks.numberKey, key);
  const asked = await tx
    .select({
      userId: numberChecks.userId,
      key: numberChecks.numberKey,
      at: numberChecks.requestedAt,
    })
    .from(numberChecks)
    .where(and(or(own, there), gt(numberChecks.requestedAt, new Date(now.getTime() - DAY_MS))));
  const most = Math.max(
    asked.filter((one) => one.userId === userId).length,
    asked.filter((one) => one.key === key).length,
  );
  if (most >= MOST_CODES)
    throw new Conflict("endpoints.errors.tooManyCodes", { count: MOST_CODES });
  if (asked.some(({ at }) => now.getTime() - at.getTime() < MINUTE_MS))
    throw new Conflict("endpoints.errors.codeSent");
}

/** What the message needs; null once it is used or too old. */
export const readNumberCheck = query({
  may: "broadcast.deliver",
  input: z.object({ checkId: uuid }),

  async run({ db, now }, { checkId }) {
    const [check] = await db
      .select()
      .from(numberChecks)
      .where(
        and(
          eq(numberChecks.id, checkId),
          isNull(numberChecks.usedAt),
          gt(numberChecks.expiresAt, now),
        ),
      );
    if (!check) return null;
    const { locale, number } = check;
    return { locale, number: unsealText(number, NUMBER), code: numberCode(checkId) };
  },
});
