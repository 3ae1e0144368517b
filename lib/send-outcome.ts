import { z } from "zod";

export type RetryReason =
  | "rate_limited"
  | "concurrent"
  | "provider_error"
  /** No whole answer came. The mails may have been accepted. */
  | "no_answer"
  /** The same, because it took longer than 15 s. */
  | "timeout"
  /** The same, because the caller's signal ended the attempt. */
  | "aborted"
  /** An answer that can't be understood. The mails may have been accepted. */
  | "unreadable_answer";

export type HaltReason =
  /** The API key is missing, wrong, revoked or not allowed to send. */
  | "key_refused"
  /** Another 401 or 403, e.g. a sender's domain that is not verified. */
  | "access_refused"
  /** A server of SMTP offers no encryption, or shows a certificate that nobody here trusts. */
  | "tls_refused"
  | "daily_quota"
  | "monthly_quota";

/** What one attempt came to; the caller schedules what follows. */
export type SendOutcome =
  | {
      kind: "accepted";
      /** One entry per mail, in order; null where `errors` holds the index. */
      ids: (string | null)[];
      /** Mails that will never be accepted as they are. */
      errors: { index: number; message: string }[];
      /** How long the next request has to wait for the provider's rate, usually 0. */
      waitMs: number;
      /** What the provider said of its rate; left out where it said nothing. */
      rate?: Rate;
    }
  /** Try again with the same bytes and key, after `retryAfterMs` when the provider named it. */
  | { kind: "retry"; reason: RetryReason; detail: string; retryAfterMs?: number; rate?: Rate }
  /** It will never be accepted like this; `code` is the provider's name for it. */
  | { kind: "refused"; reason: string; code: string }
  /** Nothing can be sent now: pause, and count no attempt. */
  | { kind: "halt"; reason: HaltReason; detail: string; retryAfterMs?: number };

/** So many requests are left of `limit` in a window of `windowMs` that began with the first of them. */
export type Rate = { limit: number; remaining: number; windowMs: number };

/** The SDK's answer, of which only this much is certain: it hands on whatever JSON it received. */
export type SdkAnswer = {
  data: unknown;
  error: unknown;
  headers: Record<string, string> | null;
};

const HALTS: Record<string, HaltReason> = {
  missing_api_key: "key_refused",
  invalid_api_key: "key_refused",
  restricted_api_key: "key_refused",
  suspended_api_key: "key_refused",
  invalid_permission: "key_refused",
  daily_quota_exceeded: "daily_quota",
  monthly_quota_exceeded: "monthly_quota",
};

const RETRIES: Record<string, RetryReason> = {
  rate_limit_exceeded: "rate_limited",
  concurrent_idempotent_requests: "concurrent",
  resource_locked: "concurrent",
  internal_server_error: "provider_error",
  service_unavailable: "provider_error",
};

const problemShape = z.object({
  name: z.string().catch(""),
  message: z.string().catch(""),
  statusCode: z.number().nullish().catch(undefined),
});

const batchShape = z.object({
  data: z.array(z.object({ id: z.string().min(1) })),
  errors: z.array(z.object({ index: z.number().int().min(0), message: z.string() })).default([]),
});

const singleShape = z.object({ id: z.string().min(1) });

/**
 * Reads the answer to a permissive batch of `count` mails. The ids are those of the accepted mails
 * in order, so an answer whose numbers do not add up, or that holds an id twice, is unreadable.
 */
export function readBatchAnswer({ data, headers }: SdkAnswer, count: number): SendOutcome {
  const parsed = batchShape.safeParse(data);
  if (!parsed.success) return unreadable("The answer to the batch has another shape");

  const { data: accepted, errors } = parsed.data;
  const refused = new Set(errors.map(({ index }) => index));
  const addsUp = accepted.length + refused.size === count && refused.size === errors.length;
  const areDistinct = new Set(accepted.map(({ id }) => id)).size === accepted.length;
  if (!addsUp || !areDistinct || errors.some(({ index }) => index >= count)) {
    return unreadable(`${accepted.length} ids and ${errors.length} errors for ${count} mails`);
  }
  const inOrder = accepted.values();
  const ids = Array.from({ length: count }, (_, index) =>
    refused.has(index) ? null : (inOrder.next().value?.id ?? null),
  );
  return { kind: "accepted", ids, errors, ...rateOf(headers) };
}

