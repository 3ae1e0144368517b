import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Db, Tx } from "@/db/client";
import { accounts, deregistrations, users } from "@/db/schema";

const requester = alias(users, "requester");
const confirmer = alias(users, "confirmer");
const canceller = alias(users, "canceller");
const pauser = alias(users, "pauser");

/** Deregistrations with the names of who asked, confirmed and called off. */
export const selectStanding = (db: Db | Tx) =>
  db
    .select({
      id: deregistrations.id,
      number: deregistrations.number,
      accountId: deregistrations.accountId,
      accountName: accounts.name,
      uin: accounts.uin,
      status: deregistrations.status,
      requestedBy: deregistrations.requestedBy,
      requesterName: requester.name,
      requestedAt: deregistrations.requestedAt,
      confirmerName: confirmer.name,
      confirmedAt: deregistrations.confirmedAt,
      executeAfter: deregistrations.executeAfter,
      cancellerName: canceller.name,
      cancelledAt: deregistrations.cancelledAt,
      completedAt: deregistrations.completedAt,
      pausedAt: deregistrations.pausedAt,
      pauserName: pauser.name,
      pauseReason: deregistrations.pauseReason,
      checks: deregistrations.checks,
    })
    .from(deregistrations)
    .innerJoin(accounts, eq(accounts.id, deregistrations.accountId))
    .innerJoin(requester, eq(requester.id, deregistrations.requestedBy))
    .leftJoin(confirmer, eq(confirmer.id, deregistrations.confirmedBy))
    .leftJoin(canceller, eq(canceller.id, deregistrations.cancelledBy))
    .leftJoin(pauser, eq(pauser.id, deregistrations.pausedBy));
