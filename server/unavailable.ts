import http, { type IncomingMessage, type ServerResponse } from "node:http";

import type { Hearing } from "@/db/changes";
import { LOCALES } from "@/db/vocabulary/languages";
import { env } from "@/lib/env";

import { DATA_POLICY, plainPage } from "./plain-page";
import { localeFor, problem } from "./problem";

export type Visit = {
  request: IncomingMessage;
  response: ServerResponse;
  /** From here on nothing of what Next says is passed on. */
  drop?: () => void;
};

const WAYS_TO_ANSWER = [
  ...(["setHeader", "appendHeader", "removeHeader", "writeHead", "flushHeaders"] as const),
  ...(["write", "end"] as const),
];

/** Seconds after which it is worth another try. */
const RETRY_SECONDS = 5;
const NEEDS_DATABASE = new RegExp(`^/(?:${[...LOCALES, "api", "feeds"].join("|")})(?:[/?]|$)`);
const FOR_MACHINES = /^\/api\//;

/**
 * Answers 503, readable and in the reader's language, in the place of Next while the database is away.
 * Next would show a fault of ours, or wait; and a session that cannot be read must not look like none.
 */
export class Unavailable {
  private hearing: Hearing = "deaf";
  /** Handed to Next, which has not begun to answer. */
  private readonly waiting = new Set<Visit>();

  turnTo(hearing: Hearing): void {
    this.hearing = hearing;
    if (hearing === "away") for (const visit of this.waiting) this.refuse(visit);
  }

  /** @returns whether it has answered; if not, it does so once the database turns out to be away */
  take(visit: Visit): boolean {
    if (!NEEDS_DATABASE.test(visit.request.url ?? "")) return false;
    if (this.hearing === "away") {
      this.refuse(visit);
      return true;
    }
    this.standBy(visit);
    return false;
  }

  private standBy(visit: Visit): void {
    const { response } = visit;
    this.waiting.add(visit);
    response.once("close", () => this.waiting.delete(visit));
    let isRefused = false;
    const refuses = (status: number): boolean => {
      if (isRefused || status < 500 || response.headersSent) return isRefused;
      isRefused = this.hearing === "cut" || this.hearing === "away";
      if (isRefused) this.refuse(visit);
      return isRefused;
    };
    visit.drop = () => (isRefused = true);
    for (const name of WAYS_TO_ANSWER) {
      const way = response[name].bind(response) as (...given: unknown[]) => unknown;
      const status = (given: unknown) =>
        name === "writeHead" ? Number(given) : response.statusCode;
      const guarded = (...given: unknown[]) =>
        refuses(status(given[0])) ? response : way(...given);
      Object.assign(response, { [name]: guarded });
    }
  }

  private refuse(visit: Visit): void {
    this.waiting.delete(visit);
    if (visit.response.headersSent) return;
    visit.drop?.();
    void answer(visit);
  }
}

async function answer({ request, response }: Visit): Promise<void> {
  const { headers, body } = await said(request);
  // Not its own methods: what Next still says by those goes nowhere.
  const { setHeader, removeHeader, writeHead, end } = http.ServerResponse.prototype;
  for (const name of response.getHeaderNames()) removeHeader.call(response, name);
  const all = {
    ...headers,
    "Retry-After": RETRY_SECONDS,
    "Cache-Control": "no-store",
    "Content-Length": Buffer.byteLength(body),
    "Content-Security-Policy": DATA_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    ...(env().secureCookies && {
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    }),
    // Of a body that is still on its way nobody reads the rest.
    ...(!request.complete && { Connection: "close" }),
  };
  for (const [name, value] of Object.entries(all)) setHeader.call(response, name, value);
  writeHead.call(response, 503);
  end.call(response, request.method === "HEAD" ? "" : body, "utf8");
}

type Said = { headers: Record<string, string>; body: string };

async function said({ url = "", method, headers }: IncomingMessage): Promise<Said> {
  if (FOR_MACHINES.test(url)) {
    const locale = localeFor(headers["accept-language"] ?? "");
    const answer = problem({ code: "unavailable", locale });
    return { headers: Object.fromEntries(answer.headers), body: await answer.text() };
  }
  const named = LOCALES.find((locale) => new RegExp(`^/(?:feeds/)?${locale}(?:[/?]|$)`).test(url));
  const locale = named ?? localeFor(headers["accept-language"] ?? "");
  const retry = method === "GET";
  return {
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Language": locale },
    body: plainPage(locale, { word: "away", seconds: RETRY_SECONDS, retry }),
  };
}
