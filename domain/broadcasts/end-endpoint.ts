import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import type { EndpointEnd } from "@/db/vocabulary/endpoints";

import { uuid } from "../input";
import { readRows } from "../rows";
import { verb } from "../verb";

const endedRow = z.object({ id: z.string(), accountId: z.string().nullable() });
type Ending = { where: ReturnType<typeof sql>; reason: EndpointEnd; now: Date };

/**
 * Ends endpoints: address and secrets go, of a mobile number also what it is known again by, and what
 * waits for them is cancelled. What was posted stays on record. @returns those that ended just now
 */
export async function endEndpoints(tx: Tx, { where, reason, now }: Ending) {
  const ended = await readRows(tx, endedRow)`
    update endpoints e set ended_at = ${now.toISOString()}::timestamptz, end_reason = ${reason},
      address = null, secret = null, secret_before = null, secret_before_until = null,
      address_hash = case when e.channel = 'sms' then '' else e.address_hash end
    where e.ended_at is null and ${where}
    returning e.id, e.account_id as "accountId"`;
  await tx.execute(sql`
    update dispatches set status = 'cancelled', settled_at = ${now.toISOString()}::timestamptz,
      reason = 'endpoint ended'
    where status = 'queued'
      and endpoint_id = any(${sql.param(ended.map(({ id }) => id))}::uuid[])`);
  return ended;
}

/** The receiver said that it wants nothing more. */
export const endpointEnded = verb({
  may: "broadcast.deliver",
  input: z.object({ endpointId: uuid }),

  async run({ tx, now, recordEach, unchanged }, { endpointId }) {
    const ended = await endEndpoints(tx, { where: sql`e.id = ${endpointId}`, reason: "gone", now });
    if (ended.length === 0) return unchanged();
    await recordEach(
      "endpoint.ended",
      ended.map(({ id, accountId }) => ({ id, after: { accountId, reason: "gone" } })),
    );
  },
});
