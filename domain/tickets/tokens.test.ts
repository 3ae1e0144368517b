import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { apiTokens } from "@/db/schema";
import { asJob } from "@/domain/context";
import { Conflict, Invalid, NotAllowed, NotFound } from "@/domain/errors";
import { acting, beijing } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { givenToken } from "@/tests/support/tickets";

import { authenticateToken, USES_PER_MINUTE } from "./authenticate-token";
import { createToken } from "./create-token";
import { listTokens } from "./list-tokens";
import { revokeToken } from "./revoke-token";
import { rotateToken } from "./rotate-token";

const use = (token: string, at = "2026-11-23 10:00") =>
  authenticateToken(asJob("api", beijing(at)), { token });

describe("API tokens", () => {
  test("a token is shown once; the database holds its hash and how it begins", async () => {
    const { id, token } = await givenToken();
    const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, id));
    expect(JSON.stringify(row)).not.toContain(token);
    expect(token.startsWith(row!.hint)).toBe(true);
    expect(token.length - row!.hint.length).toBeGreaterThan(35);
    expect(await recordOf(id)).toEqual(["api_token.created"]);
  });

  test("it stands for its scopes, and its last use is listed", async () => {
    const { id, token } = await givenToken();
    expect(await use(token)).toEqual({
      as: { kind: "token", id, scopes: ["ticket_links"] },
      quota: { limit: 60, remaining: 59, reset: 60 },
    });
    const admin = await givenStaff("admin");
    const { rows } = await listTokens(acting(admin, "2026-11-23 11:00"), {});
    expect(rows.find((row) => row.id === id)).toMatchObject({
      lastUsedAt: beijing("2026-11-23 10:00"),
      state: "active",
    });
  });

  test("what is no token is unknown, whatever it holds", async () => {
    for (const bad of ["", "x", "gaozhi_", "\u0000", "\ud800", "x".repeat(1_000_000)])
      expect(await use(bad)).toEqual({ refused: "unknown" });
  });

  test("an expired one ends with its last day, in Beijing", async () => {
    const { token } = await givenToken({ expiresOn: "2026-11-30" });
    expect(await use(token, "2026-11-30 23:59")).toHaveProperty("as");
    expect(await use(token, "2026-12-01 00:00")).toEqual({ refused: "unknown" });
  });

  test("a revoked one ends at once; revoking it again changes nothing", async () => {
    const { id, token } = await givenToken();
    const admin = acting(await givenStaff("admin"), "2026-11-23 12:00");
    await revokeToken(admin, { tokenId: id });
    await revokeToken(admin, { tokenId: id });
    expect(await use(token)).toEqual({ refused: "unknown" });
    expect(await recordOf(id)).toEqual(["api_token.created", "api_token.revoked"]);
  });

  test("the sixty-first use in a minute waits; the next minute begins anew", async () => {
    const { token } = await givenToken();
    await Promise.all(Array.from({ length: USES_PER_MINUTE }, () => use(token)));
    expect(await use(token)).toEqual({
      ...{ refused: "limited", retryAfter: 60 },
      quota: { limit: 60, remaining: 0, reset: 60 },
    });
    expect(await use(token, "2026-11-23 10:01")).toHaveProperty("as");
  });

  test("a rotated one stays good for a week beside its successor, which lasts as long as it did", async () => {
    const { id, token, name } = await givenToken({
      ...{ expiresOn: "2027-02-28", scopes: ["ticket_links", "accounts_read"] },
    });
    const admin = acting(await givenStaff("admin"), "2026-11-23 10:00");
    const next = await rotateToken(admin, { tokenId: id });
    expect(next).toMatchObject({ name, endsAt: beijing("2026-11-30 10:00") });
    expect(next.token).not.toBe(token);
    for (const one of [token, next.token])
      expect(await use(one, "2026-11-30 09:59")).toMatchObject({
        as: { scopes: ["ticket_links", "accounts_read"] },
      });
    expect(await use(token, "2026-11-30 10:00")).toEqual({ refused: "unknown" });
    expect(await use(next.token, "2027-02-28 10:00")).toHaveProperty("as");
    expect(await recordOf(id)).toEqual(["api_token.created", "api_token.rotated"]);
    expect(await recordOf(next.id)).toEqual(["api_token.created"]);

    const { rows } = await listTokens(admin, {});
    expect(rows.filter((row) => row.name === name).map(({ state }) => state)).toEqual([
      ...["active", "replaced"],
    ]);
    await expect(rotateToken(admin, { tokenId: id })).rejects.toBeInstanceOf(Conflict);
    await revokeToken(admin, { tokenId: next.id });
    await expect(rotateToken(admin, { tokenId: next.id })).rejects.toBeInstanceOf(Conflict);
  });

  test("rotated by ten at once, it has one successor; near its end it ends no later than before", async () => {
    const { id } = await givenToken({ expiresOn: "2026-11-24" });
    const admin = acting(await givenStaff("admin"), "2026-11-23 10:00");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => rotateToken(admin, { tokenId: id })),
    );
    const done = outcomes.filter((one) => one.status === "fulfilled");
    expect(done.map(({ value }) => value.endsAt)).toEqual([beijing("2026-11-25 00:00")]);
  });

  test("a name in use is taken, also by fifty at once; a revoked one frees it", async () => {
    const admin = acting(await givenStaff("admin"), "2026-11-23 12:00");
    const wish = { name: "唯一的名称", scopes: ["ticket_links" as const], expiresOn: "2027-11-23" };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => createToken(admin, wish)),
    );
    const done = outcomes.filter((one) => one.status === "fulfilled");
    expect(done).toHaveLength(1);
    await expect(createToken(admin, wish)).rejects.toMatchObject({
      fields: { name: ["tickets.errors.nameTaken"] },
    });
    await revokeToken(admin, { tokenId: done[0]!.value.id });
    await expect(createToken(admin, wish)).resolves.toHaveProperty("token");
  });

  test("bad input is told at its field", async () => {
    const admin = acting(await givenStaff("admin"), "2026-11-23 12:00");
    const wish = { name: "好的名称", scopes: ["ticket_links" as const], expiresOn: "2027-11-23" };
    const bad = [
      [{ name: "" }, "name"],
      [{ name: "a\u0000b" }, "name"],
      [{ name: "a\u202eb" }, "name"],
      [{ name: "两\n行" }, "name"],
      [{ name: "长".repeat(61) }, "name"],
      [{ scopes: [] as never[] }, "scopes"],
      [{ scopes: ["everything"] as never }, "scopes.0"],
      [{ expiresOn: "2026-13-01" }, "expiresOn"],
      [{ expiresOn: "" }, "expiresOn"],
      [{ expiresOn: "2026-11-22" }, "expiresOn"],
      [{ expiresOn: "2028-01-01" }, "expiresOn"],
    ] as const;
    for (const [change, field] of bad) {
      const refusal: unknown = await createToken(admin, { ...wish, ...change }).catch(
        (error: unknown) => error,
      );
      expect(refusal).toBeInstanceOf(Invalid);
      expect(Object.keys((refusal as Invalid).fields)).toEqual([field]);
    }
  });

  test("nobody but an administrator makes, lists or revokes them", async () => {
    const { id } = await givenToken();
    for (const role of ["author", "approver", "handler", "support", "auditor"] as const) {
      const ctx = acting(await givenStaff(role), "2026-11-23 12:00");
      await expect(listTokens(ctx, {})).rejects.toBeInstanceOf(NotAllowed);
      await expect(revokeToken(ctx, { tokenId: id })).rejects.toBeInstanceOf(NotAllowed);
      await expect(rotateToken(ctx, { tokenId: id })).rejects.toBeInstanceOf(NotAllowed);
    }
    const admin = acting(await givenStaff("admin"), "2026-11-23 12:00");
    await expect(
      revokeToken(admin, { tokenId: "00000000-0000-4000-8000-000000000000" }),
    ).rejects.toBeInstanceOf(NotFound);
  });
});
