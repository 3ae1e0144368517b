import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accounts, apiTokens, apps, users } from "@/db/schema";
import { ADVISED_ROLES } from "@/db/vocabulary/access";

import { membershipIn } from "../access/permissions";
import { Conflict, Invalid, NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { verb } from "../verb";
import { endOf, writeToken } from "./create-token";
import { tokenInput } from "./input";
import { stateOf } from "./list-tokens";

const sdkAppId = z
  .string()
  .transform((typed) => typed.normalize("NFKC").trim())
  .pipe(z.string().regex(/^\d{1,20}$/, "tickets.errors.sdkAppId"));

/** In use at once, of one account: a pipeline or two for each of its products. */
export const MOST_ACCOUNT_TOKENS = 10;
/** Those in use and the last that ended. */
const MOST_SHOWN = 50;

export type OwnTokens = Awaited<ReturnType<typeof listOwnTokens>>;

/** An account's own tokens, those in use first; never a token itself. @throws NotFound for somebody else's account */
export const listOwnTokens = query({
  may: "token.readOwn",
  input: z.object({ accountId: uuid }),

  async run({ db, actor, now }, { accountId }) {
    const { role } = membershipIn(actor, accountId);
    const [account] = await db
      .select({ id: accounts.id, name: accounts.name, uin: accounts.uin })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    if (!account) throw new NotFound("errors.notFound");
    const rows = await db
      .select({ token: apiTokens, by: users.name, sdkAppId: apps.sdkAppId, appName: apps.name })
      .from(apiTokens)
      .innerJoin(users, eq(users.id, apiTokens.createdBy))
      .leftJoin(apps, eq(apps.id, apiTokens.appId))
      .where(eq(apiTokens.accountId, accountId))
      .orderBy(
        sql`${apiTokens.revokedAt} is not null`,
        desc(apiTokens.createdAt),
        asc(apiTokens.id),
      )
      .limit(MOST_SHOWN);
    return {
      account,
      tokens: rows.map(({ token, by, sdkAppId: number, appName }) => {
        const { id, name, hint, createdAt, expiresAt, lastUsedAt, revokedAt } = token;
        return {
          ...{ id, name, hint, createdAt, expiresAt, lastUsedAt, revokedAt, createdByName: by },
          app: number && appName ? { sdkAppId: number, name: appName } : null,
          state: stateOf(token, now),
        };
      }),
      canManage: ADVISED_ROLES.some((one) => one === role),
    };
  },
});

/**
 * Makes a token by which an account's own pipeline asks the compliance gate: of the account's apps, or of
 * one of them alone. What it returns is shown once. @throws NotFound, NotAllowed; Invalid (name, last day,
 * no open app of the account); Conflict where the account has too many in use
 */
export const createOwnToken = verb({
  may: "token.manageOwn",
  fresh: true,
  input: tokenInput
    .pick({ name: true, expiresOn: true })
    .extend({ accountId: uuid, sdkAppId: sdkAppId.optional() }),

  async run({ tx, actor, now, record }, { accountId, name, expiresOn, sdkAppId: number }) {
    membershipIn(actor, accountId, ADVISED_ROLES);
    await assertRoom(tx, accountId, now);
    const expiresAt = endOf(expiresOn, now);
    const appId = number === undefined ? null : await findOpenApp(tx, { accountId, number });
    const written = await writeToken(tx, {
      ...{ name, expiresAt, actor, now, scopes: ["compliance_read"] },
      only: { accountId, appId },
    });
    if (!written) throw new Invalid("errors.form", { name: ["tickets.errors.nameTaken"] });
    await record("api_token.created", {
      id: written.id,
      after: { scopes: ["compliance_read"], expiresAt, accountId, appId },
    });
    return { ...written, name };
  },
});

/** Ends one of the account's own tokens at once and for good. @throws NotFound, NotAllowed */
export const revokeOwnToken = verb({
  may: "token.manageOwn",
  input: z.object({ tokenId: uuid }),

  async run({ tx, actor, now, record, unchanged }, { tokenId }) {
    const [token] = await tx
      .select()
      .from(apiTokens)
      .where(eq(apiTokens.id, tokenId))
      .for("update");
    if (!token?.accountId) throw new NotFound("errors.notFound");
    membershipIn(actor, token.accountId, ADVISED_ROLES);
    if (token.revokedAt) return unchanged();
    await tx.update(apiTokens).set({ revokedAt: now }).where(eq(apiTokens.id, tokenId));
    await record("api_token.revoked", { id: tokenId, after: { accountId: token.accountId } });
  },
});

/** Locks the account, so that no two of its members pass the limit together. @throws Conflict */
async function assertRoom(tx: Tx, accountId: string, now: Date): Promise<void> {
  const [account] = await tx
    .select({ closedAt: accounts.closedAt })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for("update");
  if (!account || account.closedAt) throw new Conflict("accounts.errors.accountClosed");
  const inUse = await tx.$count(
    apiTokens,
    and(
      eq(apiTokens.accountId, accountId),
      isNull(apiTokens.revokedAt),
      sql`${apiTokens.expiresAt} > ${now.toISOString()}::timestamptz`,
    ),
  );
  if (inUse >= MOST_ACCOUNT_TOKENS)
    throw new Conflict("tickets.errors.tooManyOwn", { count: MOST_ACCOUNT_TOKENS });
}

/** @throws Invalid */
async function findOpenApp(
  tx: Tx,
  { accountId, number }: { accountId: string; number: string },
): Promise<string> {
  const [app] = await tx
    .select({ id: apps.id })
    .from(apps)
    .where(and(eq(apps.accountId, accountId), eq(apps.sdkAppId, number), isNull(apps.closedAt)));
  if (!app) throw new Invalid("errors.form", { sdkAppId: ["tickets.errors.notOwnApp"] });
  return app.id;
}
