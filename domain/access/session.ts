import { and, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";

import { factors, sessions, users } from "@/db/schema";
import type { StaffRole } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import { env } from "@/lib/env";

import type { Membership, Person } from "../context";
import { query } from "../query";
import { verb } from "../verb";
import { endingOf, endOf } from "./open-session";
import { person } from "./permissions";
import { leaveBrowsers } from "./leave-browsers";
import { noteSecurity } from "./security-events";

export type SessionPerson = Person & {
  locale: Locale;
  sessionId: string;
  signedInAt: Date;
  standing: Standing;
  lastSeenAt: Date;
  sessionExpiresAt: Date;
  /** When it ends if nothing more is asked for. */
  endsAt: Date;
};

/**
 * What a session opens: all that is its person's; nothing before they prove the factor they have; or,
 * for staff who must have one and have none, all but the rights of staff.
 */
type Standing = "open" | "factor" | "enrol";

/** Who a session belongs to, with roles as they are now; null when it has ended. */
export const readSession = query({
  may: "access.readSession",
  input: z.object({ tokenHash: z.string() }),

  async run({ db, now }, { tokenHash }): Promise<SessionPerson | null> {
    const [user] = await db
      .select({
        id: users.id,
        name: users.name,
        email: users.email,
        locale: users.locale,
        sessionId: sessions.id,
        signedInAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        sessionExpiresAt: sessions.expiresAt,
        factorAt: sessions.factorAt,
        ...rights,
        hasFactor: sql<boolean>`exists (select from ${factors} where ${factors.userId} = ${users.id} and ${factors.confirmedAt} is not null)`,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now)));
    if (!user) return null;
    const someone = asPerson(user);
    const isStaff = someone.staffRoles.length > 0;
    const { signedInAt: createdAt, lastSeenAt, sessionExpiresAt: expiresAt } = user;
    const endsAt = endOf({ createdAt, lastSeenAt, expiresAt }, isStaff);
    if (endsAt <= now) return null;
    const { factorAt, hasFactor, roles: _, memberships: __, ...session } = user;
    const standing = standingOf({ factorAt, hasFactor, isStaff });
    const staffRoles = standing === "enrol" ? [] : someone.staffRoles;
    return { ...someone, ...session, ...(factorAt && { factorAt }), endsAt, staffRoles, standing };
  },
});

function standingOf(of: { factorAt: Date | null; hasFactor: boolean; isStaff: boolean }): Standing {
  if (of.factorAt) return "open";
  if (of.hasFactor) return "factor";
  return of.isStaff && env().STAFF_FACTOR !== "offered" ? "enrol" : "open";
}

/** The person with an address, as an actor; for our own programs that act in somebody's name. */
export const readPerson = query({
  may: "access.readSession",
  input: z.object({ email: z.string() }),

  async run({ db }, { email }): Promise<Person | null> {
    const [user] = await db
      .select({ id: users.id, name: users.name, email: users.email, ...rights })
      .from(users)
      .where(eq(users.email, email));
    return user ? asPerson(user) : null;
  },
});

/** Roles and memberships with the person, in one statement: every page of somebody signed in begins with it. */
const rights = {
  roles: sql<StaffRole[]>`array(select r.role::text from staff_roles r where r.user_id = users.id)`,
  memberships: sql<Membership[]>`coalesce((
    select json_agg(json_build_object('accountId', m.account_id, 'role', m.role))
    from members m join accounts a on a.id = m.account_id
    where m.user_id = users.id and m.left_at is null and a.closed_at is null
  ), '[]')`,
};

type Found = {
  id: string;
  name: string;
  email: string;
  roles: StaffRole[];
  memberships: Membership[];
};

const asPerson = ({ id, name, email, roles, memberships }: Found): Person => ({
  kind: "person",
  ...{ id, name, email, memberships },
  staffRoles: roles,
});

/**
 * Ends the session, and that this browser shows its person's notices; with `everywhere` that any does.
 * Ending it twice is harmless.
 */
export const signOut = verb({
  may: "access.changeOwn",
  input: z.object({
    tokenHash: z.string(),
    /** What the door knows the browser by; "" where it does not. */
    browserHash: z.string().default(""),
    everywhere: z.boolean().default(false),
  }),

  async run(step, { tokenHash, browserHash, everywhere }) {
    const { tx, actor, now, record, unchanged } = step;
    const { id } = person(actor);
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.tokenHash, tokenHash), eq(sessions.userId, id)))
      .returning();
    if (ended.length === 0) return unchanged();
    await noteSecurity({ tx, now }, ...ended.map((session) => endingOf(session, "signed_out")));
    await record("person.signed_out", { id });
    const isLeft = everywhere ? sql`true` : sql`e.browser_hash = ${browserHash}`;
    await leaveBrowsers(step, { userId: id, where: isLeft });
  },
});
