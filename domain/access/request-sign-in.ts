import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { signInRequests } from "@/db/schema";
import { SIGN_IN_PURPOSES, type SignInPurpose } from "@/db/vocabulary/access";
import { LOCALES } from "@/db/vocabulary/languages";
import { emailAddress } from "@/lib/email-address";

import { wakeJob } from "../jobs";
import { verb } from "../verb";
import {
  type Door,
  doorOf,
  lockDoor,
  mailRefused,
  type MailWait,
  mailWait,
  visitor,
} from "./door-limits";

/** ASVS 5.0 6.5.5: out-of-band secrets live ten minutes at most. */
const LIFETIME_MS = 10 * 60_000;

/**
 * Asks for a sign-in mail. Known and unknown addresses are treated alike here and in the same time:
 * who has an account is looked up by the job, after the answer. Where no further mail may be sent
 * yet, nothing is written, and the request this browser already has stays the one to use.
 * @throws Conflict where it has none: the newest mail in the mailbox is to be used, or a wait is due
 */
export const requestSignIn = verb({
  may: "access.requestSignIn",
  input: z.object({
    email: emailAddress,
    /** To sign in somebody known, or to prove an address that may be new here. */
    purpose: z.enum(SIGN_IN_PURPOSES).default("sign_in"),
    locale: z.enum(LOCALES),
    returnPath: z.string().max(2000),
    visitor,
  }),

  async run({ tx, now, record, unchanged }, { visitor: asking, ...wish }) {
    const door = doorOf(wish.email, asking);
    await lockDoor(tx, door);
    const wait = await mailWait(tx, door, { now });
    if (wait) return unchanged(openHere(tx, { ...wish, door, wait, now }));

    const { inboxKey, network, browser } = door;
    const expiresAt = new Date(now.getTime() + LIFETIME_MS);
    const [request] = await tx
      .insert(signInRequests)
      .values({ ...wish, inboxKey, network, browser, requestedAt: now, expiresAt })
      .returning({ id: signInRequests.id });
    if (!request) throw new Error("the sign-in request was not written");

    await record("sign_in.requested", { id: request.id });
    await wakeJob(tx, "mail-sign-in", { payload: { requestId: request.id } });
    return { requestId: request.id };
  },
});

type Refused = { email: string; purpose: SignInPurpose; door: Door; wait: MailWait; now: Date };

/** What this browser asked for before and can still use. */
async function openHere(tx: Tx, { email, purpose, door, wait, now }: Refused) {
  const [open] = await tx
    .select({ id: signInRequests.id })
    .from(signInRequests)
    .where(
      and(
        eq(signInRequests.email, email),
        eq(signInRequests.purpose, purpose),
        eq(signInRequests.browser, door.browser),
        isNull(signInRequests.usedAt),
        gt(signInRequests.expiresAt, now),
      ),
    )
    .orderBy(desc(signInRequests.requestedAt))
    .limit(1);
  if (open) return { requestId: open.id };

  throw mailRefused(wait, { email, now });
}
