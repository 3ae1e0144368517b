import { eq } from "drizzle-orm";
import { z } from "zod";

import { ADDRESSES } from "@/channels/addresses";
import { type Endpoint, endpoints } from "@/db/schema";
import { seal, unsealText } from "@/lib/seal";

import { SECRET, SECRET_BEFORE } from "../broadcasts/claim-dispatches";
import { Conflict } from "../errors";
import { type RecordedStep, verb } from "../verb";
import { endpointInput } from "./input";
import { lockNamedTicketSystem, lockOwnEndpoint } from "./lock-own";
import { BOTH_SECRETS_HOURS } from "./rules";
import { newWebhookSecret } from "./secret";

/**
 * Makes a webhook's secret anew. For a day each post carries both signatures, so that its receiver
 * may be changed in between. @throws NotFound, NotAllowed, Conflict where the channel's secret is not made here
 */
export const changeEndpointSecret = verb({
  may: "endpoint.manageOwn",
  input: endpointInput,

  async run(step, { endpointId }) {
    await exchange(step, await lockOwnEndpoint(step.tx, step.actor, endpointId));
  },
});

/** Makes the ticket system's secret anew, likewise. @returns it, to be shown this once. @throws NotFound */
export const changeCallbackSecret = verb({
  may: "ticket.manageCallback",
  fresh: true,
  input: z.object({}),

  run: async (step) => exchange(step, await lockNamedTicketSystem(step.tx)),
});

async function exchange({ tx, now, record }: RecordedStep, endpoint: Endpoint): Promise<string> {
  const { id, accountId, channel, secret } = endpoint;
  if (ADDRESSES[channel].secret !== "made") throw new Conflict("endpoints.errors.secretElsewhere");
  const made = newWebhookSecret();
  await tx
    .update(endpoints)
    .set({
      secret: seal(made, SECRET),
      secretBefore: secret && seal(unsealText(secret, SECRET), SECRET_BEFORE),
      secretBeforeUntil: new Date(now.getTime() + BOTH_SECRETS_HOURS * 3_600_000),
    })
    .where(eq(endpoints.id, id));
  await record("endpoint.secret_changed", { id, after: { accountId } });
  return made;
}
