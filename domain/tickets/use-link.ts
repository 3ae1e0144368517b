import { and, eq, isNull, lt, sql } from "drizzle-orm";

import { type TicketLink, ticketLinks } from "@/db/schema";

import { Conflict } from "../errors";
import type { RecordedStep } from "../verb";

/**
 * Somebody uses a link: of a limited one each time counts and is on record, of any other the first.
 * @throws Conflict where somebody was faster, and it is used up or revoked
 */
export async function useLink(
  { tx, now, record, unchanged }: RecordedStep,
  { id, ticketNumber, purpose, mostUses }: TicketLink,
): Promise<void> {
  const [used] = await tx
    .update(ticketLinks)
    .set({
      firstOpenedAt: sql`coalesce(${ticketLinks.firstOpenedAt}, ${now.toISOString()}::timestamptz)`,
      ...(mostUses !== null && { uses: sql`${ticketLinks.uses} + 1` }),
    })
    .where(
      and(
        eq(ticketLinks.id, id),
        isNull(ticketLinks.revokedAt),
        mostUses === null
          ? isNull(ticketLinks.firstOpenedAt)
          : lt(ticketLinks.uses, ticketLinks.mostUses),
      ),
    )
    .returning({ id: ticketLinks.id });
  if (used) await record("ticket_link.opened", { id, after: { ticketNumber, purpose } });
  else if (mostUses === null) unchanged();
  else throw new Conflict("tickets.errors.linkEnded");
}