export function readSingleAnswer({ data, headers }: SdkAnswer): SendOutcome {
  const parsed = singleShape.safeParse(data);
  if (!parsed.success) return unreadable("The answer to the mail has another shape");
  return { kind: "accepted", ids: [parsed.data.id], errors: [], ...rateOf(headers) };
}

/**
 * Reads an answer that is not a success, by Resend's name for it first and its status second
 * (resend.com/docs/api-reference/errors).
 */
export function readProblem({ error, headers }: SdkAnswer, now: number): SendOutcome {
  const parsed = problemShape.safeParse(error);
  if (!parsed.success) return unreadable("The provider's error has another shape");

  const { name, message, statusCode } = parsed.data;
  const after = retryAfter(headers, { name, statusCode, now });
  const halt = HALTS[name] ?? (isAccess(statusCode) ? "access_refused" : undefined);
  if (halt) return { kind: "halt", reason: halt, detail: message, ...after };

  const retry = RETRIES[name] ?? retryByStatus(statusCode);
  const { rate } = rateOf(headers);
  if (retry)
    return { kind: "retry", reason: retry, detail: message, ...after, ...(rate && { rate }) };

  return { kind: "refused", reason: message, code: name || `http_${statusCode}` };
}

function unreadable(detail: string): SendOutcome {
  return { kind: "retry", reason: "unreadable_answer", detail };
}

function isAccess(status: number | null | undefined): boolean {
  return status === 401 || status === 403;
}

/** Null is the SDK's mark for an answer that did not come or broke off. */
function retryByStatus(status: number | null | undefined): RetryReason | undefined {
  if (status === null) return "no_answer";
  if (status === undefined || status < 400) return "unreadable_answer";
  if (status === 429) return "rate_limited";
  if (status === 408 || status === 425 || status >= 500) return "provider_error";
  return undefined;
}

function retryAfter(
  headers: SdkAnswer["headers"],
  problem: { name: string; statusCode: number | null | undefined; now: number },
): { retryAfterMs?: number } {
  const told = headers?.["retry-after"];
  const ms = told === undefined ? undefined : (seconds(told) ?? untilDate(told, problem.now));
  if (ms !== undefined) return { retryAfterMs: ms };
  // The daily quota starts afresh at midnight UTC (resend.com/docs/api-reference/rate-limit).
  if (problem.name === "daily_quota_exceeded") return { retryAfterMs: untilMidnight(problem.now) };

  const reset = problem.statusCode === 429 ? seconds(headers?.["ratelimit-reset"]) : undefined;
  return reset === undefined ? {} : { retryAfterMs: reset };
}

/** The policy names the window's seconds: `10;w=1` (resend.com/docs/api-reference/rate-limit). */
const rateShape = z.object({
  "ratelimit-limit": z.coerce.number(),
  "ratelimit-remaining": z.coerce.number(),
  "ratelimit-policy": z.string().regex(/;\s*w=\d+/),
});

function rateOf(headers: SdkAnswer["headers"]): { waitMs: number; rate?: Rate } {
  const waitMs = waitForRate(headers);
  const { data } = rateShape.safeParse(headers);
  if (!data) return { waitMs };
  const windowMs = Number(data["ratelimit-policy"].split("w=")[1]?.split(";")[0]) * 1000;
  const { "ratelimit-limit": limit, "ratelimit-remaining": remaining } = data;
  return { waitMs, rate: { limit, remaining, windowMs } };
}

function waitForRate(headers: SdkAnswer["headers"]): number {
  if (headers?.["ratelimit-remaining"] !== "0") return 0;
  return seconds(headers["ratelimit-reset"]) ?? 0;
}

function seconds(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}(\.\d+)?$/.test(value.trim())
    ? Math.ceil(Number(value) * 1000)
    : undefined;
}

function untilDate(value: string, now: number): number | undefined {
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function untilMidnight(now: number): number {
  return new Date(now).setUTCHours(24, 0, 0, 0) - now;
}
