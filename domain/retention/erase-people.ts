import { inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import {
  checkpointReaders,
  digestItems,
  handlerChoices,
  endpoints,
  factorFailures,
  factors,
  formerAddresses,
  mailKeys,
  memberInvitations,
  numberChecks,
  oidcIdentities,
  recoveryCodes,
  securityAlarms,
  securityEvents,
  signInRequests,
  subscriptions,
  suppressionLifts,
  suppressions,
  users,
} from "@/db/schema";

import { endEndpoints } from "../broadcasts/end-endpoint";

/** Somebody who leaves: what they are known by here. */
export const leaverRow = z.object({ id: z.string(), email: z.string() });
export type Leaver = z.output<typeof leaverRow>;

/** What stands in the place of a name: the same person keeps the same code. */
export const codeOf = (userId: SQL): SQL => sql`('U-' || left(${userId}::text, 8))`;

/** Erases the ways in of who leaves, and when they used them, and what they subscribed to: identities, requests for a mail, security records. */
export async function eraseWaysIn(tx: Tx, leavers: readonly Leaver[]) {
  const identities = await tx
    .delete(oidcIdentities)
    .where(
      inArray(
        oidcIdentities.userId,
        leavers.map(({ id }) => id),
      ),
    )
    .returning({ id: oidcIdentities.id });
  await tx.delete(formerAddresses).where(
    inArray(
      formerAddresses.userId,
      leavers.map(({ id }) => id),
    ),
  );
  for (const table of [
    subscriptions,
    checkpointReaders,
    mailKeys,
    digestItems,
    handlerChoices,
    numberChecks,
    securityEvents,
    securityAlarms,
    factors,
    recoveryCodes,
    factorFailures,
  ])
    await tx.delete(table).where(
      inArray(
        table.userId,
        leavers.map(({ id }) => id),
      ),
    );
  await tx.delete(memberInvitations).where(
    inArray(
      memberInvitations.email,
      leavers.map(({ email }) => email),
    ),
  );
  const asked = await tx
    .delete(signInRequests)
    .where(
      inArray(
        signInRequests.email,
        leavers.map(({ email }) => email),
      ),
    )
    .returning({ id: signInRequests.id });
  return { identities: identities.length, sign_in_requests: asked.length };
}

/** The last step, once the last mail has its addresses: name and address give way to a code. */
export async function erasePeople(
  tx: Tx,
  { leavers, now }: { leavers: readonly Leaver[]; now: Date },
): Promise<void> {
  await tx.delete(suppressions).where(
    inArray(
      suppressions.address,
      leavers.map(({ email }) => email),
    ),
  );
  await tx.delete(suppressionLifts).where(
    inArray(
      suppressionLifts.address,
      leavers.map(({ email }) => email),
    ),
  );
  await endEndpoints(tx, {
    where: sql`e.user_id = any(${sql.param(leavers.map(({ id }) => id))}::uuid[])`,
    ...{ reason: "erased", now },
  });
  await tx
    .update(endpoints)
    .set({ name: "", host: "", addressHash: "", browserHash: null })
    .where(
      inArray(
        endpoints.userId,
        leavers.map(({ id }) => id),
      ),
    );
  await tx
    .update(users)
    .set({
      name: sql`${codeOf(sql`id`)}`,
      email: sql`id::text || '@erased.invalid'`,
      wantsAnnouncementMails: false,
      wantsMinorChangeMails: false,
      mutedPushes: [],
      erasedAt: now,
    })
    .where(
      inArray(
        users.id,
        leavers.map(({ id }) => id),
      ),
    );
}
