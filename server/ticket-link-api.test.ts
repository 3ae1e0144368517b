import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { apiTokens, ticketLinks } from "@/db/schema";
import { ANONYMOUS } from "@/domain/context";
import { readTicketLink } from "@/domain/tickets/read-link";
import { givenToken } from "@/tests/support/tickets";

import { deleteTicketLink, postTicketLink } from "./ticket-link-api";

const WISH = { ticketNumber: "T-2026-0001", purpose: "file_request", prefill: { type: "delete" } };

type Sending = { token?: string; body?: BodyInit; headers?: Record<string, string> };

async function send({ token, body = JSON.stringify(WISH), headers = {} }: Sending) {
  const response = await postTicketLink(
    new Request("http://localhost:3000/api/v1/ticket-links", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body,
    }),
  );
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, answer };
}

describe("POST /api/v1/ticket-links", () => {
  test("answers 201 with the link, from APP_ORIGIN, and its end", async () => {
    const { token } = await givenToken();
    const { status, answer, headers } = await send({
      token,
      body: JSON.stringify({ ...WISH, locale: "en", expiresInMinutes: 60 }),
    });
    expect(status).toBe(201);
    expect(answer).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ticketNumber: "T-2026-0001",
      purpose: "file_request",
      url: expect.stringMatching(/^http:\/\/localhost:3000\/en\/t\/[0-9a-f-]{36}\.[\w-]{43}$/),
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("the same key and content is the same link; another content is 409", async () => {
    const { token } = await givenToken();
    const headers = { "idempotency-key": "ticket-1" };
    const [first, again] = [await send({ token, headers }), await send({ token, headers })];
    expect(again.answer).toEqual(first.answer);
    expect([
      first.headers.get("idempotency-replayed"),
      again.headers.get("idempotency-replayed"),
    ]).toEqual([null, "true"]);
    const other = await send({
      token,
      headers,
      body: JSON.stringify({ ...WISH, ticketNumber: "T-2" }),
    });
    expect([other.status, other.answer.code]).toEqual([409, "idempotency_key_used"]);
  });

  test("every refusal is a problem with a status, a code and a sentence, and never 500", async () => {
    const { token, id } = await givenToken();
    const refusals: [Sending, number, string][] = [
      [{}, 401, "unauthorized"],
      [{ token: "gaozhi_wrong" }, 401, "unauthorized"],
      [{ headers: { authorization: `Basic ${token}` } }, 401, "unauthorized"],
      [{ headers: { authorization: "Bearer " + "x".repeat(5000) } }, 401, "unauthorized"],
      [{ token, headers: { "content-type": "text/plain" } }, 415, "unsupported_media_type"],
      [{ token, headers: { "content-type": "application/jsonp" } }, 415, "unsupported_media_type"],
      [{ token, body: "x".repeat(300_000) }, 413, "too_large"],
      [{ token, body: "{" }, 400, "malformed"],
      [{ token, body: "" }, 400, "malformed"],
      [{ token, body: new Uint8Array([0x22, 0xff, 0x22]) }, 400, "malformed"],
      [{ token, headers: { "idempotency-key": "" } }, 400, "malformed"],
      [{ token, headers: { "idempotency-key": "a b" } }, 400, "malformed"],
      [{ token, headers: { "idempotency-key": "k".repeat(256) } }, 400, "malformed"],
      [{ token, body: "null" }, 422, "invalid"],
      [{ token, body: "[]" }, 422, "invalid"],
      [{ token, body: '"text"' }, 422, "invalid"],
      [{ token, body: "[".repeat(100_000) + "]".repeat(100_000) }, 422, "invalid"],
      [{ token, body: '{"__proto__":{"purpose":"file_request"}}' }, 422, "invalid"],
      [{ token, body: '{"purpose":"file_request","ticketNumber":"\\u0000"}' }, 422, "invalid"],
      [{ token, body: '{"purpose":"file_request","ticketNumber":"\\ud800"}' }, 422, "invalid"],
    ];
    for (const [sending, status, code] of refusals) {
      const got = await send(sending);
      expect([got.status, got.answer.code, got.answer.status]).toEqual([status, code, status]);
      expect(got.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
      expect(String(got.answer.detail)).toMatch(/[。.]$/);
    }
    expect(await db.$count(ticketLinks, eq(ticketLinks.createdBy, id))).toBe(0);
  });

  test("401 names the scheme; a token without the scope is 403", async () => {
    expect((await send({})).headers.get("www-authenticate")).toMatch(/^Bearer/);
    const { token, id } = await givenToken();
    await db.update(apiTokens).set({ scopes: [] }).where(eq(apiTokens.id, id));
    expect(await send({ token })).toMatchObject({ status: 403, answer: { code: "forbidden" } });
  });

  test("422 points at each wrong field, in the language that is asked for", async () => {
    const { token } = await givenToken();
    const body = JSON.stringify({
      ticketNumber: "T-1",
      purpose: "file_request",
      expiresInMinutes: 99_999,
      prefill: { type: "everything" },
    });
    const [zh, en] = [
      await send({ token, body }),
      await send({ token, body, headers: { "accept-language": "en-GB,en;q=0.9" } }),
    ];
    expect(zh.answer.errors).toEqual([
      { pointer: "#/expiresInMinutes", detail: expect.stringMatching(/有效期/) },
      { pointer: "#/prefill/type", detail: expect.stringMatching(/类型/) },
    ]);
    expect(en.answer.errors).toEqual([
      { pointer: "#/expiresInMinutes", detail: expect.stringMatching(/^The lifetime/) },
      { pointer: "#/prefill/type", detail: expect.stringMatching(/^There is no such type/) },
    ]);
    expect(en.headers.get("content-language")).toBe("en");
  });

  test("an unknown notice is told at its field", async () => {
    const { token } = await givenToken();
    const body = JSON.stringify({
      ticketNumber: "T-1",
      purpose: "read_notice",
      notice: { incident: "I-2026-999999" },
    });
    expect(await send({ token, body })).toMatchObject({
      status: 422,
      answer: { errors: [{ pointer: "#/notice" }] },
    });
  });

  test("429 says how long to wait", async () => {
    const { token } = await givenToken();
    await Promise.all(Array.from({ length: 60 }, () => send({ token, body: "{" })));
    const { status, answer, headers } = await send({ token });
    expect([status, answer.code]).toEqual([429, "rate_limited"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
  });
});

describe("DELETE /api/v1/ticket-links/{id}", () => {
  const revoke = async (id: string, token?: string) => {
    const response = await deleteTicketLink(
      new Request(`http://localhost:3000/api/v1/ticket-links/${id}`, {
        method: "DELETE",
        headers: token ? { authorization: `Bearer ${token}` } : {},
      }),
      { params: Promise.resolve({ id }) },
    );
    return {
      status: response.status,
      answer: (await response.json()) as Record<string, unknown>,
    };
  };

  test("ends the link for good, once, for who may make links", async () => {
    const { token } = await givenToken();
    const { answer } = await send({ token });
    const id = String(answer.id);
    expect((await revoke(id)).status).toBe(401);
    const first = await revoke(id, token);
    expect(first).toEqual({
      status: 200,
      answer: { id, revokedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) },
    });
    expect(await revoke(id, token)).toEqual(first);
    const link = String(answer.url).split("/").at(-1) ?? "";
    const shown = await readTicketLink({ actor: ANONYMOUS, now: new Date() }, { link });
    expect(shown.state).toBe("revoked");
  });

  test("what is no link is 404, and a token without the scope 403", async () => {
    const { token } = await givenToken();
    for (const id of ["none", randomUUID(), "x".repeat(90)])
      expect(await revoke(id, token)).toMatchObject({ status: 404, answer: { code: "not_found" } });
    const other = await givenToken({ scopes: ["accounts_read"] });
    expect((await revoke(randomUUID(), other.token)).status).toBe(403);
  });
});
