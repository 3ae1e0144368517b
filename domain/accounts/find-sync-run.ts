import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";

import { accountSyncProblems, accountSyncs, apiTokens } from "@/db/schema";

import { NotFound } from "../errors";
import { pageInput, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";

const PAGE = 100;

export type SyncRun = Awaited<ReturnType<typeof findSyncRun>>;

/**
 * A bulk with the token that sent it, and what is wrong in it by its lines, 100 a page.
 * @throws NotFound also once it is no longer kept
 */
export const findSyncRun = query({
  may: "account.readSyncs",
  input: z.object({ syncId: uuid, ...pageInput }),

  async run({ db }, { syncId, page }) {
    const [found] = await db
      .select({ sync: accountSyncs, token: apiTokens.name, hint: apiTokens.hint })
      .from(accountSyncs)
      .leftJoin(apiTokens, eq(sql`${apiTokens.id}::text`, accountSyncs.createdBy))
      .where(eq(accountSyncs.id, syncId));
    if (!found) throw new NotFound("errors.notFound");
    const list = {
      keys: [up("number", accountSyncProblems.line), up("uuid", accountSyncProblems.id)],
      size: PAGE,
      page,
    };
    const { rows, ...turns } = await readPage(list, (slice) =>
      db
        .select({ cursor: slice.cursor, problem: accountSyncProblems })
        .from(accountSyncProblems)
        .where(and(eq(accountSyncProblems.syncId, syncId), slice.beyond))
        .orderBy(slice.order)
        .limit(slice.limit),
    );
    const { sync, token, hint } = found;
    const problems = rows.map(({ problem: { id, line, uin, pointer, messageKey, values } }) => ({
      ...{ id, line, uin, pointer, messageKey, values: sentenceValues.parse(values) },
    }));
    return { ...sync, token, hint, problems: { rows: problems, ...turns } };
  },
});

export const sentenceValues = z.record(z.string(), z.union([z.string(), z.number()]));
