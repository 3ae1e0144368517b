import { sql } from "drizzle-orm";
import { z } from "zod";

import { ASK_STATES } from "@/db/vocabulary/policies";

import { askedVersions, askJoins, askState, MAY_ASK } from "../broadcasts/asks";
import { mayAskOf } from "../access/tokens";
import { NotFound } from "../errors";
import { query } from "../query";
import { momentColumn, readRow, readRows } from "../rows";

const appRow = z.object({
  accountId: z.string(),
  productId: z.string(),
  sdkAppId: z.string(),
  name: z.string(),
  product: z.string(),
});
const documentRow = z.object({
  document: z.string(),
  /** The label in force; null before the first. */
  inForce: z.string().nullable(),
  /** The label that the account accepted last; null where it accepted none. */
  accepted: z.string().nullable(),
});
const askRow = z.object({
  versionId: z.string(),
  document: z.string(),
  label: z.string(),
  state: z.enum(ASK_STATES),
  effectiveAt: momentColumn,
});

/**
 * For a pipeline: how the account of an open app stands to the product's documents: which versions are
 * in force and accepted, and the newest that asks of each with its state. @throws NotFound
 */
export const readAppAsks = query({
  may: "app.readCompliance",
  input: z.object({ sdkAppId: z.string().max(40) }),

  async run({ db, actor, now }, { sdkAppId }) {
    const found = await readRow(db, appRow)`
      select p.account_id as "accountId", p.product_id as "productId", p.sdk_app_id as "sdkAppId",
        p.name, r.slug as product
      from apps p join products r on r.id = p.product_id join accounts a on a.id = p.account_id
      where p.sdk_app_id = ${sdkAppId} and p.closed_at is null and a.closed_at is null
        and ${mayAskOf(actor)}`;
    if (!found) throw new NotFound("errors.notFound");
    const { accountId, productId, ...app } = found;
    const documents = await readRows(db, documentRow)`
      select d.slug as document,
        (select label from policy_versions v where v.document_id = d.id and v.status = 'in_force') as "inForce",
        (
          select v.label from policy_acknowledgements k join policy_versions v on v.id = k.version_id
          where k.account_id = ${accountId} and k.answer = 'acknowledged' and v.document_id = d.id
          order by k.answered_at desc limit 1
        ) as accepted
      from policy_documents d
      where d.product_id = ${productId} and d.discarded_at is null order by d.slug`;
    const asks = await readRows(db, askRow)`
      with v as materialized (${askedVersions(sql`${MAY_ASK} and d.product_id = ${productId}`)})
      select v.id as "versionId", d.slug as document, v.label, ${askState(now)} as state,
        v.effective_at as "effectiveAt"
      from v join policy_documents d on d.id = v.document_id
      join accounts a on a.id = ${accountId}
      ${askJoins}
      where v.asks and not v.is_superseded
      order by v.effective_at`;
    return { app, documents, asks };
  },
});
