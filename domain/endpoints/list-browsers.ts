import { and, asc, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";

import { endpoints } from "@/db/schema";

import { person } from "../access/permissions";
import { query } from "../query";
import { LAST_STATUS } from "./list";

export type OwnBrowsers = Awaited<ReturnType<typeof listOwnBrowsers>>;

const SHOWN_AFTER_END_MS = 30 * 86_400_000;
const MOST_SHOWN = 30;

/** The browsers that notices are pushed to for the reader, a member of an account or no longer one, and those that ended within a month, with what came of the last push. */
export const listOwnBrowsers = query({
  may: "access.changeOwn",
  input: z.object({}),

  run: ({ db, actor, now }) =>
    db
      .select({
        id: endpoints.id,
        name: endpoints.name,
        host: endpoints.host,
        addressHash: endpoints.addressHash,
        addedAt: endpoints.addedAt,
        endedAt: endpoints.endedAt,
        endReason: endpoints.endReason,
        lastStatus: LAST_STATUS,
      })
      .from(endpoints)
      .where(
        and(
          eq(endpoints.userId, person(actor).id),
          eq(endpoints.channel, "push"),
          or(
            isNull(endpoints.endedAt),
            gt(endpoints.endedAt, new Date(now.getTime() - SHOWN_AFTER_END_MS)),
          ),
        ),
      )
      .orderBy(sql`${endpoints.endedAt} is not null`, desc(endpoints.addedAt), asc(endpoints.id))
      .limit(MOST_SHOWN),
});
