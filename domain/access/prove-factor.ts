import { and, count, eq, gt, inArray, isNotNull, isNull, lt, max, or } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { factorFailures, factors, recoveryCodes, sessions, users } from "@/db/schema";
import type { FACTOR_PROOFS } from "@/db/vocabulary/access";
import type { SecurityEvent } from "@/db/vocabulary/security";
import { env } from "@/lib/env";
import { signers } from "@/lib/signing";

import { NotFound } from "../errors";
import type { MessageValues } from "../errors";
import { plainLine } from "../input";
import { type RecordedStep, verb } from "../verb";
import { APP_CODE_DIGITS, hashRecoveryCode, stepOf } from "./factor-secrets";
import { assertMayChange, lockStart, tellOwner } from "./factors";
import { person } from "./permissions";
import { digitsOf } from "./secrets";
import { noteSecurity } from "./security-events";

/** Wrong codes in a day without a wait; then a minute, doubled with each further one. */
const FREE_FAILURES = 5;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LONGEST_MS = 60 * MINUTE_MS;

type Failure = {
  messageKey?: string;
  event?: SecurityEvent;
  action?: "person.failed_factor" | "person.refused_passkey";
};
type Proof = (typeof FACTOR_PROOFS)[number];
/** A wrong code is a result, not an error, because its count must stay. */
export type Proving =
  | { ok: true; codesLeft?: number }
  | { ok: false; messageKey: string; values: MessageValues };

/** What every proof brings: the sha256 of the token that its session has from then on. */
export const renewal = { tokenHash: z.string().length(64) };

/** Confirms the app that is being added by the first code it shows, which proves it in this session. */
export const confirmApp = verb({
  may: "access.changeOwn",
  input: z.object({ name: plainLine(60), code: z.string().max(40), ...renewal }),

  async run(step, { name, code, tokenHash }): Promise<Proving> {
    const { tx, now } = step;
    const { id } = await assertMayChange(tx, step);
    await lockPerson(step);
    const started = await lockStart(step);
    if (!started) return step.unchanged(refusal("access.errors.startEnded"));
    const early = await refusalBefore(step, code);
    if (early) return step.unchanged(early);
    const lastStep = started.secret && stepOf(started.secret, digitsOf(code), now);
    if (lastStep === null) return fail(step);

    await tx
      .update(factors)
      .set({ name, confirmedAt: now, lastUsedAt: now, lastStep })
      .where(eq(factors.id, started.id));
    await tellOwner(step, id, "factor_added");
    await step.record("person.added_factor", { id, after: { kind: started.kind } });
    await markProven(step, tokenHash);
    return { ok: true };
  },
});

/** Proves a second factor in this session, by an app's code, taken once, or by a recovery code. */
export const proveFactor = verb({
  may: "access.changeOwn",
  input: z.object({ code: z.string().max(60), ...renewal }),

  async run(step, { code, tokenHash }): Promise<Proving> {
    const { id } = await lockPerson(step);
    const early = await refusalBefore(step, code);
    if (early) return step.unchanged(early);
    const by = (await takeAppCode(step, code)) ?? (await takeRecoveryCode(step, code));
    if (!by) return fail(step);
    await markProven(step, tokenHash);
    await step.record("person.proved_factor", { id, after: { by } });
    if (by === "app") return { ok: true };
    await tellOwner(step, id, "recovery_code_used");
    const codesLeft = await step.tx.$count(
      recoveryCodes,
      and(eq(recoveryCodes.userId, id), isNull(recoveryCodes.usedAt)),
    );
    return { ok: true, codesLeft };
  },
});

/** Confirms with one click who is at the desk of a demo. @throws NotFound in production */
export const proveInDemo = verb({
  may: "access.changeOwn",
  input: z.object(renewal),

  async run(step, { tokenHash }): Promise<Proving> {
    if (!env().demoSignIn) throw new NotFound("errors.notFound");
    const { id } = person(step.actor);
    await markProven(step, tokenHash);
    await step.record("person.proved_factor", { id, after: { by: "demo" } });
    return { ok: true };
  },
});

/** One code at a time of a person is looked at. */
export async function lockPerson({ tx, actor }: RecordedStep) {
  const { id } = person(actor);
  await tx.select().from(users).where(eq(users.id, id)).for("update");
  return { id };
}

