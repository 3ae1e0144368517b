/** An answer other than success, in the shape of Resend's errors (docs/api-reference/errors). */
export type Problem = { statusCode: number; name: string; message: string };

export const PROBLEMS = {
  missingKey: {
    statusCode: 401,
    name: "missing_api_key",
    message: "Missing API key in the authorization header.",
  },
  invalidKey: { statusCode: 403, name: "invalid_api_key", message: "API key is invalid." },
  notFound: {
    statusCode: 404,
    name: "not_found",
    message: "The requested endpoint does not exist.",
  },
  noSuchEmail: { statusCode: 404, name: "not_found", message: "Email not found" },
  methodNotAllowed: {
    statusCode: 405,
    name: "method_not_allowed",
    message: "Method is not allowed for the requested path.",
  },
  notJson: {
    statusCode: 400,
    name: "validation_error",
    message: "The request body is not valid JSON.",
  },
  tooLarge: {
    statusCode: 413,
    name: "validation_error",
    message: "The request body is larger than 40 MB.",
  },
  badIdempotencyKey: {
    statusCode: 400,
    name: "invalid_idempotency_key",
    message: "Idempotency keys, if present, must have between 1 and 256 characters.",
  },
  otherBody: {
    statusCode: 409,
    name: "invalid_idempotent_request",
    message:
      "This idempotency key has been used with this HTTP method and endpoint within the last 24 hours, but the request body was modified and doesn't match the original request.",
  },
  concurrent: {
    statusCode: 409,
    name: "concurrent_idempotent_requests",
    message: "There is another request in progress with the same idempotency key.",
  },
  badId: {
    statusCode: 422,
    name: "invalid_parameter",
    message: "The `id` must be a valid UUID.",
  },
  rateLimited: {
    statusCode: 429,
    name: "rate_limit_exceeded",
    message:
      "Too many requests. Please limit the number of requests per second. Or contact support to increase rate limit.",
  },
  dailyQuota: {
    statusCode: 429,
    name: "daily_quota_exceeded",
    message: "You have exceeded your daily email sending quota.",
  },
  applicationError: {
    statusCode: 500,
    name: "application_error",
    message: "An unexpected error occurred.",
  },
} as const satisfies Record<string, Problem>;

/** A request body Resend would not take. */
export function invalid(message: string, name = "validation_error"): Problem {
  return { statusCode: 422, name, message };
}
