import { eq } from "drizzle-orm";
import { z } from "zod";

import { ticketLinks } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";

/**
 * Ends a link at once and for good, whoever made it; revoking it again changes nothing.
 * @returns since when it is over
 * @throws NotFound
 */
export const revokeTicketLink = verb({
  may: "ticket.issueLink",
  input: z.object({ linkId: z.string().max(100) }),

  async run({ tx, actor, now, record, unchanged }, { linkId }): Promise<{ revokedAt: Date }> {
    if (!uuid.safeParse(linkId).success) throw new NotFound("errors.notFound");
    const [link] = await tx
      .select()
      .from(ticketLinks)
      .where(eq(ticketLinks.id, linkId))
      .for("update");
    if (!link) throw new NotFound("errors.notFound");
    if (link.revokedAt) return unchanged({ revokedAt: link.revokedAt });
    await tx
      .update(ticketLinks)
      .set({ revokedAt: now, revokedBy: actor.id })
      .where(eq(ticketLinks.id, linkId));
    const { ticketNumber, purpose } = link;
    await record("ticket_link.revoked", { id: linkId, after: { ticketNumber, purpose } });
    return { revokedAt: now };
  },
});
