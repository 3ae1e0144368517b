import { sql } from "drizzle-orm";
import { z } from "zod";

import { endEndpoints } from "../broadcasts/end-endpoint";
import { NotFound } from "../errors";
import { type RecordedStep, verb } from "../verb";
import { endpointInput } from "./input";
import { lockNamedTicketSystem, lockOwnEndpoint } from "./lock-own";

/** Ends an endpoint: its address is forgotten, and what waits for it is cancelled. @throws NotFound, NotAllowed, Conflict */
export const removeEndpoint = verb({
  may: "endpoint.manageOwn",
  input: endpointInput,

  run: async (step, { endpointId }) => {
    const { accountId } = await lockOwnEndpoint(step.tx, step.actor, endpointId);
    return remove(step, { endpointId, accountId });
  },
});

/**
 * Takes back that a browser shows its person's notices. It takes no account: consent is taken back also by
 * who has left the last one. @throws NotFound, Conflict
 */
export const removeBrowser = verb({
  may: "access.changeOwn",
  input: endpointInput,

  async run(step, { endpointId }) {
    const { accountId } = await lockOwnEndpoint(step.tx, step.actor, endpointId);
    if (accountId) throw new NotFound("errors.notFound");
    return remove(step, { endpointId, accountId });
  },
});

/** Calls no ticket system back any more. @throws NotFound */
export const removeTicketSystem = verb({
  may: "ticket.manageCallback",
  fresh: true,
  input: z.object({}),

  async run(step) {
    const { id: endpointId, accountId } = await lockNamedTicketSystem(step.tx);
    await remove(step, { endpointId, accountId });
  },
});

type Removal = { endpointId: string; accountId: string | null };

async function remove({ tx, now, record }: RecordedStep, { endpointId, accountId }: Removal) {
  await endEndpoints(tx, { where: sql`e.id = ${endpointId}`, reason: "removed", now });
  await record("endpoint.removed", { id: endpointId, after: { accountId, reason: "removed" } });
  return { accountId };
}
