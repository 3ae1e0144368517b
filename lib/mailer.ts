import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { Resend } from "resend";
import { z } from "zod";

import { env } from "./env";
import { metrics } from "./metrics";
import { traced } from "./traces";
import {
  readBatchAnswer,
  readProblem,
  readSingleAnswer,
  type SdkAnswer,
  type SendOutcome,
} from "./send-outcome";

/** Resend takes no more in one batch (resend.com/docs/api-reference/emails/send-batch-emails). */
export const MAILS_PER_BATCH = 100;

export type Mail = {
  /** `name@host` or `Name <name@host>` */
  from: string;
  /** One address: readers must not learn of each other. */
  to: string;
  /** Where an answer to it goes; left out, to `from`. */
  replyTo?: string | undefined;
  /** Line ends and other control characters become spaces. */
  subject: string;
  html: string;
  text: string;
  headers?: Record<string, string>;
  /** Come back with each webhook; names and values of ASCII letters, digits, `_` and `-`. */
  tags?: Record<string, string>;
};

/** How to reach the provider; the default comes from the environment. */
export type MailerConfig = {
  apiKey: string;
  /** Undefined is Resend itself. */
  baseUrl?: string | undefined;
  /** 15 s unless a test is in a hurry. */
  timeoutMs?: number;
};

export type FrozenBatch = {
  /** JSON text; store it as text, because `jsonb` would reorder it. */
  body: string;
  /** Hex SHA-256 of the body's UTF-8 bytes. */
  sha256: string;
};

type Attempt = { key: string; signal?: AbortSignal | undefined };

const TIMEOUT_MS = 15_000;
const API = "https://api.resend.com";
const TAG = /^[A-Za-z0-9_-]{1,256}$/;
const KEY = /^[\x21-\x7e]{1,256}$/;
const HEADER_NAME = /^[A-Za-z0-9-]+$/;
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * The exact bytes of a batch, to be stored before the first attempt and sent in each.
 * @throws Error for a batch of none or more than 100, or a tag or header Resend would refuse
 */
export function freezeBatch(mails: readonly Mail[]): FrozenBatch {
  if (mails.length < 1 || mails.length > MAILS_PER_BATCH) {
    throw new Error(`A batch holds 1 to ${MAILS_PER_BATCH} mails, not ${mails.length}`);
  }
  const body = JSON.stringify(mails.map(asResendTakesIt));
  return { body, sha256: createHash("sha256").update(body).digest("hex") };
}

/**
 * One attempt to send a frozen batch. The same body and key are accepted once in 24 hours, however
 * often they are tried. Mails with a bad address are left out and named in `errors`.
 * @throws Error for a key that is not 1 to 256 visible ASCII characters
 */
export async function sendBatch(
  attempt: Attempt & { body: string },
  config = fromEnv(),
): Promise<SendOutcome> {
  const mails = mailsIn(attempt.body);
  if (!mails) return notFrozen();

  return send(attempt, config, {
    call: "batch",
    // Resend tells what came of each mail, and the SDK writes them as `freezeBatch` has: mailer.test.ts.
    ask: (client, options) =>
      client.batch.send(mails.map(forSdk), { ...options, batchValidation: "permissive" }),
    read: (answer) => readBatchAnswer(answer, mails.length),
  });
}

/**
 * One attempt to send one mail, which the same mail and key may repeat for 24 hours.
 * @throws Error for a key, tag or header Resend would refuse
 */
export async function sendOne(
  { mail, key, signal }: { mail: Mail; key: string; signal?: AbortSignal },
  config = fromEnv(),
): Promise<SendOutcome> {
  const ready = asResendTakesIt(mail);
  return send({ key, signal }, config, {
    call: "single",
    ask: (client, options) => client.emails.send(forSdk(ready), options),
    read: readSingleAnswer,
  });
}

/** A mail as the provider lists it. */
export type ListedMail = { id: string; to: string; subject: string; at: Date; lastEvent: string };

