import { and, count, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { channelAddress } from "@/channels/addresses";
import { endpoints } from "@/db/schema";
import { ENDPOINT_TOPICS } from "@/db/vocabulary/endpoints";
import { env } from "@/lib/env";
import { sha256Hex } from "@/lib/hash";
import { NotPostable } from "@/lib/public-address";
import { seal } from "@/lib/seal";
import { arePushKeys } from "@/lib/web-push";

import { person } from "../access/permissions";
import { ADDRESS, SECRET } from "../broadcasts/claim-dispatches";
import { endEndpoints } from "../broadcasts/end-endpoint";
import { Conflict, Invalid } from "../errors";
import { verb } from "../verb";
import { addBrowserInput } from "./input";
import { MOST_BROWSERS } from "./rules";

/**
 * Keeps that a person wants notices pushed to the browser they are in (P18): its push service's
 * address and the keys that only it can read by. Asking again changes nothing; what somebody else had
 * pushed to this browser ends.
 * @throws Invalid (an address that may not be posted to, keys that are none), Conflict (too many, or
 * nothing is pushed here)
 */
export const addBrowser = verb({
  may: "endpoint.manageOwn",
  input: addBrowserInput.extend({ device: z.string().max(100) }),

  async run({ tx, actor, now, record, unchanged }, { address, p256dh, auth, locale, device }) {
    if (!env().PUSH_KEY) throw new Conflict("endpoints.errors.pushOff");
    const url = addressOf(address);
    const keys = { p256dh, auth };
    if (!arePushKeys(keys)) throw new Invalid("endpoints.errors.noBrowser");
    const { id: userId } = person(actor);
    const addressHash = sha256Hex(url.href);
    // One browser is asked for by two people or twice at once: the second waits.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${addressHash}, 0))`);
    const [standing] = await tx
      .select({ id: endpoints.id, userId: endpoints.userId })
      .from(endpoints)
      .where(
        and(
          eq(endpoints.addressHash, addressHash),
          eq(endpoints.channel, "push"),
          isNull(endpoints.endedAt),
        ),
      );
    if (standing?.userId === userId) return unchanged();
    if (standing) {
      await endEndpoints(tx, { where: sql`e.id = ${standing.id}`, reason: "handed_over", now });
      const after = { accountId: null, reason: "handed_over" } as const;
      await record("endpoint.ended", { id: standing.id, after });
    }
    const [own] = await tx
      .select({ count: count() })
      .from(endpoints)
      .where(and(eq(endpoints.userId, userId), isNull(endpoints.endedAt)));
    if ((own?.count ?? 0) >= MOST_BROWSERS)
      throw new Conflict("endpoints.errors.tooManyBrowsers", { count: MOST_BROWSERS });

    const chosen = { channel: "push" as const, topics: [...ENDPOINT_TOPICS] };
    const [browser] = await tx
      .insert(endpoints)
      .values({
        ...{ ...chosen, userId, name: device, locale, host: url.hostname, addressHash },
        address: seal(url.href, ADDRESS),
        secret: seal(JSON.stringify(keys), SECRET),
        ...{ addedBy: userId, addedAt: now },
      })
      .returning({ id: endpoints.id });
    if (!browser) throw new Error("the browser was not written");
    await record("endpoint.added", { id: browser.id, after: { accountId: null, ...chosen } });
  },
});

function addressOf(address: string): URL {
  try {
    const url = channelAddress("push", address, env().ENDPOINT_HOSTS);
    if (url) return url;
  } catch (error) {
    if (!(error instanceof NotPostable)) throw error;
  }
  throw new Invalid("endpoints.errors.noBrowser");
}
