import "server-only";

import type { Locale } from "@/db/vocabulary/languages";
import { may } from "@/domain/access/permissions";
import { asJob } from "@/domain/context";
import { Conflict, Invalid } from "@/domain/errors";
import { authenticateToken } from "@/domain/tickets/authenticate-token";
import type { TicketLinkWish } from "@/domain/tickets/input";
import { issueTicketLink } from "@/domain/tickets/issue-link";
import { readLimited } from "@/lib/read-limited";

import { preferredLocale, problem } from "./problem";

/** A link with the longest facts and a hundred identifiers, every character escaped, fits twice. */
const MOST_BYTES = 256 * 1024;
/** Printable ASCII, as every client library can send it. */
const IDEMPOTENCY_KEY = /^[!-~]{1,255}$/;

/**
 * Makes a signed, short-lived link for a support ticket (docs/api.md). Whatever is sent, it answers
 * with the link or with a problem that says what to change.
 */
export async function postTicketLink(request: Request): Promise<Response> {
  const locale = preferredLocale(request);
  const now = new Date();
  const authentication = await authenticateToken(asJob("api", now), { token: bearerOf(request) });
  if ("refused" in authentication) return notAuthenticated(authentication, locale);
  const actor = authentication.as;
  if (!may(actor, "ticket.issueLink")) return problem({ code: "forbidden", locale });

  const idempotencyKey = request.headers.get("idempotency-key");
  if (idempotencyKey !== null && !IDEMPOTENCY_KEY.test(idempotencyKey))
    return problem({ code: "malformed", locale });
  const body = await readJson(request);
  if ("refused" in body) return problem({ code: body.refused, locale });

  try {
    // The verb's schema judges it; a body of another shape is told field by field.
    const wish = body.value as TicketLinkWish;
    const link = await issueTicketLink({ actor, now }, { wish, idempotencyKey });
    const { ticketNumber, purpose, url, expiresAt, isRepeat } = link;
    return Response.json(
      { ticketNumber, purpose, url, expiresAt: expiresAt.toISOString() },
      {
        status: 201,
        headers: {
          "Cache-Control": "no-store",
          ...(isRepeat && { "Idempotency-Replayed": "true" }),
        },
      },
    );
  } catch (error) {
    if (error instanceof Invalid)
      return problem({ code: "invalid", locale, fields: inBody(error.fields) });
    if (error instanceof Conflict) return problem({ code: "idempotency_key_used", locale });
    throw error;
  }
}

type Refused = Exclude<Awaited<ReturnType<typeof authenticateToken>>, { as: unknown }>;

function notAuthenticated(refusal: Refused, locale: Locale): Response {
  if (refusal.refused === "limited")
    return problem({
      code: "rate_limited",
      locale,
      headers: { "Retry-After": String(refusal.retryAfter) },
    });
  return problem({
    code: "unauthorized",
    locale,
    headers: { "WWW-Authenticate": 'Bearer realm="gaozhi"' },
  });
}

/** The token of an Authorization header (RFC 6750); "" where there is none. */
function bearerOf(request: Request): string {
  const header = request.headers.get("authorization") ?? "";
  return /^Bearer +([\w.~+/=-]{1,200})$/i.exec(header)?.[1] ?? "";
}

type Body = { value: unknown } | { refused: "unsupported_media_type" | "too_large" | "malformed" };

async function readJson(request: Request): Promise<Body> {
  const mediaType = request.headers.get("content-type") ?? "";
  if (!/^application\/json *(;|$)/i.test(mediaType)) return { refused: "unsupported_media_type" };
  const bytes = await readLimited(request, MOST_BYTES);
  if (!bytes) return { refused: "too_large" };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { value: JSON.parse(text) };
  } catch {
    return { refused: "malformed" };
  }
}

/** The verb names fields of its own input; the sender knows only what they sent. */
const inBody = (fields: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(fields).map(([path, keys]) => [path.replace(/^wish\.?/, ""), keys]),
  );
