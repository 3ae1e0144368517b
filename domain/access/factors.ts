import { and, asc, count, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { factorFailures, factors, recoveryCodes, sessions, staffRoles, users } from "@/db/schema";
import type { AccessUpdate } from "@/db/vocabulary/access";
import { env } from "@/lib/env";
import { emailAddress } from "@/lib/email-address";

import type { Context, Person } from "../context";
import { Conflict, Invalid, NotAllowed, NotFound } from "../errors";
import { line, uuid } from "../input";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";
import {
  appAddress,
  appKey,
  hashRecoveryCode,
  newAppSecret,
  newRecoveryCode,
} from "./factor-secrets";
import { assertFreshFactor } from "./fresh-factor";
import { leaveBrowsers } from "./leave-browsers";
import { endingOf } from "./open-session";
import { person } from "./permissions";
import { noteSecurity } from "./security-events";
import { tellAccess } from "./tell-access";

/** How long the picture of a new app's key is shown. */
const START_MS = 15 * 60_000;
const MOST_FACTORS = 10;
const RECOVERY_CODES = 10;

type Factor = typeof factors.$inferSelect;

/** The second factors of the actor, how many recovery codes are left, and the app being added. */
export const readOwnFactors = query({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ db, actor, now }) {
    const { id, email } = person(actor);
    const rows = await db
      .select()
      .from(factors)
      .where(eq(factors.userId, id))
      .orderBy(asc(factors.createdAt));
    const [left] = await db
      .select({ n: count() })
      .from(recoveryCodes)
      .where(and(eq(recoveryCodes.userId, id), isNull(recoveryCodes.usedAt)));
    const started = rows.find((row) => isOpenStart(row, { actor, now }));
    return {
      factors: rows
        .filter(({ confirmedAt }) => confirmedAt)
        .map(({ id, kind, name, createdAt, lastUsedAt }) => ({
          ...{ id, kind, name, createdAt, lastUsedAt },
        })),
      codesLeft: left?.n ?? 0,
      start: started?.secret && {
        key: appKey(started.secret),
        address: appAddress(started.secret, { issuer: env().VENDOR_NAME_EN, label: email }),
      },
    };
  },
});

/** Of a start in another session not even its person is told the key: that session may be a stranger's. */
const isOpenStart = (row: Factor, { actor, now }: Pick<Context, "actor" | "now">): boolean =>
  !row.confirmedAt &&
  row.startedIn === (person(actor).sessionId ?? null) &&
  row.createdAt.getTime() > now.getTime() - START_MS;

/** Makes the key of a new app, in place of one that was never confirmed; it proves nothing yet. */
export const startApp = verb({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ tx, actor, now, record }) {
    const { id, sessionId: startedIn = null } = await assertMayChange(tx, { actor, now });
    await assertRoomForFactor(tx, id);
    await tx.delete(factors).where(and(eq(factors.userId, id), isNull(factors.confirmedAt)));
    await tx.insert(factors).values({
      ...{ userId: id, kind: "app", name: "", secret: newAppSecret() },
      ...{ createdAt: now, startedIn },
    });
    await record("person.started_factor", { id });
  },
});

/** The app that is being added in this session, held for who confirms it. */
export async function lockStart({ tx, actor, now }: RecordedStep): Promise<Factor | undefined> {
  const rows = await tx
    .select()
    .from(factors)
    .where(and(eq(factors.userId, actor.id), isNull(factors.confirmedAt)))
    .for("update");
  return rows.find((row) => isOpenStart(row, { actor, now }));
}

/** Takes a factor away; with the last one its recovery codes go. Staff who need one keep one. */
export const removeFactor = verb({
  may: "access.changeOwn",
  input: z.object({ factorId: uuid }),

  async run(step, { factorId }) {
    const { tx, actor, now, record } = step;
    const { id, staffRoles: roles } = await assertMayChange(tx, { actor, now });
    await tx.select().from(users).where(eq(users.id, id)).for("update");
    const [removed] = await tx
      .delete(factors)
      .where(and(eq(factors.id, factorId), eq(factors.userId, id), isNotNull(factors.confirmedAt)))
      .returning();
    if (!removed) throw new NotFound("errors.notFound");
    if ((await countFactors(tx, id)) === 0) {
      if (roles.length > 0 && env().STAFF_FACTOR !== "offered")
        throw new Conflict("access.errors.lastFactor");
      await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, id));
    }
    await tellOwner(step, id, removed.kind === "app" ? "factor_removed" : "passkey_removed");
    await record("person.removed_factor", { id, before: { kind: removed.kind } });
  },
});

