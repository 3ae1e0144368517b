import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import { ticketLinks } from "@/db/schema";
import type { TicketPurpose } from "@/db/vocabulary/tickets";
import { type Address, at } from "@/lib/addresses";

import { Conflict } from "../errors";
import { verb } from "../verb";
import { findNotice } from "./find-notice";
import { openContent } from "./link-content";
import { findLink } from "./read-link";

export type Opened = {
  purpose: TicketPurpose;
  address: Address;
};

/**
 * Somebody pressed the button behind a link: the first time goes on the record, and every time it
 * says where to go on. A link stays good until it expires.
 * @throws Conflict where it is unknown or over, or what it names is gone
 */
export const openTicketLink = verb({
  may: "ticket.openLink",
  input: z.object({ link: z.string().max(400).catch("") }),

  async run({ tx, now, record, unchanged }, { link }): Promise<Opened> {
    const found = await findLink(tx, link);
    if (!found || found.expiresAt <= now) throw new Conflict("tickets.errors.linkEnded");
    const content = openContent(found.prefill);
    const notice = "notice" in content ? await findNotice(tx, content.notice) : null;
    if ("notice" in content && !notice) throw new Conflict("tickets.errors.noticeGone");

    const { id, ticketNumber, purpose } = found;
    const [first] = await tx
      .update(ticketLinks)
      .set({ firstOpenedAt: now })
      .where(and(eq(ticketLinks.id, id), isNull(ticketLinks.firstOpenedAt)))
      .returning({ id: ticketLinks.id });
    if (first)
      await record("ticket_link.opened", {
        id,
        after: { ticketNumber, purpose },
      });
    else unchanged();
    return { purpose, address: notice?.address ?? at("/requests/new", { link }) };
  },
});
