import "server-only";

import type { Context } from "@/domain/context";
import type { Capacity } from "@/domain/requests/filing-steps";
import { startDraft } from "@/domain/requests/start-draft";
import { readPrefill } from "@/domain/tickets/read-link";

/**
 * Begins a request's draft; with the signed part of a ticket's link, with what that brings along.
 * @throws Conflict where the link is over; what startDraft throws
 */
export async function beginDraft(
  ctx: Context,
  { capacity, link }: { capacity: Capacity; link: string },
) {
  const brought = link ? await readPrefill(ctx, { link }) : {};
  return startDraft(ctx, { ...brought, capacity });
}
