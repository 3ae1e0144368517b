import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { accounts, auditEntries, deregistrations, members, serviceEnds, users } from "@/db/schema";
import { OPEN_DEREGISTRATION_STATUSES } from "@/db/vocabulary/deregistrations";

import { freshUntil, isFreshlySignedIn } from "../access/fresh-sign-in";
import { membershipIn, person } from "../access/permissions";
import { endOfDeregistration } from "../disposals/open-end";
import { uuid } from "../input";
import { query } from "../query";
import { readChecks } from "./checks";
import { elsewhere } from "./input";
import { isBlocked } from "./rules";
import { selectStanding } from "./standing";

export type OwnDeregistration = Awaited<ReturnType<typeof readOwnDeregistration>>;

/**
 * Where an account of the reader's stands on its way out: what is still open, who owns it, the
 * deregistration under way or the last one that was cancelled. @throws NotFound for anybody else's
 */
export const readOwnDeregistration = query({
  may: "deregistration.readOwn",
  input: z.object({ accountId: uuid, elsewhere }),

  async run({ db, actor, now }, { accountId, elsewhere: counted }) {
    const { role } = membershipIn(actor, accountId);
    const [account] = await db
      .select({ id: accounts.id, name: accounts.name, uin: accounts.uin })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    const [checks, owners, latest, exportedAt] = await Promise.all([
      readChecks(db, accountId, counted),
      ownersOf(db, accountId),
      latestOf(db, accountId),
      exportedAtOf(db, accountId),
    ]);
    const isOpen = OPEN_DEREGISTRATION_STATUSES.some((open) => open === latest?.status);
    const readerId = person(actor).id;
    return {
      account: account ?? { id: accountId, name: "", uin: "" },
      role,
      readerId,
      owners,
      checks,
      isBlocked: isBlocked(checks),
      /** When everything about it was last taken to the end (access/own-data.ts); null where nobody has. */
      exportedAt,
      open: latest && isOpen ? latest : null,
      /** What becomes of the data of its service, once that has begun. */
      service: latest && isOpen ? await endOfDeregistration(db, latest.id) : null,
      lastCancelled: latest?.status === "cancelled" ? latest : null,
      freshUntil: freshUntil({ actor }),
      isFresh: isFreshlySignedIn({ actor, now }),
    };
  },
});

/** The deregistrations under way in the reader's accounts: what the banner on every page says. */
export const listOwnDeregistrations = query({
  may: "deregistration.readOwn",
  input: z.object({}),

  async run({ db, actor }) {
    const { id: readerId, memberships } = person(actor);
    const rows = await db
      .select({
        id: deregistrations.id,
        accountId: deregistrations.accountId,
        accountName: accounts.name,
        uin: accounts.uin,
        status: deregistrations.status,
        requestedBy: deregistrations.requestedBy,
        requestedAt: deregistrations.requestedAt,
        executeAfter: deregistrations.executeAfter,
        endId: serviceEnds.id,
      })
      .from(deregistrations)
      .innerJoin(accounts, eq(accounts.id, deregistrations.accountId))
      .leftJoin(serviceEnds, eq(serviceEnds.deregistrationId, deregistrations.id))
      .where(
        and(
          inArray(
            deregistrations.accountId,
            memberships.map(({ accountId }) => accountId),
          ),
          inArray(deregistrations.status, [...OPEN_DEREGISTRATION_STATUSES]),
        ),
      )
      .orderBy(asc(deregistrations.executeAfter));
    return rows.map(({ requestedBy, endId, ...row }) => {
      const isOwner = memberships.some(
        ({ accountId, role }) => accountId === row.accountId && role === "owner",
      );
      /** Whether it stands still until this owner, the second one, confirms it. */
      const needsReader = isOwner && row.status === "awaiting_owner" && requestedBy !== readerId;
      /** Nobody cancels any more once the data of its service is being disposed of. */
      const isDisposing = endId !== null;
      return { ...row, isOwner, needsReader, isDisposing };
    });
  },
});

async function ownersOf(db: Db | Tx, accountId: string) {
  return db
    .select({ id: users.id, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.accountId, accountId), eq(members.role, "owner"), isNull(members.leftAt)))
    .orderBy(asc(members.joinedAt), asc(users.name));
}

async function exportedAtOf(db: Db | Tx, accountId: string): Promise<Date | null> {
  const [taken] = await db
    .select({ at: auditEntries.at })
    .from(auditEntries)
    .where(
      and(
        sql`${auditEntries.after} ->> 'accountId' = ${accountId}`,
        eq(auditEntries.action, "person.took_export"),
      ),
    )
    .orderBy(desc(auditEntries.at))
    .limit(1);
  return taken?.at ?? null;
}

async function latestOf(db: Db | Tx, accountId: string) {
  const [latest] = await selectStanding(db)
    .where(eq(deregistrations.accountId, accountId))
    .orderBy(desc(deregistrations.requestedAt))
    .limit(1);
  return latest;
}
