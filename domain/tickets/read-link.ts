import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type TicketLink, ticketLinks } from "@/db/schema";

import { ticketLinkId } from "./link-token";
import { Conflict } from "../errors";
import { query } from "../query";
import { findNotice } from "./find-notice";
import { openContent } from "./link-content";

const signed = z.object({ link: z.string().max(400).catch("") });

export type ShownLink = Awaited<ReturnType<typeof readTicketLink>>;

/**
 * What the page behind a link may say to anybody who holds it: which ticket, what it opens, until
 * when; nothing that names a person. Reading it uses nothing up, because mail scanners open links.
 * A tampered link and one that never was are the same: unknown.
 */
export const readTicketLink = query({
  may: "ticket.openLink",
  input: signed,

  async run({ db, now }, { link }) {
    const found = await findLink(db, link);
    if (!found) return { state: "unknown" as const };
    const { ticketNumber, purpose, expiresAt } = found;
    const facts = { ticketNumber, purpose, expiresAt };
    if (expiresAt <= now) return { state: "expired" as const, ...facts };
    const content = openContent(found.prefill);
    const notice = "notice" in content ? await findNotice(db, content.notice) : null;
    return { state: "open" as const, ...facts, notice };
  },
});

/**
 * What the wizard starts with: the ticket's number and the answers that came along. Read by somebody
 * who has proved an address, and no sooner.
 * @throws Conflict where the link is unknown, over, or for another purpose
 */
export const readPrefill = query({
  may: "request.file",
  input: signed,

  async run({ db, now }, { link }) {
    const found = await findLink(db, link);
    if (found?.purpose !== "file_request" || found.expiresAt <= now)
      throw new Conflict("tickets.errors.linkEnded");
    const content = openContent(found.prefill);
    const prefill = "prefill" in content ? content.prefill : {};
    return { ticketNumber: found.ticketNumber, ...prefill };
  },
});

/** The row behind the signed part of an address; null for any other text. */
export async function findLink(db: Db | Tx, link: string): Promise<TicketLink | null> {
  const id = ticketLinkId(link);
  if (!id) return null;
  const [found] = await db.select().from(ticketLinks).where(eq(ticketLinks.id, id));
  return found ?? null;
}
