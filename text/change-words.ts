import type { Inline } from "./blocks";
import { type Draft, readMarkdown } from "./markdown-drafts";
import { inlineText } from "./visible-text";

export type ChangeRun = { text: string; isStrong: boolean };
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
export function readChange(text: string): ChangeBlock[] {
  const blocks = text.length > MOST ? [] : readMarkdown(text).flatMap(blocksOf);
  return blocks.length > 0 ? blocks : text.split("\n").map((line) => lineOf(line));
}

/** The words alone, for what shows no marks: a feed, a title, a choice in a form. */
export const changeText = (text: string): string => readChange(text).map(textOf).join("\n");

function blocksOf(draft: Draft): ChangeBlock[] {
  switch (draft.kind) {
    case "line":
      return [{ kind: "line", runs: runsOf(draft.inlines) }];
    case "heading":
      return [lineOf(inlineText(draft.inlines), true)];
    case "list":
      return [
        {
          kind: "list",
          isOrdered: draft.ordered,
          items: draft.items.map(({ marker, drafts }) => ({
            marker,
            blocks: drafts.flatMap(blocksOf),
          })),
        },
      ];
    case "table":
      return [draft.head, ...draft.rows].map((row) => ({
        kind: "line",
        runs: row.flatMap((cell, index) => [...(index > 0 ? [GAP] : []), ...runsOf(cell)]),
      }));
    case "quote":
    case "note":
      return draft.drafts.flatMap(blocksOf);
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

function runsOf(inlines: readonly Inline[]): ChangeRun[] {
  return inlines.flatMap((inline): ChangeRun[] => {
    if (inline.kind === "break") return [{ text: "\n", isStrong: false }];
    if (inline.kind === "text") return [{ text: inline.text, isStrong: inline.strong === true }];
    const address = inline.href.replace(/^mailto:/, "");
    const isSaid = inlineText(inline.children) === address || address.startsWith("#");
    return [
      ...runsOf(inline.children),
      ...(isSaid ? [] : [{ text: ` (${address})`, isStrong: false }]),
    ];
  });
}

function textOf(block: ChangeBlock): string {
  if (block.kind === "line") return block.runs.map(({ text }) => text).join("");
  return block.items
    .map(({ marker, blocks }) => `${marker} ${blocks.map(textOf).join("\n")}`)
    .join("\n");
}