/** Why no code is looked at now, however right it may be; an empty one is no try. */
const refusalBefore = async (step: RecordedStep, code: string) =>
  code.trim() === "" ? refusal("errors.field.required") : waitOf(step);

/** That nothing is looked at yet, after so many wrong ones. */
export async function waitOf({ tx, actor, now }: RecordedStep): Promise<Proving | null> {
  const { n, last } = await countFailures(tx, actor.id, now);
  if (n < FREE_FAILURES || !last) return null;
  const wait = Math.min(MINUTE_MS * 2 ** (n - FREE_FAILURES), LONGEST_MS);
  const left = last.getTime() + wait - now.getTime();
  return left > 0
    ? refusal("access.errors.factorWait", { minutes: Math.ceil(left / MINUTE_MS) })
    : null;
}

async function takeAppCode({ tx, actor, now }: RecordedStep, code: string): Promise<Proof | null> {
  const digits = digitsOf(code);
  // A recovery code holds digits too, but is longer.
  if (digits.length !== APP_CODE_DIGITS || /[a-z]/i.test(code)) return null;
  const own = await tx
    .select()
    .from(factors)
    .where(and(eq(factors.userId, actor.id), isNotNull(factors.confirmedAt)));
  for (const { id, secret } of own) {
    const lastStep = secret && stepOf(secret, digits, now);
    if (lastStep === null) continue;
    const taken = await tx
      .update(factors)
      .set({ lastStep, lastUsedAt: now })
      .where(and(eq(factors.id, id), or(isNull(factors.lastStep), lt(factors.lastStep, lastStep))))
      .returning({ id: factors.id });
    if (taken.length > 0) return "app";
  }
  return null;
}

async function takeRecoveryCode(
  { tx, actor, now }: RecordedStep,
  code: string,
): Promise<Proof | null> {
  const taken = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(recoveryCodes.userId, actor.id),
        inArray(
          recoveryCodes.codeHash,
          signers().map((by) => hashRecoveryCode(actor.id, code, by)),
        ),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning();
  return taken.length > 0 ? "recovery_code" : null;
}

const fail = (step: RecordedStep): Promise<Proving> => failFactor(step, {});

/** Puts a failed proof on the record and counts it; without words of its own it was a wrong code. */
export async function failFactor(
  step: RecordedStep,
  { messageKey, event = "factor_failed", action = "person.failed_factor" }: Failure,
): Promise<Proving> {
  const { tx, actor, now, record } = step;
  const { id, sessionId } = person(actor);
  await tx.insert(factorFailures).values({ userId: id, at: now });
  const session = sessionId
    ? await tx.select().from(sessions).where(eq(sessions.id, sessionId)).limit(1)
    : [];
  const { network = "", device = "" } = session[0] ?? {};
  await noteSecurity({ tx, now }, { kind: event, userId: id, network, device });
  await record(action, { id });
  if (messageKey) return refusal(messageKey);
  const { n } = await countFailures(tx, id, now);
  return n < FREE_FAILURES
    ? refusal("access.errors.wrongFactor", { left: FREE_FAILURES - n })
    : refusal("access.errors.wrongFactorWait");
}

async function countFailures(db: Db | Tx, userId: string, now: Date) {
  const since = new Date(now.getTime() - DAY_MS);
  const [row] = await db
    .select({ n: count(), last: max(factorFailures.at) })
    .from(factorFailures)
    .where(and(eq(factorFailures.userId, userId), gt(factorFailures.at, since)));
  return { n: row?.n ?? 0, last: row?.last ?? null };
}

/**
 * The session is its person's, under a new token: what was known of it before the proof opens nothing
 * (ASVS 7.2.4). What was guessed wrong counts no more.
 */
export async function markProven(
  { tx, actor, now }: RecordedStep,
  tokenHash: string,
): Promise<void> {
  const { id, sessionId } = person(actor);
  await tx.delete(factorFailures).where(eq(factorFailures.userId, id));
  if (!sessionId) return;
  await tx
    .update(sessions)
    .set({ factorAt: now, tokenHash })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, id)));
}

export const refusal = (messageKey: string, values: MessageValues = {}): Proving => ({
  ...{ ok: false, messageKey, values },
});
