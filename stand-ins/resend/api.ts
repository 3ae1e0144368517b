import { z } from "zod";

import { acceptEmails, listEmails, refusal, retrieveEmail, type Parts } from "./emails";
import { type Fault, type Faults } from "./faults";
import { json, type Incoming, type Outgoing } from "./http";
import { invalid, PROBLEMS } from "./problem";
import { type createRate } from "./rate";

export type Api = Parts & { apiKey: string; rate: ReturnType<typeof createRate>; faults: Faults };

const PATHS = /^\/emails(\/batch|\/[^/]+)?$/;
const HTML_503 =
  "<!doctype html><title>503</title><h1>503 Service Temporarily Unavailable</h1><hr>stand-in";

/** Answers one request to the API: who asks, how often, what goes wrong, and then the request. */
export async function answerApi(api: Api, request: Incoming): Promise<Outgoing> {
  const outgoing = await decide(api, request);
  if ((outgoing.kind === "answer" || outgoing.kind === "half") && outgoing.status >= 400) {
    const name = problemName(outgoing.body);
    api.counts.refused[name] = (api.counts.refused[name] ?? 0) + 1;
  }
  return outgoing;
}

async function decide(api: Api, request: Incoming): Promise<Outgoing> {
  const authorization = request.headers.authorization;
  if (!authorization?.startsWith("Bearer ")) return refusal(PROBLEMS.missingKey);
  if (authorization !== `Bearer ${api.apiKey}`) return refusal(PROBLEMS.invalidKey);

  const { exceeded, headers } = api.rate.count();
  if (exceeded) return refusal(PROBLEMS.rateLimited, headers);

  const outgoing = await route(api, request);
  if (outgoing.kind !== "answer" && outgoing.kind !== "half") return outgoing;
  return { ...outgoing, headers: { ...headers, ...outgoing.headers } };
}

async function route(api: Api, request: Incoming): Promise<Outgoing> {
  const { method, path } = request;
  if (!PATHS.test(path)) return refusal(PROBLEMS.notFound);
  const isPost = path === "/emails" || path === "/emails/batch";
  if (method === "GET" && path !== "/emails/batch") return read(api, request);
  if (method !== "POST" || !isPost) return refusal(PROBLEMS.methodNotAllowed);

  const fault = api.faults.take(path, request.body);
  const instead = fault && insteadOfAccepting(fault);
  if (instead) return instead;

  const outcome = await acceptEmails(api, request, fault);
  if ("problem" in outcome) return refusal(outcome.problem);
  return afterAccepting(outcome.answer, fault);
}

const read = (api: Api, { path, query }: Incoming): Promise<Outgoing> =>
  path === "/emails" ? listEmails(api, query) : retrieveEmail(api, path.slice("/emails/".length));

function insteadOfAccepting(fault: Fault): Outgoing | undefined {
  const retryAfter: Record<string, string> =
    fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
  switch (fault.fault) {
    case "rate_limited":
      return refusal(PROBLEMS.rateLimited, retryAfter);
    case "daily_quota":
      return refusal(PROBLEMS.dailyQuota, retryAfter);
    case "key_revoked":
      return refusal(PROBLEMS.invalidKey);
    case "concurrent":
      return refusal(PROBLEMS.concurrent);
    case "other_body":
      return refusal(PROBLEMS.otherBody);
    case "invalid":
      return refusal(invalid("Invalid `from` field."));
    case "error_before":
      return refusal(PROBLEMS.applicationError);
    case "unavailable_html":
      return { kind: "answer", status: 503, body: HTML_503, type: "text/html" };
    case "timeout_before":
      return { kind: "hold", ms: fault.holdMs };
    case "reset_before":
      return { kind: "reset" };
    default:
      return undefined;
  }
}

function afterAccepting(answer: string, fault: Fault | undefined): Outgoing {
  switch (fault?.fault) {
    case "error_after":
      return refusal(PROBLEMS.applicationError);
    case "timeout_after":
      return { kind: "hold", ms: fault.holdMs };
    case "reset_after":
      return { kind: "reset" };
    case "half_json":
      return { kind: "half", status: 200, body: answer };
    case "short_ids":
      return withIds(answer, (ids) => ids.slice(0, -1));
    case "double_ids":
      return withIds(answer, (ids) => ids.map((id, index) => (index === 0 ? (ids[1] ?? id) : id)));
    default:
      return { kind: "answer", status: 200, body: answer };
  }
}

const batchAnswer = z.looseObject({ data: z.array(z.unknown()) });

function withIds(answer: string, change: (ids: unknown[]) => unknown[]): Outgoing {
  const parsed = batchAnswer.safeParse(JSON.parse(answer));
  if (!parsed.success) return json(200, {});
  return json(200, { ...parsed.data, data: change(parsed.data.data) });
}

function problemName(body: string): string {
  try {
    return z.object({ name: z.string() }).parse(JSON.parse(body)).name;
  } catch {
    return "html";
  }
}
