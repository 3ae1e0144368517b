import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";

import { ADDRESSES, channelAddress } from "@/channels/addresses";
import type { Tx } from "@/db/client";
import { endpoints } from "@/db/schema";
import { env } from "@/lib/env";
import { sha256Hex } from "@/lib/hash";
import { NotPostable } from "@/lib/public-address";
import { seal } from "@/lib/seal";

import { person } from "../access/permissions";
import { ADDRESS, SECRET } from "../broadcasts/claim-dispatches";
import { Conflict, Invalid } from "../errors";
import { verb } from "../verb";
import { addEndpointInput } from "./input";
import { lockOwnAccount } from "./lock-own";
import { MOST_ENDPOINTS } from "./rules";
import { newWebhookSecret } from "./secret";

type Input = z.output<typeof addEndpointInput>;

/**
 * Names an address of an account that its notices are posted to. Where the channel's secret is made
 * here, it is made now; where the receiver has one, it is given.
 * @throws Invalid (an address that may not be posted to, or none of the channel), Conflict (too many), NotFound, NotAllowed
 */
export const addEndpoint = verb({
  may: "endpoint.manageOwn",
  input: addEndpointInput,

  async run({ tx, actor, now, record }, input) {
    const { accountId, channel, name, topics, locale } = input;
    await lockOwnAccount(tx, actor, accountId);
    const url = postableAddress(input, env().ENDPOINT_HOSTS);
    await assertRoom(tx, { accountId, channel, hash: sha256Hex(url.href) });

    const secret = secretOf(input);
    const [endpoint] = await tx
      .insert(endpoints)
      .values({
        ...{ accountId, channel, name, topics, locale, host: url.hostname },
        address: seal(url.href, ADDRESS),
        addressHash: sha256Hex(url.href),
        secret: secret === null ? null : seal(secret, SECRET),
        addedBy: person(actor).id,
        addedAt: now,
      })
      .returning({ id: endpoints.id });
    if (!endpoint) throw new Error("the endpoint was not written");
    await record("endpoint.added", { id: endpoint.id, after: { accountId, channel, topics } });
    return { id: endpoint.id };
  },
});

/** An address of the channel's. @throws Invalid at its field, saying why nothing may be posted there */
export function postableAddress(
  { channel, address }: Pick<Input, "channel" | "address">,
  also: readonly string[],
): URL {
  const refused = (key: string) =>
    new Invalid("errors.form", { address: [`endpoints.errors.address.${key}`] });
  try {
    const url = channelAddress(channel, address, also);
    if (url) return url;
  } catch (error) {
    if (error instanceof NotPostable) throw refused(error.code);
    throw error;
  }
  throw refused("otherChannel");
}

const secretOf = ({ channel, secret }: Input): string | null =>
  ({ made: newWebhookSecret(), given: secret ?? null, none: null })[ADDRESSES[channel].secret];

type Wanted = Pick<Input, "accountId" | "channel"> & { hash: string };

async function assertRoom(tx: Tx, { accountId, channel, hash }: Wanted): Promise<void> {
  const standing = await tx
    .select({ channel: endpoints.channel, hash: endpoints.addressHash })
    .from(endpoints)
    .where(and(eq(endpoints.accountId, accountId), isNull(endpoints.endedAt)));
  if (standing.some((one) => one.channel === channel && one.hash === hash))
    throw new Invalid("errors.form", { address: ["endpoints.errors.address.known"] });
  if (standing.length >= MOST_ENDPOINTS)
    throw new Conflict("endpoints.errors.tooMany", { count: MOST_ENDPOINTS });
}
