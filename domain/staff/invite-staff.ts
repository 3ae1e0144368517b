import { eq } from "drizzle-orm";
import { z } from "zod";

import { adminProposals, users } from "@/db/schema";
import { STAFF_ROLES } from "@/db/vocabulary/access";
import { LOCALES } from "@/db/vocabulary/languages";
import { emailAddress } from "@/lib/email-address";

import { tellAccess } from "../access/tell-access";
import { Invalid } from "../errors";
import { plainLine } from "../input";
import { type RecordedStep, verb } from "../verb";
import { giveRoles, rolesOf, tellAdmins } from "./roles";

/**
 * Gives somebody their first staff roles and tells them by mail where to sign in; an address nobody
 * has yet enters a new person. The administrator's role waits for a second administrator.
 * @throws Invalid (already staff; known by another name), NotAllowed
 */
export const inviteStaff = verb({
  may: "staff.manage",
  fresh: true,
  input: z.object({
    email: emailAddress,
    name: plainLine(80),
    /** For a person not known yet; whoever is known has chosen their own. */
    locale: z.enum(LOCALES).default("zh-CN"),
    roles: z.array(z.enum(STAFF_ROLES)).min(1, "staff.errors.noRole"),
  }),

  async run(step, { roles, ...invited }) {
    const { id } = await personWith(step, invited);
    const { given, isProposed } = await giveRoles(step, { userId: id, roles });
    if (given.length > 0) {
      await tellAccess(step, {
        ...{ event: "staff_invited", subjectId: id, userIds: [id], staffRoles: given },
      });
      await tellAdmins(step, id);
    }
    return { id, isProposed };
  },
});

type Invited = Pick<typeof users.$inferInsert, "email" | "name" | "locale">;

/** Another verb may enter the same address at the same moment: then theirs is the person. @throws Invalid */
async function personWith({ tx, now }: RecordedStep, { email, name, locale }: Invited) {
  await tx.insert(users).values({ email, name, locale, createdAt: now }).onConflictDoNothing();
  const [found] = await tx.select().from(users).where(eq(users.email, email)).for("update");
  if (!found) throw new Error("the person was not written");
  const held = await rolesOf(tx, found.id);
  const waiting = await tx.$count(adminProposals, eq(adminProposals.userId, found.id));
  if (held.length + waiting > 0)
    throw new Invalid("errors.form", { email: ["staff.errors.known"] });
  if (found.name !== name)
    throw new Invalid(
      "staff.errors.knownAs",
      { name: ["staff.errors.otherName"] },
      { name: found.name },
    );
  return found;
}
