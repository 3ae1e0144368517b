import { and, type AnyColumn, eq, exists, gt, isNull } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { memberInvitations } from "@/db/schema";

/** Whether an account invites the address: then it gets a sign-in mail, though it is nobody's yet. */
export const isInvited = (db: Db | Tx, address: string | AnyColumn, now: Date) =>
  exists(
    db
      .select({ id: memberInvitations.id })
      .from(memberInvitations)
      .where(
        and(
          eq(memberInvitations.email, address),
          isNull(memberInvitations.endedAt),
          gt(memberInvitations.expiresAt, now),
        ),
      ),
  );
