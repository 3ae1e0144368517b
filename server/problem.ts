import "server-only";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { MESSAGES } from "@/messages";
import { translator } from "@/messages/translator";

/** Why a machine's request was refused, and with which status (docs/api.md). */
export const PROBLEMS = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  idempotency_key_used: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  rate_limited: 429,
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

type Problem = {
  code: ProblemCode;
  locale: Locale;
  /** Message keys by the path of the field in the body ("prefill.type"). */
  fields?: Record<string, string[]>;
  headers?: Record<string, string>;
};

/** A refusal as RFC 9457 has it: status, code, a sentence, and each wrong field by its JSON pointer. */
export function problem({ code, locale, fields = {}, headers }: Problem): Response {
  const t = translator(locale, "tickets");
  const errors = Object.entries(fields).flatMap(([path, keys]) =>
    keys.map((key) => ({ pointer: pointerTo(path), detail: say(locale, key) })),
  );
  return Response.json(
    {
      type: "about:blank",
      title: t(`api.title.${code}`),
      status: PROBLEMS[code],
      detail: t(`api.detail.${code}`),
      code,
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
export function preferredLocale(request: Request): Locale {
  const wanted = request.headers.get("accept-language") ?? "";
  const first = wanted.split(",")[0]?.trim().toLowerCase() ?? "";
  return LOCALES.find((locale) => first.startsWith(locale.slice(0, 2))) ?? "zh-CN";
}

const pointerTo = (path: string): string => (path ? `#/${path.replaceAll(".", "/")}` : "#");

/** The sentence of a refusal's key ("errors.field.required"). */
function say(locale: Locale, key: string): string {
  const found = key
    .split(".")
    .reduce<unknown>((node, part) => (isBranch(node) ? node[part] : undefined), MESSAGES[locale]);
  return typeof found === "string" ? found : MESSAGES[locale].errors.field.invalid;
}

const isBranch = (node: unknown): node is Record<string, unknown> =>
  typeof node === "object" && node !== null;
