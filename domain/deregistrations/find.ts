import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, deregistrations, users } from "@/db/schema";

import { NotFound } from "../errors";
import { query } from "../query";
import { countColumn, readOneRow } from "../rows";
import { NOTHING_ELSEWHERE, readChecks, storedChecks } from "./checks";
import { deregistrationNumber } from "./input";
import { isBlocked } from "./rules";

const requester = alias(users, "requester");
const confirmer = alias(users, "confirmer");
const canceller = alias(users, "canceller");

export type FoundDeregistration = Awaited<ReturnType<typeof findDeregistration>>;

/** One deregistration for the desk: its course, its checks, what is still held. @throws NotFound */
export const findDeregistration = query({
  may: "deregistration.read",
  input: z.object({ number: deregistrationNumber }),

  async run({ db, now }, { number }) {
    const [found] = await db
      .select({
        id: deregistrations.id,
        number: deregistrations.number,
        accountId: deregistrations.accountId,
        accountName: accounts.name,
        uin: accounts.uin,
        status: deregistrations.status,
        requesterName: requester.name,
        requestedAt: deregistrations.requestedAt,
        confirmerName: confirmer.name,
        confirmedAt: deregistrations.confirmedAt,
        executeAfter: deregistrations.executeAfter,
        cancellerName: canceller.name,
        cancelledAt: deregistrations.cancelledAt,
        completedAt: deregistrations.completedAt,
        checks: deregistrations.checks,
      })
      .from(deregistrations)
      .innerJoin(accounts, eq(accounts.id, deregistrations.accountId))
      .innerJoin(requester, eq(requester.id, deregistrations.requestedBy))
      .leftJoin(confirmer, eq(confirmer.id, deregistrations.confirmedBy))
      .leftJoin(canceller, eq(canceller.id, deregistrations.cancelledBy))
      .where(eq(deregistrations.number, number));
    if (!found) throw new NotFound("errors.notFound");
    const isDue =
      found.status === "cooling_off" && found.executeAfter !== null && found.executeAfter <= now;
    return {
      ...found,
      checks: storedChecks.parse(found.checks),
      isHeld: isDue && isBlocked(await readChecks(db, found.accountId, NOTHING_ELSEWHERE)),
      addressesHeld: found.status === "completed" ? await countHeld(db, found.accountId) : 0,
    };
  },
});

/** Addresses of erased people that wait for their last mail to leave. */
async function countHeld(db: Db | Tx, accountId: string): Promise<number> {
  const { held } = await readOneRow(db, z.object({ held: countColumn }))`
    select count(*) as held from deliveries d join users u on u.id = d.user_id
    where u.erased_at is not null and d.address is not null
      and u.id in (select user_id from members where account_id = ${accountId})`;
  return held;
}
