import { createHash, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

import { lastEvent, messageId } from "./events";
import { type Fault } from "./faults";
import { json, type Incoming, type Outgoing } from "./http";
import { type Keys } from "./keys";
import { invalid, PROBLEMS, type Problem } from "./problem";
import { type AcceptedMail, type MailRecord } from "./record";
import { parseRequest, type Sendable } from "./request";
import { type Webhooks } from "./webhooks";

export type Parts = {
  record: MailRecord;
  keys: Keys;
  webhooks: Webhooks;
  now: () => number;
  stepMs: number;
  counts: { repeats: number; refused: Record<string, number> };
};

type Origin = { endpoint: string; key: string | null; sha256: string };
type Outcome = { answer: string } | { problem: Problem };

const uuid = z.uuid();

/** POST /emails and POST /emails/batch: accepts a request once per key and answers it alike. */
export async function acceptEmails(
  parts: Parts,
  request: Incoming,
  fault: Fault | undefined,
): Promise<Outcome> {
  const origin = originOf(request);
  const { endpoint, key } = origin;
  if (key === null) return acceptNew(parts, { origin, request, fault });
  if (key.length < 1 || key.length > 256) return { problem: PROBLEMS.badIdempotencyKey };

  const known = begin(parts, { ...origin, key });
  if (known) return known;
  try {
    const outcome = await acceptNew(parts, { origin, request, fault });
    if ("problem" in outcome) parts.keys.forget(endpoint, key);
    return outcome;
  } catch (error) {
    parts.keys.forget(endpoint, key);
    throw error;
  }
}

/** GET /emails/:id */
export async function retrieveEmail(parts: Parts, id: string): Promise<Outgoing> {
  if (!uuid.safeParse(id).success) return refusal(PROBLEMS.badId);
  const entry = parts.record.find(id);
  if (!entry) return refusal(PROBLEMS.noSuchEmail);

  const mail = await parts.record.read(entry);
  return json(200, {
    object: "email",
    id: mail.id,
    message_id: messageId(mail.id),
    to: mail.to,
    from: mail.from,
    created_at: mail.at,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    bcc: [],
    cc: [],
    reply_to: mail.replyTo ?? [],
    last_event: lastEvent(entry, parts.stepMs, parts.now()),
    scheduled_at: null,
    tags: mail.tags,
  });
}

const listInput = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.uuid().optional(),
});

/** GET /emails, the latest first (resend.com/docs/api-reference/emails/list-emails). */
export async function listEmails(parts: Parts, query: URLSearchParams): Promise<Outgoing> {
  const input = listInput.safeParse(Object.fromEntries(query));
  if (!input.success) return refusal(invalid(z.prettifyError(input.error)));
  const { limit, after } = input.data;
  const entries = parts.record.entries();
  const end = after ? entries.findIndex(({ id }) => id === after) : entries.length;
  if (end === -1) return refusal(PROBLEMS.noSuchEmail);
  const start = Math.max(0, end - limit);
  const data = entries.slice(start, end).map(async (entry) => {
    const { id, to, from, at, subject, replyTo } = await parts.record.read(entry);
    return {
      ...{ id, to, from, subject, created_at: at, bcc: null, cc: null, reply_to: replyTo ?? null },
      last_event: lastEvent(entry, parts.stepMs, parts.now()),
      scheduled_at: null,
    };
  });
  return json(200, {
    object: "list",
    has_more: start > 0,
    data: (await Promise.all(data)).toReversed(),
  });
}

export function refusal(problem: Problem, headers: Record<string, string> = {}): Outgoing {
  return json(problem.statusCode, problem, headers);
}

function originOf({ path, headers, body }: Incoming): Origin {
  const key = headers["idempotency-key"];
  return {
    endpoint: path,
    key: key === undefined ? null : String(key),
    sha256: createHash("sha256").update(body).digest("hex"),
  };
}

/** The outcome that is clear from the key alone; otherwise the key is now in progress. */
function begin({ keys, counts }: Parts, origin: Origin & { key: string }): Outcome | undefined {
  const begun = keys.begin(origin.endpoint, origin.key, origin.sha256);
  switch (begun.kind) {
    case "new":
      return undefined;
    case "in progress":
      return { problem: PROBLEMS.concurrent };
    case "other body":
      return { problem: PROBLEMS.otherBody };
    case "repeat":
      counts.repeats += 1;
      return { answer: begun.answer };
  }
}

async function acceptNew(
  parts: Parts,
  { origin, request, fault }: { origin: Origin; request: Incoming; fault: Fault | undefined },
): Promise<Outcome> {
  const parsed = parseRequest(request);
  if ("problem" in parsed) return parsed;
  if (fault?.fault === "slow") await wait(fault.holdMs);
  return { answer: await accept(parts, origin, parsed) };
}

async function accept(
  { record, keys, webhooks, now }: Parts,
  origin: Origin,
  sendable: Sendable,
): Promise<string> {
  const accepted = now();
  const at = new Date(accepted).toISOString();
  const { endpoint, key, sha256 } = origin;
  const mails = sendable.mails.map(({ mail, index }): AcceptedMail => ({
    kind: "mail",
    at,
    id: randomUUID(),
    key,
    index,
    ...mail,
    sha256,
  }));
  const answer = JSON.stringify(sendable.answer(mails.map(({ id }) => id)));
  const entries = await record.append(
    { kind: "request", at, endpoint, key, sha256, answer },
    mails,
  );

  if (key !== null) keys.keep(endpoint, key, { sha256, answer, at: accepted });
  for (const entry of entries) webhooks.plan(entry);
  return answer;
}
