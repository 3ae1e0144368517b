import "server-only";
import { createTranslator } from "next-intl";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import type { MessageValues } from "@/domain/errors";
import { currentRequestId } from "@/lib/request-id";
import { MESSAGES } from "@/messages";
import { translator } from "@/messages/translator";

/** Why a machine's request was refused, and with which status (docs/api.md). */
export const PROBLEMS = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_key_used: 409,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

type Problem = {
  code: ProblemCode;
  locale: Locale;
  /** What is said instead of the code's own sentence. */
  said?: { key: string; values?: MessageValues };
  /** Message keys by the path of the field in the body ("prefill.type"), and what they mention. */
  fields?: Record<string, string[]>;
  values?: MessageValues;
  headers?: Record<string, string>;
};

/** A refusal as RFC 9457 has it: status, code, a sentence, each wrong field by its JSON pointer, and the request's id. */
export function problem({ code, locale, said, fields = {}, values, headers }: Problem): Response {
  const t = translator(locale, "api");
  const request = currentRequestId();
  const errors = Object.entries(fields).flatMap(([path, keys]) =>
    keys.map((key) => ({ pointer: pointerTo(path), detail: say(locale, key, values) })),
  );
  return Response.json(
    {
      type: "about:blank",
      title: t(`title.${code}`),
      status: PROBLEMS[code],
      detail: said ? say(locale, said.key, said.values) : t(`detail.${code}`),
      code,
      ...(request && { instance: `urn:uuid:${request}` }),
      ...(errors.length > 0 && { errors }),
    },
    {
      status: PROBLEMS[code],
      headers: {
        "Content-Type": "application/problem+json; charset=utf-8",
        "Content-Language": locale,
        "Cache-Control": "no-store",
        ...headers,
      },
    },
  );
}

/** The language a machine asks its sentences in; Chinese where it asks for none of ours. */
export const preferredLocale = (request: Request): Locale =>
  localeFor(request.headers.get("accept-language") ?? "");

export function localeFor(wanted: string): Locale {
  const first = wanted.split(",")[0]?.trim().toLowerCase() ?? "";
  return LOCALES.find((locale) => first.startsWith(locale.slice(0, 2))) ?? "zh-CN";
}

const pointerTo = (path: string): string => (path ? `#/${path.replaceAll(".", "/")}` : "#");

/** The sentence of a refusal's key ("errors.field.required"), which only who refuses knows. */
export function say(locale: Locale, key: string, values: MessageValues = {}): string {
  const t = createTranslator({ locale, messages: MESSAGES[locale] });
  type Key = Parameters<typeof t>[0];
  // Checked at run time, because keys of refusals are plain strings.
  const isKey = (text: string): text is Key & string => t.has(text as Key);
  return isKey(key) ? t(key, values) : t("errors.field.invalid");
}