const listAnswer = z.object({
  has_more: z.boolean(),
  data: z.array(
    z.object({
      id: z.string(),
      to: z.array(z.string()).min(1),
      subject: z.string(),
      created_at: z.string().transform((moment) => new Date(moment)),
      last_event: z.string(),
    }),
  ),
});

/** The most a page of the list holds (resend.com/docs/api-reference/emails/list-emails). */
const PAGE = 100;
const MOST_TRIES = 20;

/**
 * Every mail the provider has accepted since a moment, the latest first, in pages of 100; it waits as
 * the provider's rate asks. The key has to be one that may read, not only send.
 * @throws Error when the provider does not answer with its list
 */
export async function listAccepted(since: Date, config = fromEnv()): Promise<ListedMail[]> {
  const mails: ListedMail[] = [];
  for (let after = "", hasMore = true; hasMore;) {
    const page = await readPage(after, config);
    for (const { id, to, subject, created_at: at, last_event: lastEvent } of page.data)
      if (at >= since) mails.push({ id, to: to[0] ?? "", subject, at, lastEvent });
    const last = page.data.at(-1);
    hasMore = page.has_more && last !== undefined && last.created_at >= since;
    after = last?.id ?? "";
  }
  return mails;
}

async function readPage(after: string, config: MailerConfig) {
  const path = `/emails?limit=${PAGE}${after && `&after=${encodeURIComponent(after)}`}`;
  for (let tries = 1; ; tries += 1) {
    const answer = await get(path, config);
    if (answer.error === null) return listAnswer.parse(answer.data);
    const problem = readProblem(answer, Date.now());
    if (problem.kind !== "retry" || tries === MOST_TRIES)
      throw new Error(`the provider does not list its mails (${problem.kind})`);
    await setTimeout(problem.retryAfterMs ?? tries * 200);
  }
}

