import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { type Hearing, listenForChanges } from "@/db/changes";
import { hasJustLostConnection } from "@/db/client";
import { type KeptAnswer, KeptAnswers } from "@/lib/kept-answers";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { metrics } from "@/lib/metrics";
import { innerHeaders, isInner } from "@/lib/peer-address";
import { addDays, shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { asksAsAnybody, isForEverybody } from "./for-everybody";
import { packAnswer } from "./pack-answer";
import { Unavailable } from "./unavailable";
import { takeVisits } from "./visits";

const MOST_BYTES = 64 * 1024 * 1024;
/** Milliseconds a page may take to be made; Next itself sets no end. */
const PATIENCE_MS = 60_000;

/**
 * A shared cache asks again after a second, a browser at each visit. nginx counts whole seconds, which
 * would make it up to two, so it is told which second ends it (docs/decisions/027).
 */
const CACHE_CONTROL = "public, max-age=0, s-maxage=1";
const VARY =
  "Accept-Encoding, Cookie, RSC, Next-Router-State-Tree, Next-Router-Prefetch, Next-Router-Segment-Prefetch";

/**
 * Answers what is the same for everybody from memory, before Next sees the request. An answer is made
 * by Next itself, once, for a request that shows nothing of who asks, so nothing private can be kept;
 * a page goes without React then, because there is nothing on it but to be read (019).
 * All are dropped at every change that any process commits, and at Shanghai's midnight. While the
 * database is away, what is kept is all there is.
 * @param ended when to listen for changes no longer; a server listens as long as it lives
 */
export function standInFront(sessionCookie: string, ended = new AbortController().signal): void {
  const kept = new KeptAnswers(MOST_BYTES);
  const unavailable = new Unavailable(hasJustLostConnection);
  let hearing: Hearing = "deaf";
  void listenForChanges(
    {
      onChange: () => kept.turn(),
      onHearing(now) {
        if (now === "deaf") kept.turn();
        hearing = now;
        unavailable.turnTo(now);
        for (const state of HEARINGS) metrics.hearing.set({ state }, Number(state === now));
      },
    },
    ended,
  );
  turnAtMidnight(kept);
  tellOf(kept);

  const isKept = (request: IncomingMessage): boolean =>
    hearing !== "deaf" &&
    asksAsAnybody(request, sessionCookie) &&
    isForEverybody(request.url ?? "") &&
    !isInner(request);

  takeVisits((visit, onward) => {
    const { server, request, response } = visit;
    const pass = () => {
      const isAway = unavailable.take(visit);
      if (!isInner(request)) count(isAway ? "unavailable" : "passed");
      return isAway || onward();
    };
    if (!isKept(request)) return pass();
    const key = request.url ?? "";
    const known = kept.find(key);
    if (known) {
      count("hit");
      return send(request, response, { answer: known, status: "hit" });
    }
    kept
      .findOrMake(key, () => make(server, request))
      .then((answer) => {
        if (!answer) return pass();
        count("made");
        return send(request, response, { answer, status: "fwd=miss; stored" });
      })
      .catch((error: unknown) => {
        log.warn({ error: error instanceof Error ? error.name : "unknown" }, "page not kept");
        pass();
      });
  });
}

const HEARINGS = ["live", "cut", "away", "deaf"] as const satisfies readonly Hearing[];

const count = (result: "hit" | "made" | "passed" | "unavailable") =>
  metrics.frontAnswers.inc({ result });

function tellOf(kept: KeptAnswers): void {
  Object.assign(metrics.frontBytes, { collect: () => metrics.frontBytes.set(kept.size.bytes) });
  Object.assign(metrics.frontPages, { collect: () => metrics.frontPages.set(kept.size.answers) });
}

/** The answer of this very process to a stranger; null where it is not one to keep. */
async function make(server: http.Server, request: IncomingMessage): Promise<KeptAnswer | null> {
  const { status, headers, body } = await ask(server, request);
  const isWhole = status === 200 && headers["set-cookie"] === undefined && body.length > 0;
  return isWhole ? packAnswer(headers, body) : null;
}

type Asked = { status: number; headers: http.IncomingHttpHeaders; body: Buffer };

function ask(server: http.Server, request: IncomingMessage): Promise<Asked> {
  const { port, address } = server.address() as AddressInfo;
  const isAny = address === "::" || address === "0.0.0.0";
  // The reader's host has no say in what everybody is shown; their network counts for the budgets.
  const { host } = new URL(env().APP_ORIGIN);
  const via = request.headers["x-forwarded-for"];
  return new Promise((resolve, reject) => {
    http
      .get(
        {
          ...{ host: isAny ? "127.0.0.1" : address, port, path: request.url },
          headers: {
            ...innerHeaders(request),
            ...(via && { "x-forwarded-for": via }),
            host,
            "accept-encoding": "identity",
          },
          signal: AbortSignal.timeout(PATIENCE_MS),
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("error", reject);
          answer.on("end", () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: Buffer.concat(parts),
            }),
          );
        },
      )
      .on("error", reject);
  });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, status }: { answer: KeptAnswer; status: string },
): void {
  const coding = codingFor(request.headers["accept-encoding"]);
  const etag = `"${answer.hash}-${coding}"`;
  const about = {
    ETag: etag,
    "Cache-Control": CACHE_CONTROL,
    "X-Accel-Expires": `@${Math.floor(Date.now() / 1000)}`,
    Vary: VARY,
    "Cache-Status": `gaozhi; ${status}`,
  };
  // What a browser keeps, it keeps with the policy whose nonce its scripts carry: a 304 has none.
  if (hasIt(request, etag)) return void response.writeHead(304, about).end();
  const body = answer.bodies[coding];
  response
    .writeHead(200, {
      ...answer.headers,
      ...about,
      ...(coding !== "identity" && { "Content-Encoding": coding }),
      "Content-Length": body.length,
    })
    .end(body);
}

/** RFC 9110, 13.1.2; a proxy that compresses marks what it passes on as weak. */
const hasIt = (request: IncomingMessage, etag: string): boolean =>
  (request.headers["if-none-match"] ?? "")
    .split(",")
    .some((one) => one.trim().replace(/^W\//, "") === etag);

/** The smallest coding the reader takes (RFC 9110, 12.5.3): a name without `q=0`. */
function codingFor(accepted: string | string[] | undefined): "br" | "gzip" | "identity" {
  const taken = String(accepted ?? "")
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(?:\.0*)?$/.test(one))
    .map((one) => one.split(";")[0]?.trim());
  return (["br", "gzip"] as const).find((coding) => taken.includes(coding)) ?? "identity";
}

function turnAtMidnight(kept: KeptAnswers): void {
  const midnight = shanghaiMidnight(addDays(shanghaiDay(new Date()), 1));
  const timer = setTimeout(
    () => {
      kept.turn();
      turnAtMidnight(kept);
    },
    midnight.getTime() - Date.now() + 50,
  );
  timer.unref();
}
