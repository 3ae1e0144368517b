import { and, eq, sql } from "drizzle-orm";

import type { Db, Tx } from "@/db/client";
import { adviceDone, users } from "@/db/schema";

import type { PublishedNotice } from "./published-notices";

/** The language in which one advice is told from another. */
const BINDING = "zh-CN";

type Advising = Pick<PublishedNotice, "id" | "facts">;

const adviceOf = ({ facts }: Advising) =>
  facts.parts.adviceDevelopers.map((advice) => advice[BINDING]?.trim() ?? "");

/**
 * Where the same advice stands in the notices of an incident, as (notice, item): what a developer has
 * done on one notice stays done when a later one says it again.
 */
export function sameAdvice(
  notices: readonly Advising[],
  { notice, item }: { notice: Advising; item: number },
): { noticeId: string; item: number }[] {
  const wanted = adviceOf(notice)[item];
  return notices.flatMap((one) =>
    adviceOf(one).flatMap((text, place) =>
      text === wanted ? [{ noticeId: one.id, item: place }] : [],
    ),
  );
}

export type Tick = { noticeId: string; appId: string; item: number; by: string; at: Date };

/** What was ticked off of these notices for these apps, by whom and when. */
export async function ticksOf(
  db: Db | Tx,
  { noticeIds, appIds }: { noticeIds: readonly string[]; appIds: readonly string[] },
): Promise<Tick[]> {
  return db
    .select({
      noticeId: adviceDone.noticeId,
      appId: adviceDone.appId,
      item: adviceDone.item,
      by: users.name,
      at: adviceDone.doneAt,
    })
    .from(adviceDone)
    .innerJoin(users, eq(users.id, adviceDone.doneBy))
    .where(
      and(
        sql`${adviceDone.noticeId} = any(${sql.param([...noticeIds])}::uuid[])`,
        sql`${adviceDone.appId} = any(${sql.param([...appIds])}::uuid[])`,
      ),
    );
}
