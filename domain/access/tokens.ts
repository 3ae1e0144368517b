import { type SQL, sql } from "drizzle-orm";

import type { Actor } from "../context";

/** A condition on the app `p`: whether an actor may ask of it. An account's own token asks of its apps alone, or of one. */
export function mayAskOf(actor: Actor): SQL {
  if (actor.kind !== "token" || !actor.only) return sql`true`;
  const { accountId, appId } = actor.only;
  return sql`p.account_id = ${accountId} and (${appId}::uuid is null or p.id = ${appId}::uuid)`;
}
