import { sql } from "drizzle-orm";

import type { Tx } from "@/db/client";

import { idRow, readRows } from "../rows";

/** Of these people, each once, those who have a role in the staff today: nobody else is called to a desk. */
export async function stillStaff(tx: Tx, userIds: readonly string[]): Promise<string[]> {
  const rows = await readRows(tx, idRow)`
    select distinct user_id as id from staff_roles
    where user_id = any(${sql.param([...userIds])}::uuid[]) order by 1`;
  return rows.map(({ id }) => id);
}
