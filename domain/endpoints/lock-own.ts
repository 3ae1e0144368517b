import { and, eq, isNull } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { accounts, type Endpoint, endpoints } from "@/db/schema";

import { membershipIn, person } from "../access/permissions";
import type { Actor } from "../context";
import { Conflict, NotFound } from "../errors";
import { ENDPOINT_ROLES } from "./rules";

/**
 * An endpoint of the actor's own account, or a browser of their own, to be changed: locked until the
 * transaction ends.
 * @throws NotFound, also for somebody else's; NotAllowed; Conflict once it has ended
 */
export async function lockOwnEndpoint(tx: Tx, actor: Actor, endpointId: string): Promise<Endpoint> {
  const [endpoint] = await tx
    .select()
    .from(endpoints)
    .where(eq(endpoints.id, endpointId))
    .for("update");
  if (!endpoint) throw new NotFound("errors.notFound");
  if (endpoint.accountId) membershipIn(actor, endpoint.accountId, ENDPOINT_ROLES);
  else if (endpoint.userId !== person(actor).id) throw new NotFound("errors.notFound");
  if (endpoint.endedAt) throw new Conflict("endpoints.errors.ended");
  return endpoint;
}

/** The standing ticket system, locked until the transaction ends; null while none is named. */
export async function lockTicketSystem(tx: Tx): Promise<Endpoint | null> {
  const [endpoint] = await tx
    .select()
    .from(endpoints)
    .where(and(isNull(endpoints.accountId), isNull(endpoints.userId), isNull(endpoints.endedAt)))
    .for("update");
  return endpoint ?? null;
}

/** The same where one has to stand. @throws NotFound */
export async function lockNamedTicketSystem(tx: Tx): Promise<Endpoint> {
  const endpoint = await lockTicketSystem(tx);
  if (!endpoint) throw new NotFound("errors.notFound");
  return endpoint;
}

/** The account, so that no two of its members pass a limit together. @throws NotFound, NotAllowed, Conflict */
export async function lockOwnAccount(tx: Tx, actor: Actor, accountId: string): Promise<void> {
  membershipIn(actor, accountId, ENDPOINT_ROLES);
  const [account] = await tx
    .select({ closedAt: accounts.closedAt })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for("update");
  if (!account) throw new NotFound("errors.notFound");
  if (account.closedAt) throw new Conflict("accounts.errors.accountClosed");
}

/** What the record says of it. */
export const recorded = ({ accountId, channel, topics }: Endpoint) => ({
  ...{ accountId, channel, topics },
});
