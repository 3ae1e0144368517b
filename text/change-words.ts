import type { Inline } from "./blocks";
import { type Draft, readMarkdown } from "./markdown-drafts";
import { inlineText } from "./visible-text";

/** `href`: https or mailto; change lists have none. */
export type ChangeRun = { text: string; isStrong: boolean; href?: string };
export type ChangeItem = { marker: string; blocks: ChangeBlock[] };

/** What a line of a change list may hold: words, some of them bold, in lines and lists. */
export type ChangeBlock =
  | { kind: "line"; runs: ChangeRun[] }
  | { kind: "list"; isOrdered: boolean; items: ChangeItem[] };

/** A line may be 500 characters long (domain/policies/input.ts); beyond this it is read as plain lines. */
const MOST = 5_000;

/**
 * A line of a change list, read by the reader of the texts themselves, so that what is bold in the
 * editor is bold in mail, message, popup and page (P05). Of all that Markdown knows it keeps bold,
 * lists and line ends; an address stands in words, because a notice leads nowhere but here.
 */
export const readChange = (text: string): ChangeBlock[] => read(text, () => false);

/**
 * A part of a notice that is Markdown (docs/decisions/092): as a line of a change list, with links that
 * lead to https or to a mailbox. No HTML, no pictures, a heading is a bold line.
 */
export const readNotice = (text: string): ChangeBlock[] => read(text, mayLead);

const mayLead = (href: string): boolean => /^(?:https:\/\/|mailto:)/i.test(href);

type Keeps = (href: string) => boolean;

function read(text: string, keeps: Keeps): ChangeBlock[] {
  const blocks =
    text.length > MOST ? [] : readMarkdown(text).flatMap((draft) => blocksOf(draft, keeps));
  return blocks.length > 0 ? blocks : text.split("\n").map((line) => lineOf(line));
}

/** The words alone, for what shows no marks: a feed, a title, a choice in a form. */
export const changeText = (text: string): string => readChange(text).map(textOf).join("\n");

function blocksOf(draft: Draft, keeps: Keeps): ChangeBlock[] {
  const within = (drafts: readonly Draft[]) => drafts.flatMap((one) => blocksOf(one, keeps));
  switch (draft.kind) {
    case "line":
      return [{ kind: "line", runs: runsOf(draft.inlines, keeps) }];
    case "heading":
      return [lineOf(inlineText(draft.inlines), true)];
    case "list":
      return [
        {
          kind: "list",
          isOrdered: draft.ordered,
          items: draft.items.map(({ marker, drafts }) => ({ marker, blocks: within(drafts) })),
        },
      ];
    case "table":
      return [draft.head, ...draft.rows].map((row) => ({
        kind: "line",
        runs: row.flatMap((cell, index) => [...(index > 0 ? [GAP] : []), ...runsOf(cell, keeps)]),
      }));
    case "quote":
    case "note":
      return within(draft.drafts);
    case "code":
      return draft.text.split("\n").map((line) => lineOf(line));
    case "rule":
      return [];
  }
}

const GAP: ChangeRun = { text: " ", isStrong: false };

const lineOf = (text: string, isStrong = false): ChangeBlock => ({
  kind: "line",
  runs: [{ text, isStrong }],
});

function runsOf(inlines: readonly Inline[], keeps: Keeps): ChangeRun[] {
  return inlines.flatMap((inline): ChangeRun[] => {
    if (inline.kind === "break") return [{ text: "\n", isStrong: false }];
    if (inline.kind === "text") return [{ text: inline.text, isStrong: inline.strong === true }];
    const { href, children } = inline;
    const words = runsOf(children, keeps);
    if (keeps(href)) return words.map((run) => ({ ...run, href }));
    const address = href.replace(/^mailto:/, "");
    const isSaid = inlineText(children) === address || address.startsWith("#");
    return [...words, ...(isSaid ? [] : [{ text: ` (${address})`, isStrong: false }])];
  });
}

function textOf(block: ChangeBlock): string {
  if (block.kind === "line") return block.runs.map(({ text }) => text).join("");
  return block.items
    .map(({ marker, blocks }) => `${marker} ${blocks.map(textOf).join("\n")}`)
    .join("\n");
}
