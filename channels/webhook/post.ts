import { createHmac } from "node:crypto";

import type { Locale } from "@/db/vocabulary/languages";
import type { Told } from "@/domain/broadcasts/facts";
import { at, withLanguage } from "@/lib/addresses";

import type { Channel, Telling } from "../channel";
import { noticeOf } from "../notice";

/**
 * A webhook by the Standard Webhooks specification (standard-webhooks/spec): the id is the
 * broadcast's, the same in each attempt and replay, so that a receiver who has seen it may leave it.
 */
export const webhook: Channel = {
  compose: (telling) =>
    JSON.stringify(telling.move === undefined ? payloadOf(telling) : callbackOf(telling)),

  request: (body, { address, secrets, id, now }) => {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    return {
      url: address,
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "gaozhi",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": secrets
          .map((secret) => `v1,${signatureOf(secret, `${id}.${timestamp}.${body}`)}`)
          .join(" "),
      },
      body,
    };
  },

  read: ({ status, headers }) => {
    if (status >= 200 && status < 300) return { kind: "delivered" };
    // "The endpoint is gone": the specification's way to ask for no more.
    if (status === 410) return { kind: "gone", reason: "HTTP 410" };
    const seconds = Number(headers["retry-after"]);
    const isWait = [429, 502, 503, 504].includes(status) && seconds > 0;
    return {
      kind: "retry",
      reason: `HTTP ${status}`,
      ...(isWait && { retryAfterMs: Math.min(seconds, MOST_WAIT_S) * 1000 }),
    };
  },
};

const MOST_WAIT_S = 3600;

const signatureOf = (secret: string, content: string): string =>
  createHmac("sha256", Buffer.from(secret.replace(/^whsec_/, ""), "base64"))
    .update(content)
    .digest("base64");

/**
 * What a program gets: kind, when, which apps, the words of both languages, and where to read it. Of a
 * restricted incident no more than everybody may read: not everybody at the account may know the rest.
 */
function payloadOf({ id, told, account, sdkAppIds, origin }: Telling) {
  const words = told && {
    kind: both((locale) => noticeOf(told, locale)?.kind),
    title: both((locale) => noticeOf(told, locale)?.title),
    summary: both((locale) => noticeOf(told, locale)?.text),
    facts: noticeOf(told, "zh-CN")?.facts,
  };
  return {
    type: told ? typeOf(told) : "endpoint.test",
    id,
    data: {
      ...{ account: account.uin, apps: sdkAppIds, ...words },
      url: both(
        (locale) =>
          origin + withLanguage(locale, noticeOf(told, locale)?.href ?? "/account/endpoints"),
      ),
    },
  };
}

/** A rehearsal has a type of its own: a program that acts on incidents does not act on what did not happen. */
const typeOf = (told: Told): string =>
  told.kind === "incident_notice" && told.facts.rehearsal
    ? "incident_rehearsal.told"
    : `${told.kind}.told`;

/** What the ticket system gets: which request of which ticket stands how, by when it is due, and where to look. */
function callbackOf({ id, move, origin }: Telling) {
  const address = move ? at("/ops/support", { q: move.request }) : at("/ops/tickets/callback");
  return {
    type: move ? "request.moved" : "endpoint.test",
    id,
    ...(move && { timestamp: move.at.toISOString() }),
    data: {
      ...(move && { ticket: move.ticket, request: move.request }),
      ...(move && { status: move.status, dueDate: move.dueDate }),
      url: both((locale) => origin + withLanguage(locale, address)),
    },
  };
}

const both = <Value>(of: (locale: Locale) => Value) => ({ "zh-CN": of("zh-CN"), en: of("en") });
