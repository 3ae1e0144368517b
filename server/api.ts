import "server-only";

import type { Locale } from "@/db/vocabulary/languages";
import { may, type Permission } from "@/domain/access/permissions";
import { Moved } from "@/domain/accounts/put-account";
import { asJob, type Context } from "@/domain/context";
import { Conflict, DomainError, Invalid, NotAllowed, NotFound } from "@/domain/errors";
import { authenticateToken, type Quota } from "@/domain/tickets/authenticate-token";
import { readLimited } from "@/lib/read-limited";

import { preferredLocale, problem, type ProblemCode } from "./problem";

/** Printable ASCII, as every client library can send it. */
const IDEMPOTENCY_KEY = /^[!-~]{1,255}$/;

export type Call<Params> = { ctx: Context; request: Request; locale: Locale; params: Params };
type Operation<Params> = {
  may: Permission;
  /** Uses a minute of one token. */
  limit: number;
  run: (call: Call<Params>) => Promise<Response>;
};

/**
 * A call that a token opens. Whatever is sent, it answers with what was asked for or with a problem
 * that says what to change, and with what is left of the minute's uses.
 */
export function byToken<Params = Record<string, never>>(operation: Operation<Params>) {
  return async (request: Request, route?: { params: Promise<Params> }): Promise<Response> => {
    const locale = preferredLocale(request);
    const now = new Date();
    const { limit, run } = operation;
    const known = await authenticateToken(asJob("api", now), { token: bearerOf(request), limit });
    if ("refused" in known && known.refused === "unknown")
      return problem({
        ...{ code: "unauthorized", locale },
        headers: { "WWW-Authenticate": 'Bearer realm="gaozhi"' },
      });
    if ("refused" in known) {
      const headers = { ...rateHeaders(known.quota), "Retry-After": String(known.retryAfter) };
      return problem({ code: "rate_limited", locale, headers });
    }
    const ctx = { actor: known.as, now };
    const params = await (route?.params ?? Promise.resolve({} as Params));
    const answer = may(ctx.actor, operation.may)
      ? await refusing(locale, () => run({ ctx, request, locale, params }))
      : problem({ code: "forbidden", locale });
    for (const [name, value] of Object.entries(rateHeaders(known.quota)))
      answer.headers.set(name, value);
    return answer;
  };
}

/** As draft-ietf-httpapi-ratelimit-headers has them. @param policy whose uses are counted */
export function rateHeaders(
  { limit, remaining, reset }: Quota,
  policy = "token",
): Record<string, string> {
  return {
    "RateLimit-Policy": `"${policy}";q=${limit};w=60`,
    RateLimit: `"${policy}";r=${remaining};t=${reset}`,
  };
}

/** A request that is refused before a verb judges it. */
export class Refused extends Error {
  constructor(readonly code: ProblemCode) {
    super(code);
  }
}

async function refusing(locale: Locale, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refused) return problem({ code: error.code, locale });
    if (error instanceof DomainError) return problemOf(error, locale);
    throw error;
  }
}

function problemOf(error: DomainError, locale: Locale): Response {
  const said = { key: error.messageKey, values: error.values };
  if (error instanceof Invalid) {
    const { fields, values } = error;
    return problem({ code: "invalid", locale, fields: inBody(fields), values });
  }
  if (error instanceof Moved) return problem({ code: "precondition_failed", locale, said });
  if (error instanceof Conflict) return problem({ code: "conflict", locale, said });
  if (error instanceof NotFound) return problem({ code: "not_found", locale });
  if (error instanceof NotAllowed) return problem({ code: "forbidden", locale });
  throw error;
}

/** The verb names fields of its own input; the sender knows only what they sent. */
const inBody = (fields: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(fields).map(([path, keys]) => [path.replace(/^(wish|account)(\.|$)/, ""), keys]),
  );

/** The token of an Authorization header (RFC 6750); "" where there is none. */
export function bearerOf(request: Request): string {
  const header = request.headers.get("authorization") ?? "";
  return /^Bearer +([\w.~+/=-]{1,2000})$/i.exec(header)?.[1] ?? "";
}

/** @throws Refused */
export function idempotencyKeyOf(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key !== null && !IDEMPOTENCY_KEY.test(key)) throw new Refused("malformed");
  return key;
}

/** A body of JSON in UTF-8, whatever it says. @throws Refused */
export async function readJson(request: Request, mostBytes: number): Promise<unknown> {
  const mediaType = request.headers.get("content-type") ?? "";
  if (!/^application\/json *(;|$)/i.test(mediaType)) throw new Refused("unsupported_media_type");
  const bytes = await readLimited(request, mostBytes);
  if (!bytes) throw new Refused("too_large");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refused("malformed");
  }
}
