import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

import { asJob, type Context } from "@/domain/context";
import { keepAnswers, putOffDeletion } from "@/domain/requests/order-deletion";
import { nextUserBatch, nextUserRetryAt, type UserBatch } from "@/domain/requests/user-deletions";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** The interface allows more; five calls a second empty 10,000 users in half a minute and leave it room. */
const BETWEEN_CALLS_MS = 200;
const TIMEOUT_MS = 15_000;

/** Of the interface's codes for one user: there is none of that name; it could not do it just now. */
const NO_SUCH_USER = 70107;
const LATER_CODES: readonly number[] = [50004, 60007, 70500, 90992];

const body = z.object({
  ErrorCode: z.int(),
  ErrorInfo: z.string().optional(),
  ResultItem: z
    .array(
      z.object({
        UserID: z.string(),
        /** One of theirs has five digits; what no column takes is none. */
        ResultCode: z.int32(),
        AccountStatus: z.enum(["Imported", "NotImported"]).optional(),
      }),
    )
    .optional(),
});

type Answers = Parameters<typeof keepAnswers>[1]["answers"];
/** What a call brought; `waitMs` is what the interface asked to wait, in milliseconds. */
export type Came =
  | { kind: "answered"; answers: Answers }
  | { kind: "vain"; waitMs: number | null; reason: string };
type Ask = (batch: UserBatch) => Promise<Came>;

/**
 * Has the vendor's account-deletion interface asked about every user that waits, call by call, until
 * nothing is left. What is known is in the tables alone: it may be killed at any point, and several workers
 * may run it, for the interface deletes nobody twice and a user's first outcome stays.
 * @returns when to go on with what was put off; null where nothing is
 */
export async function deleteUsers(
  isStopping: () => boolean,
  { ask = askInterface, pauseMs = BETWEEN_CALLS_MS }: { ask?: Ask; pauseMs?: number } = {},
): Promise<Date | null> {
  if (ask === askInterface && !env().ACCOUNT_DELETION_URL) return null;
  const ctx = () => asJob("delete-users", new Date());
  while (!isStopping()) {
    const batch = await nextUserBatch(ctx(), {});
    if (!batch) break;
    await makeCall(ctx, batch, ask);
    if (pauseMs > 0) await sleep(pauseMs);
  }
  return nextUserRetryAt(ctx(), {});
}

async function makeCall(ctx: () => Context, batch: UserBatch, ask: Ask): Promise<void> {
  const { disposalId, kind, users } = batch;
  const came: Came = users.length > 0 ? await ask(batch) : { kind: "answered", answers: [] };
  if (came.kind === "answered") {
    await keepAnswers(ctx(), { disposalId, kind, answers: came.answers });
    return;
  }
  log.warn({ disposal: disposalId, kind, reason: came.reason }, "users not asked about");
  await putOffDeletion(ctx(), { disposalId, kind, waitMs: came.waitMs });
}

/** One call: POST …/account_delete or …/account_check, at most 100 users. Never throws. */
async function askInterface(batch: UserBatch): Promise<Came> {
  const { ACCOUNT_DELETION_URL: url = "", ACCOUNT_DELETION_KEY: key = "" } = env();
  return askAt({ url, key, timeoutMs: TIMEOUT_MS }, batch);
}

type Where = { url: string; key: string; timeoutMs: number };

export async function askAt({ url, key, timeoutMs }: Where, batch: UserBatch): Promise<Came> {
  const isDeletion = batch.kind === "delete";
  const items = batch.users.map(({ user }) => ({ UserID: user }));
  try {
    const response = await fetch(`${url}/${isDeletion ? "account_delete" : "account_check"}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({
        SdkAppId: batch.sdkAppId,
        ...(isDeletion ? { DeleteItem: items } : { CheckItem: items }),
      }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const waitMs = retryAfter(response.headers.get("retry-after"));
    if (!response.ok) {
      await response.body?.cancel();
      return { kind: "vain", waitMs, reason: `status ${response.status}` };
    }
    return readAnswers(batch, body.safeParse(await response.json()));
  } catch (error) {
    return { kind: "vain", waitMs: null, reason: error instanceof Error ? error.name : "unknown" };
  }
}

/** In seconds, as the interface writes it; anything else is left to our own waiting. */
const retryAfter = (given: string | null): number | null =>
  given && /^\d{1,4}$/.test(given) ? Number(given) * 1000 : null;

function readAnswers(batch: UserBatch, read: z.ZodSafeParseResult<z.output<typeof body>>): Came {
  if (!read.success) return { kind: "vain", waitMs: null, reason: "strange answer" };
  const { ErrorCode, ResultItem = [] } = read.data;
  if (ErrorCode !== 0) return { kind: "vain", waitMs: null, reason: `code ${ErrorCode}` };
  const places = new Map(batch.users.map(({ position, user }) => [user, position]));
  const answers = ResultItem.flatMap(({ UserID, ResultCode, AccountStatus }): Answers => {
    const position = places.get(UserID);
    if (position === undefined || LATER_CODES.includes(ResultCode)) return [];
    const said = { position, code: ResultCode };
    if (batch.kind === "delete")
      return [{ ...said, isKnown: null, outcome: outcomeOf(ResultCode) }];
    return AccountStatus ? [{ ...said, isKnown: AccountStatus === "Imported", outcome: null }] : [];
  });
  return answers.length > 0
    ? { kind: "answered", answers }
    : { kind: "vain", waitMs: null, reason: "nobody answered for" };
}

const outcomeOf = (code: number) => {
  if (code === 0) return "deleted" as const;
  return code === NO_SUCH_USER ? ("absent" as const) : ("refused" as const);
};
