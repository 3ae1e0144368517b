import { createHmac } from "node:crypto";
import { z } from "zod";

import type { Locale } from "@/db/vocabulary/languages";
import { withLanguage } from "@/lib/addresses";
import type { PostAnswer } from "@/lib/post-outward";
import { translator } from "@/messages/translator";

import type { DispatchResult, Telling } from "./channel";
import { noticeOf } from "./notice";

/** What a robot writes into a group chat, before it is put into the form of its vendor. */
export type Card = {
  /** "安全事件 · 首次通知", and what it is about. */
  title: string;
  isUrgent: boolean;
  /** Markdown that fits into `most` bytes; it says where it was cut. */
  text: string;
  button: { label: string; url: string };
};

/**
 * The card of a telling; `most` is what the robot takes of its text, in bytes of UTF-8. Its words are as
 * somebody typed them: `plain` says how they are written where the robot would read syntax in them.
 */
export function cardOf(
  telling: Telling,
  { most, plain = (words) => words }: { most: number; plain?: (words: string) => string },
): Card {
  const { told, locale, origin, account, sdkAppIds, vendor } = telling;
  const t = translator(locale, "endpoints");
  const notice = noticeOf(told, locale);
  const href = notice?.href ?? (account.uin ? "/account/endpoints" : "/settings");
  const button = { label: t("post.open"), url: origin + withLanguage(locale, href) };
  if (!notice)
    return {
      ...{ title: plain(t("post.testTitle", { vendor })), isUrgent: false, button },
      text: plain(
        account.uin
          ? t("post.test", { vendor, uin: account.uin })
          : t("post.testBrowser", { vendor }),
      ),
    };
  const end = plain(
    [
      ...(account.uin ? [t("post.account", { uin: account.uin })] : []),
      ...(sdkAppIds.length > 0 ? [t("post.apps", { apps: someOf(sdkAppIds, locale) })] : []),
    ].join("\n"),
  );
  const room = most - Buffer.byteLength(end) - 2;
  return {
    title: plain(t("post.title", { kind: notice.kind, title: notice.title })),
    isUrgent: notice.isUrgent,
    text: `${cut(plain(notice.text), { most: room, mark: t("post.cut") })}\n\n${end}`,
    button,
  };
}

/**
 * Words that stay words where a robot reads Markdown. WeCom and DingTalk document what they read (head
 * lines, quotes, bold, links, pictures, code, colours, `<@somebody>`) and no way to escape it, so each
 * sign that would begin some of it stands in its full width: ＊＊ reads as it was typed, and does nothing.
 */
export const plainInMarkdown = (words: string): string =>
  SYNTAX.reduce((text, sign) => text.replaceAll(sign, widened), words);

const SYNTAX = [
  // Before a sign, where it would take itself away.
  /\\(?=[!-/:-@[-`{-~])/g,
  // Links and pictures; tags, somebody called, bold, code; struck out.
  /\](?=[ \t]*[([:])|[<>*`]|~(?=~)|(?<=~)~/g,
  // Slanted, not within a name.
  /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
  // What a tag could be written as.
  /&(?=#?\w+;)/g,
  // At the beginning of a line: a head line, a table; a line of nothing else: a rule, or the line above as a head line.
  /(?<=^[ \t]*)#+|(?<=^[ \t]*)\|/gm,
  /^[ \t]*[-=]+[ \t]*$/gm,
];

/** ASCII's signs in their full width, which is the same distance from each. */
const widened = (signs: string): string =>
  signs.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

const MOST_APPS = 10;

function someOf(sdkAppIds: readonly string[], locale: Locale): string {
  const t = translator(locale, "endpoints");
  const shown = sdkAppIds.slice(0, MOST_APPS).join(t("post.separator"));
  const more = sdkAppIds.length - MOST_APPS;
  return more > 0 ? t("post.moreApps", { shown, more }) : shown;
}

/** A text of at most so many bytes of UTF-8, no character of it halved. */
export function cut(text: string, { most, mark }: { most: number; mark: string }): string {
  if (Buffer.byteLength(text) <= most) return text;
  const room = most - Buffer.byteLength(mark);
  let size = 0;
  let end = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > room) break;
    end += character.length;
  }
  return text.slice(0, end) + mark;
}

/** The signature of Feishu's and DingTalk's robots; which is key and which is content differs. */
export const hmacBase64 = (key: string, content: string): string =>
  createHmac("sha256", key).update(content).digest("base64");

type Reading = {
  /** Codes that say: too often. Posted again after this many milliseconds. */
  tooOften: readonly number[];
  waitMs: number;
  /** Codes that say: there is no such robot any more. */
  gone: readonly number[];
};

const said = z.object({
  errcode: z.number().optional(),
  code: z.number().optional(),
  errmsg: z.string().optional(),
  msg: z.string().optional(),
});

/**
 * What a robot's answer means: HTTP 200 and a code of 0 is delivered. An answer that is none may have
 * been written after the card was shown, and a card is not shown twice.
 */
export function readRobot(
  { status, text }: Extract<PostAnswer, { kind: "answered" }>,
  { tooOften, waitMs, gone }: Reading,
): DispatchResult {
  const answer = saidIn(text);
  if (!answer) return readStatus(status, waitMs);
  const { code, words } = answer;
  if (code === 0) return { kind: "delivered" };
  const reason = `${code} ${words}`.trim().slice(0, 200);
  if (tooOften.includes(code)) return { kind: "retry", reason, retryAfterMs: waitMs };
  return { kind: gone.includes(code) ? "gone" : "failed", reason };
}

function readStatus(status: number, waitMs: number): DispatchResult {
  const reason = `HTTP ${status}`;
  if (status === 429) return { kind: "retry", reason, retryAfterMs: waitMs };
  return { kind: status >= 500 || status === 200 ? "uncertain" : "failed", reason };
}

/** The code and the words of an answer; null where it is none of a robot's. */
function saidIn(text: string): { code: number; words: string } | null {
  const { data } = said.safeParse(jsonOf(text));
  const code = data?.errcode ?? data?.code;
  return code === undefined ? null : { code, words: data?.errmsg ?? data?.msg ?? "" };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