/** Makes ten new recovery codes; those before open nothing any more. @returns them, told this once */
export const makeRecoveryCodes = verb({
  may: "access.changeOwn",
  input: z.object({}),

  async run(step) {
    const { tx, actor, now, record } = step;
    const { id } = await assertMayChange(tx, { actor, now });
    if ((await countFactors(tx, id)) === 0) throw new Conflict("access.errors.noFactor");
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, id));
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await tx.insert(recoveryCodes).values(
      codes.map((code) => ({
        ...{ userId: id, codeHash: hashRecoveryCode(id, code), createdAt: now },
      })),
    );
    await tellOwner(step, id, "recovery_codes_made");
    await record("person.made_recovery_codes", { id, after: { codes: codes.length } });
    return codes;
  },
});

/**
 * Takes all factors and recovery codes from somebody who has lost them, and ends their sessions: at
 * their next sign-in they set up a new one. Nobody does it for themselves.
 */
export const resetFactors = verb({
  may: "staff.manage",
  fresh: true,
  input: z.object({ email: emailAddress, reason: line(300) }),

  async run(step, { email, reason }) {
    const { tx, actor, now, record } = step;
    const [user] = await tx.select().from(users).where(eq(users.email, email)).for("update");
    if (!user) throw new Invalid("errors.form", { email: ["access.errors.unknownPerson"] });
    if (actor.id === user.id) throw new NotAllowed("access.errors.ownReset");
    const removed = await tx.delete(factors).where(eq(factors.userId, user.id)).returning();
    if (!removed.some(({ confirmedAt }) => confirmedAt))
      throw new Invalid("errors.form", { email: ["access.errors.nothingToReset"] });
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, user.id));
    await tx.delete(factorFailures).where(eq(factorFailures.userId, user.id));
    const ended = await tx.delete(sessions).where(eq(sessions.userId, user.id)).returning();
    await noteSecurity({ tx, now }, ...ended.map((session) => endingOf(session)));
    await tellOwner(step, user.id, "factors_reset");
    await record("person.reset_factors", { id: user.id, after: { reason } });
    await leaveBrowsers(step, { userId: user.id, where: sql`true` });
  },
});

/** Tells a person that how they get in was changed, so that they notice what they did not do themselves. */
export async function tellOwner(step: RecordedStep, userId: string, event: AccessUpdate) {
  const held = await step.tx.select().from(staffRoles).where(eq(staffRoles.userId, userId));
  const roles = held.map(({ role }) => role);
  await tellAccess(step, { event, subjectId: userId, userIds: [userId], staffRoles: roles });
}

/**
 * Who has a factor changes their factors by it, never by their mail alone; and freshly.
 * @throws NotAllowed
 */
export async function assertMayChange(
  tx: Tx,
  ctx: Pick<Context, "actor" | "now">,
): Promise<Person> {
  const self = person(ctx.actor);
  assertFreshFactor(ctx);
  if (self.sessionId && !self.factorAt && (await countFactors(tx, self.id)) > 0)
    throw new NotAllowed("errors.notAllowed");
  return self;
}

/** @throws Conflict */
export async function assertRoomForFactor(tx: Tx, userId: string): Promise<void> {
  if ((await countFactors(tx, userId)) >= MOST_FACTORS)
    throw new Conflict("access.errors.tooManyFactors", { most: MOST_FACTORS });
}

async function countFactors(db: Db | Tx, userId: string): Promise<number> {
  return db.$count(factors, and(eq(factors.userId, userId), isNotNull(factors.confirmedAt)));
}
