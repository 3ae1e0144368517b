import { eq } from "drizzle-orm";
import { z } from "zod";

import { staffRoles, users } from "@/db/schema";
import { STAFF_ROLES } from "@/db/vocabulary/access";
import { LOCALES } from "@/db/vocabulary/languages";
import { emailAddress } from "@/lib/email-address";

import { line } from "../input";
import { verb } from "../verb";

/**
 * Gives the first people of an installation their staff roles, entering whoever is new; after that
 * administrators do (domain/staff). Repeating it changes nothing.
 */
export const grantStaffRoles = verb({
  may: "access.manageStaff",
  input: z.object({
    email: emailAddress,
    name: line(80),
    locale: z.enum(LOCALES).default("zh-CN"),
    roles: z.array(z.enum(STAFF_ROLES)).min(1),
  }),

  async run({ tx, now, record, unchanged }, { email, name, locale, roles }) {
    await tx.insert(users).values({ email, name, locale, createdAt: now }).onConflictDoNothing();
    const [user] = await tx.select().from(users).where(eq(users.email, email));
    if (!user) throw new Error("the person was not written");
    const granted = await tx
      .insert(staffRoles)
      .values(roles.map((role) => ({ userId: user.id, role, grantedAt: now })))
      .onConflictDoNothing()
      .returning({ role: staffRoles.role });
    if (granted.length === 0) unchanged();
    else
      await record("person.granted_role", {
        id: user.id,
        after: { roles: granted.map(({ role }) => role) },
      });
    return user;
  },
});
