import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { LOCALES } from "@/db/vocabulary/languages";

import { MESSAGES } from ".";
import { translator } from "./translator";

/**
 * Branches whose last part is a value of the product (a status, an action, a theme), so that no
 * source names their keys one by one. A branch that is gone from the messages must go from here.
 */
const CHOSEN_BY_VALUE = [
  "accounts.declarations.result.eea",
  "accounts.declarations.result.minors",
  "accounts.region",
  "errors.door",
  "requests.filing.check.terms",
  "requests.filing.progress",
  "policies.notice",
  "policies.status",
  "incidents.desk.audienceList.reason",
  "incidents.desk.clock",
  "incidents.desk.composer.action",
  "incidents.desk.noticeStatus",
  "requests.type",
  "ui.bilingual",
  "ui.countdown",
  "ui.step",
  "ui.theme",
];

const SOURCES = [
  "app",
  "components",
  "domain",
  "channels",
  "emails",
  "jobs",
  "lib",
  "messages",
  "server",
  "scripts",
  "text",
  "wording",
];

/** The word for a thing (docs/vocabulary.md), and what must not stand in its place. */
const OTHER_WORDS: readonly ["zh-CN" | "en", string, RegExp][] = [
  ["zh-CN", "终端用户", /最终用户|末端用户/],
  ["zh-CN", "验证邮箱", /证明(了|一个)?邮箱|认证邮箱/],
  ["zh-CN", "发送, what is posted is 邮寄", /(?<!邮)寄(?!存)/],
  ["zh-CN", "邮箱, 邮件", /电邮|电子邮|(?<!\{)e-?mail/i],
  ["zh-CN", "账号", /帐号|帐户|账户/],
  ["zh-CN", "站内信", /站内消息|收件箱(?!和垃圾)/],
  ["zh-CN", "登录", /登陆/],
  [
    "en",
    "email, what is posted is post",
    /(?<![{</@\w-])mail(s|ed|ing)?\b(?! servers?\b)(?![>}])/i,
  ],
  [
    "en",
    "verify an email address",
    /prov(e|es|ed|ing) (your|an|the)( e-?mail)? (address|e-?mail)/i,
  ],
  ["en", "end user", /\b(final|ultimate) users?\b/i],
  ["en", "sign in", /\blog(ged|ging)?[ -](in|out|on)\b/i],
  ["en", "fix, correct", /\bmend/i],
  ["en", "stopped address", /\bsuppress/i],
  ["en", "for example", /\be\.g\.|\bi\.e\./i],
];

type Node = { [key: string]: string | Node };
const words = Object.fromEntries(
  LOCALES.map((locale) => [locale, flatten(MESSAGES[locale])]),
) as Record<(typeof LOCALES)[number], Map<string, string>>;
const keys = [...words["zh-CN"].keys()];
const branches = new Set(
  keys.flatMap((key) => key.split(".").map((_, at, parts) => parts.slice(0, at).join("."))),
);
const files = SOURCES.flatMap(sourceFiles).map((path) => readUses(readFileSync(path, "utf8")));

describe("the two languages say the same", () => {
  test("every key is in both", () => {
    expect([...words.en.keys()].toSorted()).toEqual(keys.toSorted());
  });

  test("nothing is left empty", () => {
    const empty = LOCALES.flatMap((locale) =>
      [...words[locale]].filter(([, text]) => !text.trim()).map(([key]) => `${locale} ${key}`),
    );
    expect(empty).toEqual([]);
  });

  test("a message has the same placeholders and tags in both", () => {
    const different = keys.filter((key) => {
      const [chinese, english] = [words["zh-CN"].get(key), words.en.get(key)];
      return placeholders(chinese ?? "").join() !== placeholders(english ?? "").join();
    });
    expect(different).toEqual([]);
  });

  test("Chinese sentences use Chinese punctuation", () => {
    const han = "\\u4e00-\\u9fff”》」";
    const halfWidth = new RegExp(`[${han}}][,;:?!](?=[${han}“《「{])|[${han}][,;:?!.]$`);
    const wrong = [...words["zh-CN"]].filter(([, text]) => halfWidth.test(text));
    expect(wrong).toEqual([]);
  });

  test.each(OTHER_WORDS)("one thing has one word, in %s: %s", (locale, _word, other) => {
    const saying = [...words[locale]].filter(([, text]) => other.test(text));
    expect(saying.map(([key, text]) => `${key}: ${text}`)).toEqual([]);
  });
});

describe("messages and sources agree", () => {
  test("every message is said somewhere", () => {
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  });

  test("every refusal the sources name has its sentence", () => {
    const named = files.flatMap(({ literals }) =>
      [...literals].filter((literal) => /^([a-zA-Z]+\.)?errors(\.[a-zA-Z]+)+$/.test(literal)),
    );
    const silent = named.filter((key) => !words["zh-CN"].has(key) && !branches.has(key));
    expect([...new Set(silent)]).toEqual([]);
  });

  test("the branches chosen by value exist", () => {
    expect(CHOSEN_BY_VALUE.filter((branch) => !branches.has(branch))).toEqual([]);
  });
});

function isUsed(key: string): boolean {
  if (CHOSEN_BY_VALUE.some((branch) => key.startsWith(`${branch}.`))) return true;
  return files.some(({ literals, heads }) => {
    if (literals.has(key)) return true;
    const namespaces = [...literals].filter(
      (one) => branches.has(one) && key.startsWith(`${one}.`),
    );
    return ["", ...namespaces].some((namespace) => {
      const rest = namespace ? key.slice(namespace.length + 1) : key;
      return literals.has(rest) || heads.some((head) => rest.startsWith(head));
    });
  });
}

/** The strings of a source, and how its templates begin: what a key can be built from. */
function readUses(source: string) {
  return {
    literals: new Set([...source.matchAll(/["'`]([\w.-]+)["'`]/g)].map(([, text]) => text ?? "")),
    heads: [...source.matchAll(/`([\w.]+\.)\$\{/g)].map(([, head]) => head ?? ""),
  };
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function flatten(node: Node, path = ""): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]) => {
      const here = path ? `${path}.${key}` : key;
      return typeof value === "string" ? [[here, value] as const] : [...flatten(value, here)];
    }),
  );
}

/** Names in an ICU message, those inside plural and select branches included. */
function placeholders(message: string): string[] {
  const names = new Set([...message.matchAll(/<([a-zA-Z]+)>/g)].map(([tag]) => tag));
  const kinds: ("value" | "branch")[] = [];
  for (let at = 0; at < message.length; at++) {
    if (message[at] === "}") kinds.pop();
    if (message[at] !== "{") continue;
    const named = /^\{\s*(\w+)\s*(,\s*(?:plural|select|selectordinal|number|date|time)\b|\})/.exec(
      message.slice(at),
    );
    const insideChoice = kinds.at(-1) === "value";
    if (named && !insideChoice) names.add(named[1] ?? "");
    kinds.push(insideChoice ? "branch" : "value");
  }
  return [...names].toSorted();
}

test.each([
  ["zh-CN", "确认并接受"],
  ["en", "cknowledge and accept"],
] as const)(
  "what the button of an answer says is what its record says, in %s: box, button, receipt, mail and lists",
  (locale, words) => {
    const [label, date] = ["3.2", "2026-12-14"];
    const t = translator(locale, "acknowledgements");
    const names = { account: "星澜科技", title: "指引", label };
    const button = t("page.acknowledge", { label, date });
    for (const one of [label, date]) expect(button).toContain(one);
    const said = translator(locale, "broadcasts");
    const past = [
      t("answer.acknowledged"),
      said("receipt.acknowledgedMark"),
      said("title.acknowledged", names),
      said("receipt.acknowledgedLead", { ...names, person: "林知远" }),
    ].map((one) => one.replace("cknowledged and accepted", "cknowledge and accept"));
    for (const one of [t("statement.acknowledged", names), button, ...past])
      expect(one).toContain(words);
  },
);
