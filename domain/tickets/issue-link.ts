import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accounts, requests, type TicketLink, ticketLinks } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { hashOf } from "@/lib/hash";

import { boundTo, signedTicketLink } from "./link-token";
import { Conflict, Invalid } from "../errors";
import { verb } from "../verb";
import { findNotice } from "./find-notice";
import { nameOfNotice, ticketLinkInput } from "./input";
import { type LinkContent, sealContent } from "./link-content";

const MINUTE_MS = 60_000;

export type IssuedLink = Pick<TicketLink, "id" | "ticketNumber" | "purpose" | "expiresAt"> & {
  /** Whole, from APP_ORIGIN. */
  url: string;
  /** The same in each language. */
  urls: Record<Locale, string>;
  /** Whether it was issued before, under the same idempotency key. */
  isRepeat: boolean;
};

/**
 * Issues a link for one ticket and one purpose. Under an idempotency key the same wish is the same
 * link, however often and however many times at once it is asked for.
 * @throws Invalid field by field, also for a notice that is not published, no request, no account; Conflict where the key
 * was used for something else
 */
export const issueTicketLink = verb({
  may: "ticket.issueLink",
  input: z.object({ wish: ticketLinkInput, idempotencyKey: z.string().max(255).nullable() }),

  async run({ tx, actor, now, record, unchanged }, { wish, idempotencyKey }): Promise<IssuedLink> {
    await assertThere(tx, wish);
    const { ticketNumber, purpose, locale, person, mostUses } = wish;
    const bound = person === undefined ? null : boundTo(person);
    // Of whom the link is for what we sign: a bare hash of an address tells it to who guesses.
    const bodyHash = hashOf(withoutUndefined({ ...wish, person: bound ?? undefined }));
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
        boundTo: bound,
        mostUses: mostUses ?? null,
        leadsTo: leadsTo(wish),
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
  url: urlIn(locale, id),
  urls: { "zh-CN": urlIn("zh-CN", id), en: urlIn("en", id) } satisfies Record<Locale, string>,
});

const urlIn = (locale: Locale, id: string): string =>
  env().APP_ORIGIN + withLanguage(locale, at("/t/*", signedTicketLink(id)));

type Wish = z.output<typeof ticketLinkInput>;

/** A link names what there is. @throws Invalid at its field */
async function assertThere(tx: Tx, wish: Wish): Promise<void> {
  const refused = (field: string, key: string) =>
    new Invalid("errors.form", { [field]: [`tickets.errors.${key}`] });
  switch (wish.purpose) {
    case "file_request":
      return;
    case "read_notice":
      if (!(await findNotice(tx, wish.notice))) throw refused("notice", "noSuchNotice");
      return;
    case "read_request":
      if ((await tx.$count(requests, eq(requests.number, wish.request))) === 0)
        throw refused("request", "noSuchRequest");
      return;
    case "deregister_account": {
      const open = and(eq(accounts.uin, wish.uin), isNull(accounts.closedAt));
      if ((await tx.$count(accounts, open)) === 0) throw refused("uin", "noSuchAccount");
    }
  }
}

function contentOf(wish: Wish): LinkContent {
  switch (wish.purpose) {
    case "file_request":
      return { prefill: wish.prefill };
    case "read_notice":
      return { notice: wish.notice };
    case "read_request":
      return { request: wish.request };
    case "deregister_account":
      return { uin: wish.uin };
  }
}

function leadsTo(wish: Wish): string | null {
  switch (wish.purpose) {
    case "file_request":
      return null;
    case "read_notice":
      return nameOfNotice(wish.notice);
    case "read_request":
      return `request ${wish.request}`;
    case "deregister_account":
      return `account ${wish.uin}`;
  }
}

/** What was left out is left out of the hash too. */
const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
