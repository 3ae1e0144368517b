import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { apiTokens, apps } from "@/db/schema";
import { asJob, type Context } from "@/domain/context";
import { Conflict, Invalid, NotAllowed, NotFound } from "@/domain/errors";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import {
  createOwnToken,
  listOwnTokens,
  MOST_ACCOUNT_TOKENS,
  revokeOwnToken,
} from "./account-tokens";
import { authenticateToken } from "./authenticate-token";
import { listTokens } from "./list-tokens";
import { revokeToken } from "./revoke-token";
import { rotateToken } from "./rotate-token";

const AT = "2026-11-23 10:00";
const WISH = { name: "轻语 发布流水线", expiresOn: "2026-12-31" };

let issued = 1_470_000_000;

/** An app of the account, under a number as the vendor gives them. */
const numbered = async (accountId: string) =>
  (
    await db
      .update(apps)
      .set({ sdkAppId: String(issued++) })
      .where(eq(apps.accountId, accountId))
      .returning()
  )[0]!;

async function givenTwo() {
  const { id: productId } = await givenProduct();
  const [account, other] = [await givenAccount({ productId }), await givenAccount({ productId })];
  const member = await givenMember(account.id, "member");
  const ctx = acting(member, AT);
  const [app, strange] = [await numbered(account.id), await numbered(other.id)];
  return { account, other, ctx, app, strange };
}

/** The context in which the gate would answer who holds a token; null where it is nobody's. */
async function holding(token: string, at = AT): Promise<Context | null> {
  const known = await authenticateToken(asJob("api", beijing(at)), { token });
  return "as" in known ? { actor: known.as, now: beijing(at) } : null;
}

test("it is shown once and kept by its hash; whatever writes its row, it opens the gate and nothing else", async () => {
  const { account, ctx, app } = await givenTwo();
  const { id, token } = await createOwnToken(ctx, {
    ...{ ...WISH, accountId: account.id, sdkAppId: app.sdkAppId },
  });
  expect(await holding(token)).toMatchObject({
    actor: { scopes: ["compliance_read"], only: { accountId: account.id, appId: app.id } },
  });
  const { tokens } = await listOwnTokens(ctx, { accountId: account.id });
  expect(tokens).toMatchObject([
    { id, state: "active", lastUsedAt: beijing(AT), app: { sdkAppId: app.sdkAppId } },
  ]);
  const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
  expect(JSON.stringify(row)).not.toContain(token);
  await expect(
    db
      .update(apiTokens)
      .set({ scopes: ["accounts_read"] })
      .where(eq(apiTokens.id, id)),
  ).rejects.toMatchObject({ cause: { constraint: "tokens_of_accounts_open_the_gate_alone" } });
});

test("it is ended by its own account, where the vendor's pages neither show nor end it", async () => {
  const { account, other, ctx } = await givenTwo();
  const { id, token } = await createOwnToken(ctx, { ...WISH, accountId: account.id });
  const admin = acting(await givenStaff("admin"), AT);
  const { rows } = await listTokens(admin, {});
  expect(rows.map((one) => one.id)).not.toContain(id);
  for (const end of [revokeToken, rotateToken])
    await expect(end(admin, { tokenId: id })).rejects.toThrow(NotFound);

  const stranger = acting(await givenMember(other.id, "owner"), AT);
  const viewer = acting(await givenMember(account.id, "viewer"), AT);
  await expect(revokeOwnToken(stranger, { tokenId: id })).rejects.toThrow(NotFound);
  await expect(revokeOwnToken(viewer, { tokenId: id })).rejects.toThrow(NotAllowed);
  await expect(listOwnTokens(stranger, { accountId: account.id })).rejects.toThrow(NotFound);
  expect(await listOwnTokens(viewer, { accountId: account.id })).toMatchObject({
    canManage: false,
  });

  const owner = acting(await givenMember(account.id, "owner"), AT);
  await revokeOwnToken(owner, { tokenId: id });
  await revokeOwnToken(owner, { tokenId: id });
  expect(await holding(token)).toBeNull();
  expect(await recordOf(id)).toEqual(["api_token.created", "api_token.revoked"]);
});

test("a name, an app and a number of tokens that do not fit are refused; another account may use the name", async () => {
  const { account, other, ctx, strange } = await givenTwo();
  const accountId = account.id;
  await createOwnToken(ctx, { ...WISH, accountId });
  await expect(createOwnToken(ctx, { ...WISH, accountId })).rejects.toMatchObject({
    fields: { name: ["tickets.errors.nameTaken"] },
  });
  const { sdkAppId } = strange;
  await expect(
    createOwnToken(ctx, { ...WISH, name: "b", accountId, sdkAppId }),
  ).rejects.toMatchObject({ fields: { sdkAppId: ["tickets.errors.notOwnApp"] } });
  await expect(
    createOwnToken(ctx, { ...WISH, name: "c", accountId, expiresOn: "2026-11-22" }),
  ).rejects.toThrow(Invalid);
  const neighbour = acting(await givenMember(other.id, "owner"), AT);
  await createOwnToken(neighbour, { ...WISH, accountId: other.id });

  for (let count = 1; count < MOST_ACCOUNT_TOKENS; count += 1)
    await createOwnToken(ctx, { ...WISH, name: `t${count}`, accountId });
  await expect(createOwnToken(ctx, { ...WISH, name: "eleventh", accountId })).rejects.toThrow(
    Conflict,
  );
});
