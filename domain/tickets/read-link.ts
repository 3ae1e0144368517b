import { eq } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type TicketLink, ticketLinks } from "@/db/schema";

import type { Actor } from "../context";
import { Conflict } from "../errors";
import { query } from "../query";
import { findNotice } from "./find-notice";
import { openContent } from "./link-content";
import { isBoundTo, ticketLinkId } from "./link-token";

/** The signed part of an address, whatever was typed there. */
export const signedLink = z.object({ link: z.string().max(400).catch("") });

export type ShownLink = Awaited<ReturnType<typeof readTicketLink>>;

/**
 * What the page behind a link may say to anybody who holds it: which ticket, what it opens, until
 * when; nothing that names a person, and what one person's link leads to to nobody else. Reading it uses
 * nothing up, because mail scanners open links. A tampered link and one that never was are the same: unknown.
 */
export const readTicketLink = query({
  may: "ticket.openLink",
  input: signedLink,

  async run({ db, actor, now }, { link }) {
    const found = await findLink(db, link);
    if (!found) return { state: "unknown" as const };
    const { ticketNumber, purpose, expiresAt } = found;
    const facts = { ticketNumber, purpose, expiresAt };
    const state = stateOf(found, now);
    if (state !== "open") return { state, ...facts };
    const isTheirs = isFor(found, actor);
    const content = isTheirs ? openContent(found.prefill) : { prefill: {} };
    return {
      state,
      ...facts,
      notice: "notice" in content ? await findNotice(db, content.notice) : null,
      request: "request" in content ? content.request : null,
      uin: "uin" in content ? content.uin : null,
      isBound: found.boundTo !== null,
      /** Whose it is alone, and the reader is signed in as somebody else. */
      isForOther: actor.kind === "person" && !isTheirs,
    };
  },
});

/** The row behind the signed part of an address; null for any other text. */
export async function findLink(db: Db | Tx, link: string): Promise<TicketLink | null> {
  const id = ticketLinkId(link);
  if (!id) return null;
  const [found] = await db.select().from(ticketLinks).where(eq(ticketLinks.id, id));
  return found ?? null;
}

/** The row of a link that may be used now, by whom it is for. @throws Conflict */
export async function findUsable(tx: Tx, { actor, now, link }: Using): Promise<TicketLink> {
  const found = await findLink(tx, link);
  if (!found || stateOf(found, now) !== "open") throw new Conflict("tickets.errors.linkEnded");
  if (actor.kind === "person" && !isFor(found, actor))
    throw new Conflict("tickets.errors.otherPerson");
  return found;
}
type Using = { actor: Actor; now: Date; link: string };

type Standing = Pick<TicketLink, "revokedAt" | "expiresAt" | "mostUses" | "uses">;

/** Whether a link is good, and if not, why. */
export function stateOf({ revokedAt, expiresAt, mostUses, uses }: Standing, now: Date) {
  if (revokedAt) return "revoked" as const;
  if (expiresAt <= now) return "expired" as const;
  return mostUses !== null && uses >= mostUses ? ("used" as const) : ("open" as const);
}

const isFor = ({ boundTo }: TicketLink, actor: Actor): boolean =>
  boundTo === null || (actor.kind === "person" && isBoundTo(boundTo, actor.email));
