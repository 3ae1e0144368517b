import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { accounts, members, staffRoles, users } from "@/db/schema";
import type { MemberRole, StaffRole } from "@/db/vocabulary/access";
import { env } from "@/lib/env";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { verb } from "../verb";
import { newSession, openSession } from "./open-session";

/** Signs in as a demo person, without mail. @throws NotFound wherever the demo sign-in is off: production. */
export const signInAsDemoPerson = verb({
  may: "access.signIn",
  input: z.object({ userId: uuid, ...newSession }),

  async run(step, { userId, ...opening }) {
    if (!env().demoSignIn) throw new NotFound("errors.notFound");
    const [user] = await step.tx
      .select()
      .from(users)
      .where(and(eq(users.id, userId), isNull(users.erasedAt)));
    if (!user) throw new NotFound("errors.notFound");
    return openSession(step, { userId, ...opening, by: "demo" });
  },
});

/** The people a demo may be entered as, staff first; empty in production. */
export const listDemoPeople = query({
  may: "access.signIn",
  input: z.object({}),

  async run({ db }) {
    if (!env().demoSignIn) return [];
    return db
      .select({
        id: users.id,
        name: users.name,
        email: users.email,
        staffRoles: sql<
          StaffRole[]
        >`coalesce(array_agg(distinct ${staffRoles.role}) filter (where ${staffRoles.role} is not null), '{}')`,
        memberRole: sql<MemberRole | null>`min(${members.role})`,
        accountName: sql<string | null>`min(${accounts.name})`,
      })
      .from(users)
      .leftJoin(staffRoles, eq(staffRoles.userId, users.id))
      .leftJoin(members, sql`${members.userId} = ${users.id} and ${members.leftAt} is null`)
      .leftJoin(accounts, eq(accounts.id, members.accountId))
      .where(isNull(users.erasedAt))
      .groupBy(users.id)
      .orderBy(sql`count(${staffRoles.role}) = 0`, asc(users.createdAt), asc(users.email))
      .limit(60);
  },
});
