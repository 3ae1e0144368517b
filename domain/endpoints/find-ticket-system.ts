import { and, desc, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { endpoints } from "@/db/schema";
import { unsealText } from "@/lib/seal";

import { may } from "../access/permissions";
import { ADDRESS } from "../broadcasts/claim-dispatches";
import { pageInput } from "../input";
import { query } from "../query";
import { readLog } from "./log";

export type TicketSystem = NonNullable<Awaited<ReturnType<typeof findTicketSystem>>>;

/**
 * Where the ticket system is called back, or was last, and what became of each call; null where none was
 * ever named. The whole address is for who may change it, and the secret for nobody: it is shown when made.
 */
export const findTicketSystem = query({
  may: "ticket.readCallback",
  input: z.object(pageInput),

  async run({ db, actor, now }, { page }) {
    const [endpoint] = await db
      .select({
        id: endpoints.id,
        host: endpoints.host,
        address: endpoints.address,
        addedAt: endpoints.addedAt,
        until: endpoints.secretBeforeUntil,
        endReason: endpoints.endReason,
      })
      .from(endpoints)
      .where(and(isNull(endpoints.accountId), isNull(endpoints.userId)))
      .orderBy(sql`${endpoints.endedAt} is not null`, desc(endpoints.addedAt), desc(endpoints.id))
      .limit(1);
    if (!endpoint) return null;
    const { address, until, ...rest } = endpoint;
    const canManage = may(actor, "ticket.manageCallback");
    return {
      ...rest,
      canManage,
      address: canManage && address ? unsealText(address, ADDRESS) : null,
      bothSecretsUntil: until && until > now ? until : null,
      log: await readLog(db, { actor, endpointId: rest.id, page, showsBodies: true }),
    };
  },
});
