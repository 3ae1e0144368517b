import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import { sessions, signInRequests, staffRoles, users } from "@/db/schema";
import { sameSecret, signInCode, signInToken } from "@/lib/sign-in-secrets";

import { uuid } from "../input";
import { type RecordedStep, verb } from "../verb";

const MOST_ATTEMPTS = 5;
/** Absolute lifetimes: developers 30 days, staff 12 hours. */
const DEVELOPER_SESSION_MS = 30 * 86_400_000;
const STAFF_SESSION_MS = 12 * 3_600_000;

export type SignInResult =
  | { ok: true; returnPath: string; expiresAt: Date; locale: "zh-CN" | "en" }
  | { ok: false; messageKey: "access.errors.expired" | "access.errors.wrongCode" };

/**
 * Uses up a sign-in request, made to sign in or to prove an address, by the link's token or the code, and opens a session. Single use, ten
 * minutes, five wrong tries. A wrong try is a result, not an error, because its count must stay.
 * `tokenHash` is the sha256 of the new session's token, which only the browser keeps.
 */
export const signIn = verb({
  may: "access.signIn",
  input: z.object({
    requestId: uuid,
    secret: z.union([
      z.object({ token: z.string().max(200) }),
      z.object({ code: z.string().max(40) }),
    ]),
    tokenHash: z.string().length(64),
  }),

  async run(step, { requestId, secret, tokenHash }): Promise<SignInResult> {
    const { tx, now, record, unchanged } = step;
    const [request] = await tx
      .select()
      .from(signInRequests)
      .where(eq(signInRequests.id, requestId))
      .for("update");
    const isOpen =
      request &&
      !request.usedAt &&
      request.expiresAt > now &&
      request.failedAttempts < MOST_ATTEMPTS;
    if (!isOpen) {
      unchanged();
      return { ok: false, messageKey: "access.errors.expired" };
    }
    const user = isRight(requestId, secret) ? await findUser(step, request) : undefined;
    if (!user) {
      await tx
        .update(signInRequests)
        .set({ failedAttempts: sql`${signInRequests.failedAttempts} + 1` })
        .where(eq(signInRequests.id, requestId));
      await record("sign_in.failed", { subject: { type: "sign_in", id: requestId } });
      return { ok: false, messageKey: "access.errors.wrongCode" };
    }
    await tx
      .update(signInRequests)
      .set({ usedAt: now })
      .where(and(eq(signInRequests.id, requestId), isNull(signInRequests.usedAt)));
    const expiresAt = await openSession(step, { userId: user.id, tokenHash, by: "mail" });
    return { ok: true, returnPath: request.returnPath, expiresAt, locale: request.locale };
  },
});

type SignInRequest = typeof signInRequests.$inferSelect;

/** Who has the address; who has proved one that is new here becomes a person, of no account. */
async function findUser({ tx, now, record }: RecordedStep, request: SignInRequest) {
  const { email, purpose, locale } = request;
  const [user] = await tx.select().from(users).where(eq(users.email, email));
  if (user || purpose === "sign_in") return user;
  const [created] = await tx
    .insert(users)
    .values({ email, name: email.split("@")[0] || email, locale, createdAt: now })
    .onConflictDoUpdate({ target: users.email, set: { email } })
    .returning();
  if (!created) throw new Error("the person was not written");
  await record("person.created", { subject: { type: "person", id: created.id } });
  return created;
}

type Opening = { userId: string; tokenHash: string; by: "mail" | "demo" | "oidc" };

/** Opens a session and puts it on the record. @returns when it ends. */
export async function openSession(
  { tx, now, record }: RecordedStep,
  { userId, tokenHash, by }: Opening,
): Promise<Date> {
  const staff = await tx.select().from(staffRoles).where(eq(staffRoles.userId, userId)).limit(1);
  const lifetime = staff.length > 0 ? STAFF_SESSION_MS : DEVELOPER_SESSION_MS;
  const expiresAt = new Date(now.getTime() + lifetime);
  await tx.insert(sessions).values({ tokenHash, userId, createdAt: now, expiresAt });
  await record("person.signed_in", { subject: { type: "person", id: userId }, after: { by } });
  return expiresAt;
}

type Secret = { token: string } | { code: string };

function isRight(requestId: string, secret: Secret): boolean {
  if ("token" in secret) return sameSecret(secret.token, signInToken(requestId));
  return sameSecret(secret.code.normalize("NFKC").replaceAll(/\D/g, ""), signInCode(requestId));
}
