import "server-only";

import { Conflict } from "@/domain/errors";
import { USES_PER_MINUTE } from "@/domain/tickets/authenticate-token";
import type { TicketLinkWish } from "@/domain/tickets/input";
import { issueTicketLink } from "@/domain/tickets/issue-link";
import { revokeTicketLink } from "@/domain/tickets/revoke-link";

import { byToken, idempotencyKeyOf, readJson, Refused } from "./api";

/** A link with the longest facts and a hundred identifiers, every character escaped, fits twice. */
const MOST_BYTES = 256 * 1024;

/** Makes a signed, short-lived link for a support ticket (docs/api.md). */
export const postTicketLink = byToken({
  may: "ticket.issueLink",
  limit: USES_PER_MINUTE,
  async run({ ctx, request }) {
    const idempotencyKey = idempotencyKeyOf(request);
    // The verb's schema judges it; a body of another shape is told field by field.
    const wish = (await readJson(request, MOST_BYTES)) as TicketLinkWish;
    const link = await issueTicketLink(ctx, { wish, idempotencyKey }).catch((error: unknown) => {
      throw error instanceof Conflict ? new Refused("idempotency_key_used") : error;
    });
    const { id, ticketNumber, purpose, url, expiresAt, isRepeat } = link;
    return Response.json(
      { id, ticketNumber, purpose, url, expiresAt: expiresAt.toISOString() },
      {
        status: 201,
        headers: {
          "Cache-Control": "no-store",
          ...(isRepeat && { "Idempotency-Replayed": "true" }),
        },
      },
    );
  },
});

/** Ends a link for good, as support's page does. */
export const deleteTicketLink = byToken<{ id: string }>({
  may: "ticket.issueLink",
  limit: USES_PER_MINUTE,
  async run({ ctx, params: { id } }) {
    const { revokedAt } = await revokeTicketLink(ctx, { linkId: id });
    return Response.json(
      { id, revokedAt: revokedAt.toISOString() },
      { headers: { "Cache-Control": "no-store" } },
    );
  },
});
