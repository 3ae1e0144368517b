import { asc, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";

import { accounts, endpoints } from "@/db/schema";
import type { DispatchStatus } from "@/db/vocabulary/endpoints";

import { membershipIn } from "../access/permissions";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { ENDPOINT_ROLES } from "./rules";

/** What came of the last post, of a row of endpoints; null before the first. */
export const LAST_STATUS = sql<DispatchStatus | null>`(
  select d.status from dispatches d where d.endpoint_id = endpoints.id
  order by d.created_at desc, d.id desc limit 1)`;

export type OwnEndpoints = Awaited<ReturnType<typeof listOwnEndpoints>>;

/**
 * Where an account's notices are posted, standing ones first, with what came of the last post. Every
 * member may know; `canManage` says who may more. @throws NotFound for somebody else's account
 */
export const listOwnEndpoints = query({
  may: "endpoint.readOwn",
  input: z.object({ accountId: uuid }),

  async run({ db, actor }, { accountId }) {
    const { role } = membershipIn(actor, accountId);
    const [account] = await db
      .select({ id: accounts.id, name: accounts.name, uin: accounts.uin })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    if (!account) throw new NotFound("errors.notFound");
    const rows = await db
      .select({
        id: endpoints.id,
        channel: endpoints.channel,
        name: endpoints.name,
        host: endpoints.host,
        topics: endpoints.topics,
        addedAt: endpoints.addedAt,
        endedAt: endpoints.endedAt,
        endReason: endpoints.endReason,
        lastStatus: LAST_STATUS,
      })
      .from(endpoints)
      .where(eq(endpoints.accountId, accountId))
      .orderBy(sql`${endpoints.endedAt} is not null`, desc(endpoints.addedAt), asc(endpoints.id))
      .limit(MOST_SHOWN);
    return { account, endpoints: rows, canManage: ENDPOINT_ROLES.some((one) => one === role) };
  },
});

const MOST_SHOWN = 50;
