import { and, eq, ilike, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { securityEvents, users } from "@/db/schema";
import { SECURITY_EVENTS, type SecurityEvent } from "@/db/vocabulary/security";

import { pageInput, searchText } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";

type Noted = {
  kind: SecurityEvent;
  userId?: string | null;
  inboxKey?: string;
  network: string;
  device: string;
  what?: string;
};

/** Notes events beside what a verb puts on the record; they live or die with it. */
export async function noteSecurity(
  { tx, now }: { tx: Tx; now: Date },
  ...events: readonly Noted[]
): Promise<void> {
  if (events.length === 0) return;
  await tx.insert(securityEvents).values(
    events.map(({ kind, userId, inboxKey, network, device, what }) => ({
      ...{ kind, userId, inboxKey, network, device, what, at: now },
    })),
  );
}

const PAGE = 50;
const NEWEST = [down("moment", securityEvents.at), down("uuid", securityEvents.id)];

export type ListedEvent = Awaited<ReturnType<typeof listSecurityEvents>>["rows"][number];

/** The security records, the newest first; `search` finds a name, an address, or a network. */
export const listSecurityEvents = query({
  may: "security.read",
  input: z.object({
    search: searchText,
    kind: z.enum(SECURITY_EVENTS).optional().catch(undefined),
    ...pageInput,
  }),

  async run({ db }, { search, kind, page }) {
    return readPage({ keys: NEWEST, size: PAGE, page }, (slice) =>
      db
        .select({
          cursor: slice.cursor,
          id: securityEvents.id,
          at: securityEvents.at,
          kind: securityEvents.kind,
          network: securityEvents.network,
          device: securityEvents.device,
          what: securityEvents.what,
          personName: users.name,
          personEmail: users.email,
        })
        .from(securityEvents)
        .leftJoin(users, eq(users.id, securityEvents.userId))
        .where(and(matching(search), kind && eq(securityEvents.kind, kind), sql`${slice.beyond}`))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
  },
});

function matching(search: string): SQL | undefined {
  if (!search) return undefined;
  const pattern = `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(users.name, pattern),
    ilike(users.email, pattern),
    ilike(securityEvents.network, pattern),
  );
}
