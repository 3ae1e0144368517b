import { asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";

import { ADDRESSES } from "@/channels/addresses";
import type { Db, Tx } from "@/db/client";
import { accounts, dispatchAttempts, endpoints } from "@/db/schema";
import { BROADCAST_KINDS } from "@/db/vocabulary/broadcasts";
import { DISPATCH_STATUSES } from "@/db/vocabulary/endpoints";
import { unsealText } from "@/lib/seal";

import { membershipIn } from "../access/permissions";
import { ADDRESS, SECRET } from "../broadcasts/claim-dispatches";
import { readFactsAs } from "../broadcasts/facts";
import { NotFound } from "../errors";
import { down, readPage } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readRows } from "../rows";
import { endpointPage } from "./input";
import { ENDPOINT_ROLES } from "./rules";

const PAGE = 20;

export type OwnEndpoint = Awaited<ReturnType<typeof findOwnEndpoint>>;
export type Dispatch = OwnEndpoint["log"]["rows"][number];

const dispatchRow = z.object({
  cursor: z.string(),
  id: z.string(),
  kind: z.enum(BROADCAST_KINDS).nullable(),
  facts: z.unknown(),
  status: z.enum(DISPATCH_STATUSES),
  body: z.string().nullable(),
  attempts: countColumn,
  nextAttemptAt: momentColumn,
  createdAt: momentColumn,
  settledAt: momentColumn.nullable(),
  reason: z.string().nullable(),
});

/**
 * An endpoint of an account of the reader's, with all that was posted to it, the latest first. Who may
 * change it sees its address and the secret that signs; a plain member that it stands.
 * @throws NotFound for somebody else's
 */
export const findOwnEndpoint = query({
  may: "endpoint.readOwn",
  input: endpointPage,

  async run({ db, actor, now }, { endpointId, page }) {
    const [row] = await db
      .select({ endpoint: endpoints, accountName: accounts.name, uin: accounts.uin })
      .from(endpoints)
      .innerJoin(accounts, eq(accounts.id, endpoints.accountId))
      .where(eq(endpoints.id, endpointId));
    if (!row) throw new NotFound("errors.notFound");
    const { accountId } = row.endpoint;
    if (!accountId) throw new NotFound("errors.notFound");
    const { role } = membershipIn(actor, accountId);
    const canManage = ENDPOINT_ROLES.some((one) => one === role);
    const { address, secret, secretBefore: _, secretBeforeUntil: until, ...rest } = row.endpoint;
    const log = await readPage(
      { keys: [down("moment", sql`d.created_at`), down("uuid", sql`d.id`)], size: PAGE, page },
      (slice) =>
        readRows(db, dispatchRow)`
          select ${slice.cursor} as cursor, d.id, b.kind, b.facts, d.status, d.body, d.attempts,
            d.next_attempt_at as "nextAttemptAt", d.created_at as "createdAt",
            d.settled_at as "settledAt", d.reason
          from dispatches d left join broadcasts b on b.id = d.broadcast_id
          where d.endpoint_id = ${endpointId} and ${slice.beyond}
          order by ${slice.order} limit ${slice.limit}`,
    );
    const attempts = await attemptsOf(
      db,
      log.rows.map(({ id }) => id),
    );
    return {
      ...rest,
      account: { id: accountId, name: row.accountName, uin: row.uin },
      canManage,
      secretKind: ADDRESSES[rest.channel].secret,
      address: canManage && address ? unsealText(address, ADDRESS) : null,
      // Of a robot it is the receiver's own, which its people can read there.
      secret:
        canManage && secret && ADDRESSES[rest.channel].secret === "made"
          ? unsealText(secret, SECRET)
          : null,
      bothSecretsUntil: until && until > now ? until : null,
      log: {
        ...log,
        rows: log.rows.map(({ kind, facts, body, ...dispatch }) => ({
          ...dispatch,
          told: kind && readFactsAs(actor, kind, facts),
          body: canManage ? body : null,
          tried: attempts.filter(({ dispatchId }) => dispatchId === dispatch.id),
        })),
      },
    };
  },
});

const attemptsOf = (db: Db | Tx, ids: string[]) =>
  ids.length === 0
    ? []
    : db
        .select()
        .from(dispatchAttempts)
        .where(inArray(dispatchAttempts.dispatchId, ids))
        .orderBy(asc(dispatchAttempts.number));
