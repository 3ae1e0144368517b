import { Invalid } from "@/domain/errors";

import { type ImportWarning, warningOf } from "./import-warnings";

/**
 * A Markdown file without what it says to its authors alone, as GitHub shows it: the fields before the
 * text (YAML or TOML), comments of HTML and of link definitions. What was left out is named, and so are
 * tags of HTML, which a reader sees as they are written. In code all of it is text.
 *
 * @throws Invalid policies.errors.import.openComment
 */
export function withoutAsides(text: string): { markdown: string; warnings: ImportWarning[] } {
  const { block, fields } = frontMatter(text);
  const { markdown, comments, tags, images, marks } = withoutComments(text.slice(block.length), {
    linesAbove: block.split("\n").length - 1,
  });
  return {
    markdown,
    warnings: [
      ...(block ? [warningOf("frontMatter", { words: fields })] : []),
      ...comments,
      ...(tags.length ? [warningOf("htmlTags", { words: [...new Set(tags)].join(" ") })] : []),
      ...images,
      ...(marks.length ? [warningOf("siteMarks", { words: [...new Set(marks)].join(" ") })] : []),
    ],
  };
}

/** Fields between two lines of dashes (or plus signs) at the very beginning, as our own copies have them. */
function frontMatter(text: string): { block: string; fields: string } {
  const [block = "", , fields = ""] =
    /^(---|\+\+\+)[ \t]*\n([\s\S]*?)\n(?:\1|\.\.\.)[ \t]*(?:\n\n?|$)/.exec(text) ?? [];
  const lines = fields.split("\n");
  const isFields =
    lines.every((line) => FIELD.test(line)) && lines.some((line) => NAMED.test(line));
  return isFields ? { block, fields } : { block: "", fields: "" };
}

