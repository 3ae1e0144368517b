import { eq } from "drizzle-orm";

import { ADDRESSES } from "@/channels/addresses";
import { endpoints } from "@/db/schema";
import { seal, unsealText } from "@/lib/seal";

import { SECRET, SECRET_BEFORE } from "../broadcasts/claim-dispatches";
import { Conflict } from "../errors";
import { verb } from "../verb";
import { endpointInput } from "./input";
import { lockOwnEndpoint } from "./lock-own";
import { BOTH_SECRETS_HOURS } from "./rules";
import { newWebhookSecret } from "./secret";

/**
 * Makes a webhook's secret anew. For a day each post carries both signatures, so that its receiver
 * may be changed in between. @throws NotFound, NotAllowed, Conflict where the channel's secret is not made here
 */
export const changeEndpointSecret = verb({
  may: "endpoint.manageOwn",
  input: endpointInput,

  async run({ tx, actor, now, record }, { endpointId }) {
    const { accountId, channel, secret } = await lockOwnEndpoint(tx, actor, endpointId);
    if (ADDRESSES[channel].secret !== "made")
      throw new Conflict("endpoints.errors.secretElsewhere");
    await tx
      .update(endpoints)
      .set({
        secret: seal(newWebhookSecret(), SECRET),
        secretBefore: secret && seal(unsealText(secret, SECRET), SECRET_BEFORE),
        secretBeforeUntil: new Date(now.getTime() + BOTH_SECRETS_HOURS * 3_600_000),
      })
      .where(eq(endpoints.id, endpointId));
    await record("endpoint.secret_changed", { id: endpointId, after: { accountId } });
  },
});
