import http, { type IncomingMessage, type ServerResponse } from "node:http";

import type { Hearing } from "@/db/changes";
import { LOCALES } from "@/db/vocabulary/languages";
import { env } from "@/lib/env";
import { isInner } from "@/lib/peer-address";
import { currentRequestId, REQUEST_ID_HEADER } from "@/lib/request-id";

import { DATA_POLICY, plainPage } from "./plain-page";
import { localeFor, problem } from "./problem";

type Visit = {
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
const NEEDS_DATABASE: readonly string[] = [
  ...LOCALES,
  ...["api", "feeds", "advisories", ".well-known", "sitemap.xml"],
];
const FOR_MACHINES = /^\/api\//;

/** The parts of an address's path. */
const partsOf = (url = ""): string[] => (url.split("?")[0] ?? "").split("/").slice(1);

/** Why there is no answer: the database is away, or a fault of ours. */
type Fault = "away" | "broken";

/**
 * Answers in the place of Next, readable and in the reader's language: 503 while the database is away,
 * in which a session that cannot be read must not look like none; and 500, with the number of the
 * request, where Next would send a page that says nothing without scripts.
 */
export class Unavailable {
  private hearing: Hearing = "deaf";
  /** Handed to Next, which has not begun to answer. */
  private readonly waiting = new Set<Visit>();

  /**
   * @param hasJustLost whether this process has just lost a connection: a page may fail by it before
   *   whoever listens knows
   */
  constructor(private readonly hasJustLost: () => boolean = () => false) {}

  turnTo(hearing: Hearing): void {
    this.hearing = hearing;
    if (hearing === "away") for (const visit of this.waiting) this.refuse(visit, "away");
  }

  /** @returns whether it has answered; if not, it does so once the database turns out to be away */
  take(visit: Visit): boolean {
    const [first = ""] = partsOf(visit.request.url);
    if (!NEEDS_DATABASE.includes(first)) return false;
    if (this.hearing === "away") {
      this.refuse(visit, "away");
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
      const isCut = this.hearing === "cut" || this.hearing === "away" || this.hasJustLost();
      isRefused = isCut || (status === 500 && wantsDocument(visit.request));
      if (isRefused) this.refuse(visit, isCut ? "away" : "broken");
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

  private refuse(visit: Visit, fault: Fault): void {
    this.waiting.delete(visit);
    if (visit.response.headersSent) return;
    visit.drop?.();
    void answer(visit, fault);
  }
}

/** Not a part of a page, nor what a form's action comes to: the browser's script shows those. */
const wantsDocument = ({ url = "", method, headers }: IncomingMessage): boolean =>
  FOR_MACHINES.test(url) ||
  (["GET", "HEAD"].includes(method ?? "") && headers.rsc === undefined && !isInner({ headers }));

async function answer({ request, response }: Visit, fault: Fault): Promise<void> {
  const { headers, body } = await said(request, fault);
  // Not its own methods: what Next still says by those goes nowhere.
  const { setHeader, removeHeader, writeHead, end } = http.ServerResponse.prototype;
  for (const name of response.getHeaderNames())
    if (name !== REQUEST_ID_HEADER.toLowerCase()) removeHeader.call(response, name);
  const all = {
    ...headers,
    ...(fault === "away" && { "Retry-After": RETRY_SECONDS }),
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
  writeHead.call(response, fault === "away" ? 503 : 500);
  end.call(response, request.method === "HEAD" ? "" : body, "utf8");
}

type Said = { headers: Record<string, string>; body: string };

async function said(request: IncomingMessage, fault: Fault): Promise<Said> {
  const { url = "", method, headers } = request;
  if (FOR_MACHINES.test(url)) {
    const locale = localeFor(headers["accept-language"] ?? "");
    const answer = problem({ code: fault === "away" ? "unavailable" : "internal", locale });
    return { headers: Object.fromEntries(answer.headers), body: await answer.text() };
  }
  const [first, second] = partsOf(url);
  const named = LOCALES.find((locale) => locale === (first === "feeds" ? second : first));
  const locale = named ?? localeFor(headers["accept-language"] ?? "");
  const retry = method === "GET";
  return {
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Language": locale },
    body: plainPage(locale, {
      ...{ word: fault, seconds: RETRY_SECONDS, retry },
      requestId: currentRequestId(),
    }),
  };
}
