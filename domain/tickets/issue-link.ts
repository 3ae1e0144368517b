import { and, eq } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { type TicketLink, ticketLinks } from "@/db/schema";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { hashOf } from "@/lib/hash";

import { signedTicketLink } from "./link-token";
import { Conflict, Invalid } from "../errors";
import { verb } from "../verb";
import { findNotice } from "./find-notice";
import { ticketLinkInput } from "./input";
import { type LinkContent, sealContent } from "./link-content";

const MINUTE_MS = 60_000;

export type IssuedLink = Pick<TicketLink, "id" | "ticketNumber" | "purpose" | "expiresAt"> & {
  /** Whole, from APP_ORIGIN. */
  url: string;
  /** Whether it was issued before, under the same idempotency key. */
  isRepeat: boolean;
};

/**
 * Issues a link for one ticket and one purpose. Under an idempotency key the same wish is the same
 * link, however often and however many times at once it is asked for.
 * @throws Invalid field by field, also for a notice that is not published; Conflict where the key
 * was used for something else
 */
export const issueTicketLink = verb({
  may: "ticket.issueLink",
  input: z.object({ wish: ticketLinkInput, idempotencyKey: z.string().max(255).nullable() }),

  async run({ tx, actor, now, record, unchanged }, { wish, idempotencyKey }): Promise<IssuedLink> {
    if (wish.purpose === "read_notice" && !(await findNotice(tx, wish.notice)))
      throw new Invalid("errors.form", { notice: ["tickets.errors.noSuchNotice"] });

    const { ticketNumber, purpose, locale } = wish;
    const bodyHash = hashOf(withoutUndefined(wish));
    const [written] = await tx
      .insert(ticketLinks)
      .values({
        ticketNumber,
        purpose,
        locale,
        prefill: sealContent(contentOf(wish)),
        createdBy: actor.id,
        idempotencyKey,
        bodyHash,
        createdAt: now,
        expiresAt: new Date(now.getTime() + wish.expiresInMinutes * MINUTE_MS),
      })
      .onConflictDoNothing()
      .returning();
    if (!written)
      return unchanged(repeated(tx, { createdBy: actor.id, key: idempotencyKey ?? "", bodyHash }));
    const { id, expiresAt } = written;
    await record("ticket_link.issued", {
      id,
      after: { ticketNumber, purpose, expiresAt },
    });
    return { ...receiptOf(written), isRepeat: false };
  },
});

type Key = { createdBy: string; key: string; bodyHash: string };

async function repeated(tx: Tx, { createdBy, key, bodyHash }: Key): Promise<IssuedLink> {
  const [first] = await tx
    .select()
    .from(ticketLinks)
    .where(and(eq(ticketLinks.createdBy, createdBy), eq(ticketLinks.idempotencyKey, key)));
  if (first?.bodyHash !== bodyHash) throw new Conflict("tickets.errors.keyUsed");
  return { ...receiptOf(first), isRepeat: true };
}

const receiptOf = ({ id, ticketNumber, purpose, expiresAt, locale }: TicketLink) => ({
  ...{ id, ticketNumber, purpose, expiresAt },
  url: env().APP_ORIGIN + withLanguage(locale, at("/t/*", signedTicketLink(id))),
});

function contentOf(wish: z.output<typeof ticketLinkInput>): LinkContent {
  return wish.purpose === "file_request" ? { prefill: wish.prefill } : { notice: wish.notice };
}

/** What was left out is left out of the hash too. */
const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
