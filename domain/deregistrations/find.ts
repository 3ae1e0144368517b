import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { deregistrations } from "@/db/schema";

import { endOfDeregistration } from "../disposals/open-end";
import { NotFound } from "../errors";
import { query } from "../query";
import { countColumn, readOneRow } from "../rows";
import { type Elsewhere, NOTHING_ELSEWHERE, readChecks, storedChecks } from "./checks";
import { deregistrationNumber } from "./input";
import { isBlocked } from "./rules";
import { readServiceLines } from "./service-lines";
import { selectStanding } from "./standing";

export type FoundDeregistration = Awaited<ReturnType<typeof findDeregistration>>;

/** One deregistration for the desk: its course, its checks, what is still held. @throws NotFound */
export const findDeregistration = query({
  may: "deregistration.read",
  input: z.object({ number: deregistrationNumber }),

  async run({ db, now }, { number }) {
    const [found] = await selectStanding(db).where(eq(deregistrations.number, number));
    if (!found) throw new NotFound("errors.notFound");
    const isDue =
      found.status === "cooling_off" && found.executeAfter !== null && found.executeAfter <= now;
    return {
      ...found,
      service: await endOfDeregistration(db, found.id),
      checks: storedChecks.parse(found.checks),
      isHeld: isDue && isBlocked(await readChecks(db, found.accountId, await atTheEnd(found.uin))),
      addressesHeld: found.status === "completed" ? await countHeld(db, found.accountId) : 0,
    };
  },
});

/** What the worker looks at once the cooling-off is over. */
const atTheEnd = async (uin: string): Promise<Elsewhere> => ({
  ...NOTHING_ELSEWHERE,
  service: (await readServiceLines(uin)).lines,
});

/** Addresses of erased people that wait for their last mail to leave. */
async function countHeld(db: Db | Tx, accountId: string): Promise<number> {
  const { held } = await readOneRow(db, z.object({ held: countColumn }))`
    select count(*) as held from deliveries d join users u on u.id = d.user_id
    where u.erased_at is not null and d.address is not null
      and u.id in (select user_id from members where account_id = ${accountId})`;
  return held;
}
