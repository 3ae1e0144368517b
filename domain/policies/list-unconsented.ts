import { sql } from "drizzle-orm";
import { z } from "zod";

import { ACKNOWLEDGEMENT_ANSWERS } from "@/db/vocabulary/policies";

import { NotFound } from "../errors";
import { sizedPage, uuid } from "../input";
import { readPage, up } from "../page";
import { query } from "../query";
import { countColumn, momentColumn, readRow, readRows } from "../rows";

const versionRow = z.object({
  slug: z.string(),
  label: z.string(),
  effectiveAt: momentColumn,
  accounts: countColumn,
});
const accountRow = z.object({
  cursor: z.string(),
  accountId: z.string(),
  name: z.string(),
  uin: z.string(),
  /** What the account answered after that day, or otherwise than with consent. */
  answer: z.enum(ACKNOWLEDGEMENT_ANSWERS).nullable(),
  answeredAt: momentColumn.nullable(),
});
export type Unconsented = Omit<z.output<typeof accountRow>, "cursor">;

/** Accounts `a` with an app of the product that did not accept `v` before it took effect. */
const WITHOUT = sql`a.closed_at is null and exists (
    select from apps p where p.account_id = a.id and p.product_id = d.product_id
      and p.closed_at is null and p.created_at <= v.effective_at
  ) and not exists (
    select from policy_acknowledgements k where k.version_id = v.id and k.account_id = a.id
      and k.answer = 'acknowledged' and k.answered_at <= v.effective_at
  )`;

/**
 * Of a version that needs fresh consent (P07): the accounts that had not given it when it took effect,
 * by UIN; before that day, those that have not given it so far. @throws NotFound for any other version
 */
export const listUnconsented = query({
  may: "policy.readCoverage",
  input: z.object({ versionId: uuid, ...sizedPage(1000) }),

  async run({ db }, { versionId, page, size }) {
    const version = await readRow(db, versionRow)`
      select d.slug, v.label, v.effective_at as "effectiveAt", (
        select count(*)::int from accounts a where ${WITHOUT}
      ) as accounts
      from policy_versions v join policy_documents d on d.id = v.document_id
      where v.id = ${versionId} and v.needs_consent
        and v.status in ('scheduled', 'in_force', 'archived')`;
    if (!version) throw new NotFound("errors.notFound");
    const list = await readPage(
      { keys: [up("text", sql`a.uin`)], size, page },
      (slice) => readRows(db, accountRow)`
        select ${slice.cursor} as cursor, a.id as "accountId", a.name, a.uin, k.answer,
          k.answered_at as "answeredAt"
        from policy_versions v join policy_documents d on d.id = v.document_id
        cross join accounts a
        left join lateral (
          select answer, answered_at from policy_acknowledgements k
          where k.version_id = v.id and k.account_id = a.id order by answered_at desc limit 1
        ) k on true
        where v.id = ${versionId} and ${WITHOUT} and ${slice.beyond}
        order by ${slice.order} limit ${slice.limit}`,
    );
    return { version, ...list };
  },
});
