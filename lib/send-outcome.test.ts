import { expect, test } from "vitest";

import { readBatchAnswer, readProblem, readSingleAnswer } from "./send-outcome";

const NOON = Date.parse("2026-03-15T12:00:00Z");

const problem = (error: object, headers: Record<string, string> | null = {}) =>
  readProblem({ data: null, error, headers }, NOON);

test.each([
  ["missing_api_key", 401, "key_refused"],
  ["restricted_api_key", 401, "key_refused"],
  ["suspended_api_key", 403, "key_refused"],
  ["validation_error", 403, "access_refused"],
  ["monthly_quota_exceeded", 429, "monthly_quota"],
])("%s with %i halts: %s", (name, statusCode, reason) => {
  expect(problem({ name, statusCode, message: "m" })).toEqual({
    kind: "halt",
    reason,
    detail: "m",
  });
});

test.each([
  ["validation_error", 400],
  ["invalid_idempotency_key", 400],
  ["not_found", 404],
  ["validation_error", 413],
  ["missing_required_field", 422],
  ["invalid_idempotent_request", 409],
])("%s with %i is refused for good", (name, statusCode) => {
  expect(problem({ name, statusCode, message: "m" })).toEqual({
    kind: "refused",
    reason: "m",
    code: name,
  });
});

test.each([
  [{ name: "resource_locked", statusCode: 409 }, "concurrent"],
  [{ name: "something_new", statusCode: 500 }, "provider_error"],
  [{ name: "service_unavailable", statusCode: 503 }, "provider_error"],
  [{ name: "something_new", statusCode: 429 }, "rate_limited"],
  [{ name: "application_error", statusCode: null }, "no_answer"],
  [{ name: 7, statusCode: "500" }, "unreadable_answer"],
])("%j is tried again: %s", (error, reason) => {
  expect(problem(error)).toMatchObject({ kind: "retry", reason });
});

test("retry-after may be seconds or a date, and the rate's reset stands in for it", () => {
  const limited = { name: "rate_limit_exceeded", statusCode: 429 };
  const after = (headers: Record<string, string>) => problem(limited, headers);
  expect(after({ "retry-after": "3" })).toMatchObject({ retryAfterMs: 3000 });
  expect(after({ "retry-after": "Sun, 15 Mar 2026 12:00:30 GMT" })).toMatchObject({
    retryAfterMs: 30_000,
  });
  expect(after({ "retry-after": "Sun, 15 Mar 2026 11:00:00 GMT" })).toMatchObject({
    retryAfterMs: 0,
  });
  expect(after({ "ratelimit-reset": "2" })).toMatchObject({ retryAfterMs: 2000 });
  expect(after({ "retry-after": "soon" })).not.toHaveProperty("retryAfterMs");
  expect(after({})).not.toHaveProperty("retryAfterMs");
});

test("a used-up daily quota lasts until midnight UTC", () => {
  expect(problem({ name: "daily_quota_exceeded", statusCode: 429 })).toMatchObject({
    kind: "halt",
    retryAfterMs: 12 * 3600 * 1000,
  });
});

test("ids and errors must add up to the mails of the batch", () => {
  const read = (data: unknown, count: number) =>
    readBatchAnswer({ data, error: null, headers: null }, count);
  const unreadable = { kind: "retry", reason: "unreadable_answer" };
  const error = (index: number) => ({ index, message: "m" });

  expect(read({ data: [{ id: "a" }], errors: [error(0)] }, 2)).toMatchObject({ ids: [null, "a"] });
  expect(read({ data: [], errors: [error(0), error(1)] }, 2)).toMatchObject({ ids: [null, null] });
  expect(read({ data: [{ id: "a" }] }, 2)).toMatchObject(unreadable);
  expect(read({ data: [{ id: "a" }, { id: "b" }] }, 1)).toMatchObject(unreadable);
  expect(read({ data: [{ id: "a" }, { id: "a" }] }, 2)).toMatchObject(unreadable);
  expect(read({ data: [{ id: "a" }], errors: [error(2)] }, 2)).toMatchObject(unreadable);
  expect(read({ data: [{ id: "a" }], errors: [error(1), error(1)] }, 3)).toMatchObject(unreadable);
  expect(read({ data: [{}] }, 1)).toMatchObject(unreadable);
});

test("the answer to one mail has an id", () => {
  const read = (data: unknown) => readSingleAnswer({ data, error: null, headers: null });
  expect(read({ id: "a" })).toMatchObject({ kind: "accepted", ids: ["a"] });
  expect(read({ id: "" })).toMatchObject({ kind: "retry" });
});
