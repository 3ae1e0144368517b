import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import { accountSyncs, apiTokens } from "@/db/schema";
import type { SyncState } from "@/db/vocabulary/accounts";

import { pageInput } from "../input";
import { down, readPage } from "../page";
import { query } from "../query";

const PAGE = 50;

export const SYNC_VIEWS = ["all", "open", "done", "failed"] as const;
type SyncView = (typeof SYNC_VIEWS)[number];

/** Of states from which no bulk comes back, and of those on the way there. */
const STATES: Record<Exclude<SyncView, "all">, readonly SyncState[]> = {
  open: ["receiving", "waiting", "running"],
  done: ["done", "checked"],
  failed: ["refused", "broken"],
};

export const isUnderWay = (state: SyncState): boolean => STATES.open.includes(state);

export type ListedSync = Awaited<ReturnType<typeof listSyncs>>["rows"][number];

/** The bulks of the vendor's console that are kept, the newest first, 50 a page. */
export const listSyncs = query({
  may: "account.readSyncs",
  input: z.object({ view: z.enum(SYNC_VIEWS).catch("all"), ...pageInput }),

  async run({ db }, { view, page }) {
    const list = {
      keys: [down("moment", accountSyncs.createdAt), down("uuid", accountSyncs.id)],
      size: PAGE,
      page,
    };
    const { rows, ...turns } = await readPage(list, (slice) =>
      db
        .select({ cursor: slice.cursor, sync: accountSyncs, token: apiTokens.name })
        .from(accountSyncs)
        .leftJoin(apiTokens, eq(sql`${apiTokens.id}::text`, accountSyncs.createdBy))
        .where(
          and(
            view === "all" ? undefined : inArray(accountSyncs.state, [...STATES[view]]),
            slice.beyond,
          ),
        )
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    return { view, ...turns, rows: rows.map(({ sync, token }) => ({ ...sync, token })) };
  },
});
