import { asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { staffRoles, users } from "@/db/schema";

import { Invalid } from "../errors";
import { query } from "../query";

/** Who may be in charge of an incident: the vendor's staff who write and approve. */
const OWNERS = ["author", "approver", "admin"] as const;

export const listOwners = query({
  may: "notice.readDrafts",
  input: z.object({}),

  async run({ db }) {
    return db
      .selectDistinct({ id: users.id, name: users.name })
      .from(users)
      .innerJoin(staffRoles, eq(staffRoles.userId, users.id))
      .where(inArray(staffRoles.role, [...OWNERS]))
      .orderBy(asc(users.name), asc(users.id));
  },
});

/** @throws Invalid at `ownerId` for somebody who may not be in charge */
export async function assertOwner(tx: Tx, ownerId: string): Promise<void> {
  const roles = await tx
    .select({ role: staffRoles.role })
    .from(staffRoles)
    .where(eq(staffRoles.userId, ownerId));
  if (!roles.some(({ role }) => OWNERS.some((one) => one === role)))
    throw new Invalid("errors.form", { ownerId: ["notices.errors.owner"] });
}
