import { createHmac } from "node:crypto";

import type { Locale } from "@/db/vocabulary/languages";
import { withLanguage } from "@/lib/addresses";

import type { Channel, Telling } from "../channel";
import { noticeOf } from "../notice";

/**
 * A webhook by the Standard Webhooks specification (standard-webhooks/spec): the id is the
 * broadcast's, the same in each attempt and replay, so that a receiver who has seen it may leave it.
 */
export const webhook: Channel = {
  compose: (telling) => JSON.stringify(payloadOf(telling)),

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
  const both = <Value>(of: (locale: Locale) => Value) => ({ "zh-CN": of("zh-CN"), en: of("en") });
  const words = told && {
    kind: both((locale) => noticeOf(told, locale)?.kind),
    title: both((locale) => noticeOf(told, locale)?.title),
    summary: both((locale) => noticeOf(told, locale)?.text),
    facts: noticeOf(told, "zh-CN")?.facts,
  };
  return {
    type: told ? `${told.kind}.told` : "endpoint.test",
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
