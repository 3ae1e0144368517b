import { sql } from "drizzle-orm";

import { endEndpoints } from "../broadcasts/end-endpoint";
import { verb } from "../verb";
import { endpointInput } from "./input";
import { lockOwnEndpoint } from "./lock-own";

/** Ends an endpoint: its address is forgotten, and what waits for it is cancelled. @throws NotFound, NotAllowed, Conflict */
export const removeEndpoint = verb({
  may: "endpoint.manageOwn",
  input: endpointInput,

  async run({ tx, actor, now, record }, { endpointId }) {
    const { accountId } = await lockOwnEndpoint(tx, actor, endpointId);
    await endEndpoints(tx, { where: sql`e.id = ${endpointId}`, reason: "removed", now });
    await record("endpoint.removed", { id: endpointId, after: { accountId, reason: "removed" } });
    return { accountId };
  },
});