async function get(
  path: string,
  { apiKey, baseUrl = API, timeoutMs = TIMEOUT_MS }: MailerConfig,
): Promise<SdkAnswer> {
  const client = new Resend(apiKey, { baseUrl: baseUrl.replace(/\/+$/, "") });
  return client.fetchRequest<unknown>(path, {
    method: "GET",
    headers: { authorization: `Bearer ${apiKey}`, "user-agent": "gaozhi" },
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
}

/** What the provider says of one mail: its last event, e.g. "delivered"; nothing, also on a later question; or not now. */
export type Asked =
  | { kind: "told"; lastEvent: string }
  | { kind: "nothing" }
  | { kind: "later"; reason: string };

const mailAnswer = z.object({ id: z.string(), last_event: z.string().max(80) });

/**
 * Asks once what became of a mail by the provider's id
 * (resend.com/docs/api-reference/emails/retrieve-email). The key has to be one that may read.
 */
export async function askLastEvent(id: string, config = fromEnv()): Promise<Asked> {
  const answer = await get(`/emails/${encodeURIComponent(id)}`, config);
  if (answer.error === null) {
    const told = mailAnswer.safeParse(answer.data);
    const isOfIt = told.success && told.data.id === id;
    return isOfIt ? { kind: "told", lastEvent: told.data.last_event } : { kind: "nothing" };
  }
  const problem = readProblem(answer, Date.now());
  if (problem.kind === "halt") return { kind: "later", reason: problem.reason };
  // An error of the provider's own may be of this mail alone, and must not hold the others up.
  if (problem.kind !== "retry" || problem.reason === "provider_error") return { kind: "nothing" };
  return { kind: "later", reason: problem.reason };
}

function fromEnv(): MailerConfig {
  const { RESEND_API_KEY, RESEND_BASE_URL } = env();
  return { apiKey: RESEND_API_KEY, baseUrl: RESEND_BASE_URL };
}

type Options = {
  idempotencyKey: string;
  redirect: "error";
  signal: AbortSignal;
};
type Request = {
  call: "single" | "batch";
  ask: (client: Resend, options: Options) => Promise<SdkAnswer>;
  read: (answer: SdkAnswer) => SendOutcome;
};

/** One attempt, counted by what it came to. */
async function send(
  attempt: Attempt,
  config: MailerConfig,
  request: Request,
): Promise<SendOutcome> {
  const { call } = request;
  const outcome = await traced(`mails ${call}`, { kind: "client" }, async (tell) => {
    const done = metrics.providerSeconds.startTimer({ call });
    const came = await ask(attempt, config, request);
    done();
    const answer = came.kind === "retry" || came.kind === "halt" ? came.reason : came.kind;
    metrics.providerAnswers.inc({ call, answer });
    tell({ "gaozhi.answer": answer });
    return came;
  });
  if (outcome.kind === "accepted")
    metrics.mails.inc({ by: "provider" }, outcome.ids.filter((id) => id !== null).length);
  return outcome;
}

async function ask(
  { key, signal }: Attempt,
  { apiKey, baseUrl = API, timeoutMs = TIMEOUT_MS }: MailerConfig,
  request: Request,
): Promise<SendOutcome> {
  if (!KEY.test(key)) throw new Error("An idempotency key has 1 to 256 visible ASCII characters");

  const timeout = AbortSignal.timeout(timeoutMs);
  const client = new Resend(apiKey, {
    baseUrl: baseUrl.replace(/\/+$/, ""),
    userAgent: "gaozhi",
  });
  const answer = await request.ask(client, {
    idempotencyKey: key,
    // The provider's address is the operator's word; nothing sends mails, or the key, elsewhere.
    redirect: "error",
    signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
  });
  if (answer.error === null && answer.data !== null) return request.read(answer);
  return withCause(readProblem(answer, Date.now()), { timeout, signal });
}

/** The SDK says the same of a broken network and of an attempt that was ended here. */
function withCause(
  outcome: SendOutcome,
  { timeout, signal }: { timeout: AbortSignal; signal: AbortSignal | undefined },
): SendOutcome {
  if (outcome.kind !== "retry" || outcome.reason !== "no_answer") return outcome;
  if (signal?.aborted) return { ...outcome, reason: "aborted" };
  return timeout.aborted ? { ...outcome, reason: "timeout" } : outcome;
}

type Ready = ReturnType<typeof asResendTakesIt>;

/** The SDK has a name of its own for what the interface calls `reply_to`, and writes it in the same place. */
const forSdk = ({ reply_to: replyTo, ...mail }: Ready) => ({
  ...mail,
  ...(replyTo && { replyTo }),
});

/** The mails of a body that `freezeBatch` made; undefined for what is no batch. */
function mailsIn(body: string): Ready[] | undefined {
  try {
    const mails: unknown = JSON.parse(body);
    return Array.isArray(mails) && mails.length > 0 ? (mails as Ready[]) : undefined;
  } catch {
    return undefined;
  }
}

function notFrozen(): SendOutcome {
  return {
    kind: "refused",
    code: "body_not_frozen",
    reason: "The stored batch is not what freezeBatch made.",
  };
}

/** A mail as the SDK writes it into a batch, in its order. @throws Error for a tag or header Resend would refuse */
export function asResendTakesIt({ from, to, replyTo, subject, html, text, headers, tags }: Mail) {
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!HEADER_NAME.test(name) || value.search(CONTROL) !== -1) {
      throw new Error(`The mail header ${JSON.stringify(name)} is not a single line of text`);
    }
  }
  const tagList = Object.entries(tags ?? {}).map(([name, value]) => ({ name, value }));
  const badTag = tagList.find(({ name, value }) => !TAG.test(name) || !TAG.test(value));
  if (badTag) {
    throw new Error(`The mail tag ${badTag.name} holds other characters than A-Z a-z 0-9 _ -`);
  }
  return {
    from,
    ...(headers && { headers }),
    html,
    ...(replyTo && { reply_to: replyTo }),
    subject: subject.replace(CONTROL, " ").trim(),
    ...(tagList.length > 0 && { tags: tagList }),
    text,
    to,
  };
}
