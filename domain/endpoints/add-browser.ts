import { and, count, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";

import { channelAddress } from "@/channels/addresses";
import type { Tx } from "@/db/client";
import { endpoints, sessions } from "@/db/schema";
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
  input: addBrowserInput.extend({
    device: z.string().max(100),
    /** What the door knows the browser by; "" where it does not. */
    browserHash: z.string().max(100).default(""),
  }),

  async run(step, { locale, device, browserHash, ...given }) {
    const { tx, actor, now, record, recordEach, unchanged } = step;
    if (!env().PUSH_KEY) throw new Conflict("endpoints.errors.pushOff");
    const { host, addressHash, ...sealed } = subscribed(given);
    const { id: userId, sessionId } = person(actor);
    const standing = await standingAt(tx, { addressHash, browserHash });
    if (standing?.userId === userId) return unchanged();
    const before = await endEndpoints(tx, {
      where: sql`e.channel = 'push' and e.user_id <> ${userId}
        and (e.address_hash = ${addressHash} or e.browser_hash = ${browserHash})`,
      ...{ reason: "handed_over", now },
    });
    const after = { accountId: null, reason: "handed_over" } as const;
    await recordEach(
      "endpoint.ended",
      before.map(({ id }) => ({ id, after })),
    );
    const [own] = await tx
      .select({ count: count() })
      .from(endpoints)
      .where(
        and(eq(endpoints.userId, userId), eq(endpoints.channel, "push"), isNull(endpoints.endedAt)),
      );
    if ((own?.count ?? 0) >= MOST_BROWSERS)
      throw new Conflict("endpoints.errors.tooManyBrowsers", { count: MOST_BROWSERS });

    await forgetMark(tx, browserHash);
    const chosen = { channel: "push" as const, topics: [...ENDPOINT_TOPICS] };
    const [browser] = await tx
      .insert(endpoints)
      .values({
        ...{ ...chosen, userId, name: device, locale, host, addressHash, ...sealed },
        ...{ addedBy: userId, addedAt: now, browserHash: browserHash || null },
      })
      .returning({ id: endpoints.id });
    if (!browser) throw new Error("the browser was not written");
    await markSession(tx, { sessionId, browserHash });
    await record("endpoint.added", { id: browser.id, after: { accountId: null, ...chosen } });
  },
});

/**
 * Takes a browser's new address and keys in the place of those its push service ended
 * (`pushsubscriptionchange`): nobody has to be signed in then. The browser is known by its own mark, which
 * opens what was last added with it and nothing else. Where its push service had told us first that the
 * old one is gone, it stands again; where its person ended it, or signed out there, nothing begins.
 * @throws Invalid
 */
export const renewBrowser = verb({
  may: "endpoint.renewBrowser",
  input: addBrowserInput.omit({ locale: true }).extend({ browserHash: z.string().max(100) }),

  async run({ tx, now, record, unchanged }, { browserHash, ...given }): Promise<void> {
    if (!env().PUSH_KEY || browserHash === "") return unchanged();
    const renewed = subscribed(given);
    const { addressHash } = renewed;
    if (await standingAt(tx, { addressHash, browserHash })) return unchanged();
    const [known] = await tx
      .select()
      .from(endpoints)
      .where(eq(endpoints.browserHash, browserHash))
      .for("update");
    if (!known || (known.endedAt && known.endReason !== "gone")) return unchanged();
    const { id, channel, topics } = known;
    if (!known.endedAt) {
      await tx.update(endpoints).set(renewed).where(eq(endpoints.id, id));
      const same = { accountId: null, channel, topics };
      await record("endpoint.changed", { id, before: same, after: same });
      return;
    }
    await forgetMark(tx, browserHash);
    const { userId, name, locale, addedBy } = known;
    const [again] = await tx
      .insert(endpoints)
      .values({
        ...{ channel, topics, userId, name, locale, addedBy, browserHash, addedAt: now },
        ...renewed,
      })
      .returning({ id: endpoints.id });
    if (!again) throw new Error("the browser was not written");
    await record("endpoint.added", { id: again.id, after: { accountId: null, channel, topics } });
  },
});

/** What is kept of a browser's subscription. @throws Invalid */
function subscribed({ address, p256dh, auth }: { address: string; p256dh: string; auth: string }) {
  const url = addressOf(address);
  const keys = { p256dh, auth };
  if (!arePushKeys(keys)) throw new Invalid("endpoints.errors.noBrowser");
  return {
    ...{ host: url.hostname, addressHash: sha256Hex(url.href) },
    address: seal(url.href, ADDRESS),
    secret: seal(JSON.stringify(keys), SECRET),
  };
}

/** So that whoever ends this session from elsewhere ends what shows up here. */
async function markSession(
  tx: Tx,
  { sessionId, browserHash }: { sessionId: string | undefined; browserHash: string },
): Promise<void> {
  if (browserHash !== "" && sessionId)
    await tx.update(sessions).set({ browserHash }).where(eq(sessions.id, sessionId));
}

/** What was added before is known by this mark no more: it names one row at a time. */
const forgetMark = (tx: Tx, browserHash: string) =>
  tx
    .update(endpoints)
    .set({ browserHash: null })
    .where(and(eq(endpoints.browserHash, browserHash), ne(endpoints.browserHash, "")));

/** The browser that stands at an address. One is asked for by two people or twice at once: the second waits. */
async function standingAt(
  tx: Tx,
  { addressHash, browserHash }: { addressHash: string; browserHash: string },
) {
  for (const held of [addressHash, browserHash])
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${held}, 0))`);
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
  return standing;
}

function addressOf(address: string): URL {
  try {
    const url = channelAddress("push", address, env().ENDPOINT_HOSTS);
    if (url) return url;
  } catch (error) {
    if (!(error instanceof NotPostable)) throw error;
  }
  throw new Invalid("endpoints.errors.noBrowser");
}
