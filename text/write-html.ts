import { escapeHtml } from "@/lib/mail-template";

import type { Inline, PolicyBlock, TextInline } from "./blocks";
import { type ChangeBlock, readChange } from "./change-words";
import { joinMarker } from "./visible-text";

/**
 * The blocks of a text as plain HTML, for a page that needs neither scripts nor styles of ours: the
 * same elements and anchors as the reader draws. Every word is escaped; addresses are those that the
 * parser let through, and open outside of the frame.
 */
export const writeHtml = (blocks: readonly PolicyBlock[]): string => blocks.map(block).join("\n");

/** A line of a change list, with what is bold in it and its lists (P05). */
export const changeHtml = (text: string): string => readChange(text).map(changeBlock).join("<br>");

function changeBlock(one: ChangeBlock): string {
  if (one.kind === "list")
    return `<ul>${one.items
      .map(({ marker, blocks }) => {
        const sign = one.isOrdered ? escapeHtml(marker) : "•";
        return `<li><span>${sign}</span><div>${blocks.map(changeBlock).join("<br>")}</div></li>`;
      })
      .join("")}</ul>`;
  return one.runs
    .map(({ text, isStrong }) => {
      const words = escapeHtml(text).replaceAll("\n", "<br>");
      return isStrong ? `<strong>${words}</strong>` : words;
    })
    .join("");
}

function block(one: PolicyBlock): string {
  const id = ` id="${escapeHtml(one.anchor)}"`;
  switch (one.kind) {
    case "heading":
      return `<h${one.level}${id}>${joinMarker(one.number && escapeHtml(one.number), inlines(one.inlines))}</h${one.level}>`;
    case "paragraph":
      return `<p${id}>${inlines(one.inlines)}</p>`;
    case "list":
      return `<ul${id}>${one.items.map((item) => listItem(item, one.ordered)).join("")}</ul>`;
    case "table":
      return `<div class="wide"><table${id}><thead>${row(one.head, "th")}</thead><tbody>${one.rows
        .map((cells) => row(cells, "td"))
        .join("")}</tbody></table></div>`;
    case "quote":
      return `<blockquote${id}>${writeHtml(one.blocks)}</blockquote>`;
    case "code":
      return `<pre${id}>${escapeHtml(one.text)}</pre>`;
    case "rule":
      return `<hr${id}>`;
  }
}

type Item = Extract<PolicyBlock, { kind: "list" }>["items"][number];

/** The numbers are the author's own, so the list draws none. */
function listItem({ marker, anchor, inlines: line, blocks }: Item, isOrdered: boolean): string {
  const sign = `<span>${isOrdered ? escapeHtml(marker) : "•"}</span>`;
  return `<li id="${escapeHtml(anchor)}">${sign}<div>${inlines(line)}${writeHtml(blocks)}</div></li>`;
}

const row = (cells: readonly Inline[][], tag: "th" | "td"): string =>
  `<tr>${cells.map((cell) => `<${tag}>${inlines(cell)}</${tag}>`).join("")}</tr>`;

function inlines(all: readonly Inline[]): string {
  return all.map(inline).join("");
}

function inline(one: Inline): string {
  if (one.kind === "break") return "<br>";
  if (one.kind === "text") return marked(one);
  const out = one.href.startsWith("#") ? "" : ' target="_blank" rel="noopener noreferrer"';
  return `<a href="${escapeHtml(one.href)}"${out}>${inlines(one.children)}</a>`;
}

function marked({ text, strong, em, struck, code }: TextInline): string {
  let html = escapeHtml(text);
  if (code) html = `<code>${html}</code>`;
  if (struck) html = `<s>${html}</s>`;
  if (em) html = `<em>${html}</em>`;
  return strong ? `<strong>${html}</strong>` : html;
}