const NAMED = /^[\p{L}\p{N}_."'-]+(?: [\p{L}\p{N}_."'-]+){0,4}[ \t]*[:=]/u;
/** "title: …", "标题: …", "title = …", "[table]", what belongs to it below, a comment, an empty line. */
const FIELD =
  /^(?:[\p{L}\p{N}_."'-]+(?: [\p{L}\p{N}_."'-]+){0,4}[ \t]*(?::(?:\s.*)?|=.*)|\[.*\]|[\]}],?|[ \t]+.*|- .*|#.*|)$/u;

/** Labels under which Markdown authors hide comments: `[//]: # (…)`, `[comment]: <> (…)`. */
const DEFINED =
  /^ {0,3}\[(?:\/\/|comment|\^_\^)\]:[ \t]*(?:#|<>|<#>)(?:[ \t]+(?:\((.*)\)|"(.*)"|'(.*)'))?[ \t]*$/i;
const FENCE = /^[ \t>]*(`{3,}|~{3,})/;
/** Code within a line is looked through no further: a text of backticks alone would take minutes. */
const LONGEST_CODE = 2_000;
const TAG =
  /^<(?:\/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?\/?>|\?[^<>]*\?>|!(?:DOCTYPE|\[CDATA\[)[^<>]*>)/i;
/** What a site's generator would fill in, and a reader here sees as it is written: {% … %}, {{ … }}, {: .class}, {#id}, [TOC], :::. */
const OF_SITES =
  /\{%[^{}]{0,200}%\}|\{\{[^{}]{0,200}\}\}|\{[:#.][^{}]{0,200}\}|^\[\[?_?TOC_?\]\]?$|^:{3,}.{0,80}$/g;
const IMAGE = /^!\[([^\]\n]{0,300})\](?=[([])/;

type Found = {
  markdown: string;
  comments: ImportWarning[];
  tags: string[];
  images: ImportWarning[];
  marks: string[];
};

function withoutComments(text: string, { linesAbove }: { linesAbove: number }): Found {
  const scan = new Scan(text, linesAbove);
  while (!scan.isAtEnd) scan.step();
  const { kept: markdown, comments, tags, images, marks } = scan;
  return { markdown, comments, tags, images, marks };
}

class Scan {
  kept = "";
  readonly comments: ImportWarning[] = [];
  readonly tags: string[] = [];
  readonly images: ImportWarning[] = [];
  readonly marks: string[] = [];
  #at = 0;
  #fence: string | null = null;

  constructor(
    readonly text: string,
    readonly linesAbove: number,
  ) {}

  get isAtEnd(): boolean {
    return this.#at >= this.text.length;
  }

  step(): void {
    if (this.#isAtLineStart() && this.#takeLine()) return;
    const rest = this.text.slice(this.#at, this.#at + 400);
    const plain = /^[^\\`<!\n]+|^\n/.exec(rest)?.[0];
    if (plain) this.#keep(plain.length);
    else this.#sign(rest);
  }

  #sign(rest: string): void {
    if (rest.startsWith("\\")) this.#keep(2);
    else if (rest.startsWith("!")) this.#image(rest);
    else if (rest.startsWith("`")) this.#code(/^`+/.exec(rest)?.[0] ?? "");
    else if (rest.startsWith("<!--")) this.#comment();
    else this.#tag(rest);
  }

  #isAtLineStart(): boolean {
    return this.#at === 0 || this.text[this.#at - 1] === "\n";
  }

  /** Lines that are read as a whole: those of fenced code, and definitions that are comments. */
  #takeLine(): boolean {
    const end = this.text.indexOf("\n", this.#at);
    const line = this.text.slice(this.#at, end < 0 ? this.text.length : end);
    const length = line.length + Number(end >= 0);
    if (this.#isInFence(line)) {
      this.#keep(length);
      return true;
    }
    const comment = DEFINED.exec(line);
    if (!comment) {
      this.marks.push(...(line.replace(/`[^`]{1,300}`/g, "").match(OF_SITES) ?? []));
      return false;
    }
    this.#name(comment.slice(1).find(Boolean) ?? "");
    this.#at += length;
    return true;
  }

  /** Whether the line opens a fence, stands in one or closes it. */
  #isInFence(line: string): boolean {
    const fence = FENCE.exec(line)?.[1];
    if (this.#fence === null) {
      this.#fence = fence ?? null;
      return fence !== undefined;
    }
    if (fence?.startsWith(this.#fence) && /[`~][ \t]*$/.test(line)) this.#fence = null;
    return true;
  }

  /** Its description stays as words; the picture is not brought in. */
  #image(rest: string): void {
    const [, words] = IMAGE.exec(rest) ?? [];
    if (words !== undefined) this.images.push(warningOf("images", { place: this.#place(), words }));
    this.#keep(1);
  }

  #code(signs: string): void {
    this.#keep(signs.length + this.#codeAfter(signs));
  }

  #tag(rest: string): void {
    const tag = TAG.exec(rest)?.[0] ?? "<";
    if (tag !== "<" && !/^<br\s*\/?>$/i.test(tag))
      this.tags.push(tag.replace(/\s[^]*?(?=\/?>$)/, ""));
    this.#keep(tag.length);
  }

  /** As many signs again end code within a line; without them they are signs. */
  #codeAfter(signs: string): number {
    const after = this.#at + signs.length;
    const rest = this.text.slice(after, after + LONGEST_CODE);
    for (const { 0: found, index } of rest.matchAll(/`+|\n[ \t]*\n/g)) {
      if (found.startsWith("\n")) return 0;
      if (found === signs) return index + signs.length;
    }
    return 0;
  }

  #comment(): void {
    const short = /^<!--(?:-?>)/.exec(this.text.slice(this.#at, this.#at + 6))?.[0];
    const end = this.text.indexOf("-->", this.#at + 4);
    if (!short && end < 0) {
      const line = this.linesAbove + this.text.slice(0, this.#at).split("\n").length;
      throw new Invalid("policies.errors.import.openComment", {}, { line });
    }
    this.#name(short ? "" : this.text.slice(this.#at + 4, end));
    this.#at = short ? this.#at + short.length : end + 3;
  }

  #name(words: string): void {
    this.comments.push(warningOf("comments", { place: this.#place(), words }));
  }

  #place(): string | null {
    return this.kept.slice(-200).trimEnd().split("\n").at(-1) ?? null;
  }

  #keep(length: number): void {
    this.kept += this.text.slice(this.#at, this.#at + length);
    this.#at += length;
  }
}
