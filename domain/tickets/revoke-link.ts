import { eq } from "drizzle-orm";
import { z } from "zod";

import { ticketLinks } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";

/** Ends a link at once and for good; revoking it again changes nothing. @throws NotFound */
export const revokeTicketLink = verb({
  may: "ticket.issueLink",
  input: z.object({ linkId: uuid }),

  async run({ tx, actor, now, record, unchanged }, { linkId }) {
    const [link] = await tx
      .select()
      .from(ticketLinks)
      .where(eq(ticketLinks.id, linkId))
      .for("update");
    if (!link) throw new NotFound("errors.notFound");
    if (link.revokedAt) return unchanged();
    await tx
      .update(ticketLinks)
      .set({ revokedAt: now, revokedBy: actor.id })
      .where(eq(ticketLinks.id, linkId));
    const { ticketNumber, purpose } = link;
    await record("ticket_link.revoked", { id: linkId, after: { ticketNumber, purpose } });
  },
});
