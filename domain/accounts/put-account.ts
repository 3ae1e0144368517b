import { sql } from "drizzle-orm";
import { z } from "zod";

import { hashOf } from "@/lib/hash";

import { Conflict, Invalid, NotFound } from "../errors";
import { idRow, readOneRow } from "../rows";
import { verb } from "../verb";
import { readState } from "./find-synced";
import { uin } from "./input";
import { syncedAccount } from "./sync-input";
import { type SyncOutcome, syncRows } from "./sync-rows";
import { tellMembers } from "./tell-members";

/** The account is no longer what its caller has seen. */
export class Moved extends Conflict {}

/**
 * Makes one account what the vendor's console says it is. Saying the same again changes nothing.
 * @throws Conflict for a revision that is older, or was used for something else; Moved where it is
 * not what `ifMatch` names; Invalid by the path of each field
 */
export const putAccount = verb({
  may: "account.sync",
  input: z.object({ uin, account: syncedAccount, ifMatch: z.string().max(200).nullable() }),

  async run(step, { uin, account, ifMatch }) {
    const { tx, record, unchanged } = step;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('accounts.import'))`);
    const before = await readState(tx, uin);
    if (!isMatch(ifMatch, before?.etag)) throw new Moved("accounts.errors.sync.moved");
    if (!before && account.closed) throw new NotFound("errors.notFound");

    const { id } = await readOneRow(tx, idRow)`select gen_random_uuid() as id`;
    const outcome = await syncRows(step, [{ uin, ...account, line: 1 }], id);
    assertTaken(outcome);
    const after = await readState(tx, uin);
    if (!after) throw new Error("the account was not written");
    const { added, changed, unchanged: same } = outcome;
    if (same > 0) return unchanged({ ...after, isNew: false });
    const fileHash = hashOf(JSON.parse(JSON.stringify({ uin, ...account })));
    await tellMembers(step, { moves: outcome.moves, runId: id });
    await record("account.imported", { id, after: { kind: "sync", added, changed, fileHash } });
    return { ...after, isNew: added > 0 };
  },
});

/** Whether the account is what If-Match names, if it names anything. */
const isMatch = (ifMatch: string | null, etag: string | undefined): boolean =>
  ifMatch === null || ifMatch === etag || (ifMatch === "*" && etag !== undefined);

/** @throws Conflict, Invalid */
function assertTaken({ problems }: SyncOutcome): void {
  const [first] = problems;
  if (first?.pointer === "/revision") throw new Conflict(first.messageKey, first.values);
  if (first) throw new Invalid("errors.form", fieldsOf(problems), first.values);
}

function fieldsOf(problems: readonly { pointer: string; messageKey: string }[]) {
  const fields: Record<string, string[]> = {};
  for (const { pointer, messageKey } of problems)
    (fields[pointer.slice(1).replaceAll("/", ".")] ??= []).push(messageKey);
  return fields;
}
