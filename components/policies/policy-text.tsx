import { useTranslations } from "next-intl";

import type { Locale } from "@/db/vocabulary/languages";
import {
  type HeadingBlock,
  type ListBlock,
  type PolicyBlock,
  type TableBlock,
} from "@/text/blocks";

import { AnchorCopy } from "./anchor-copy";
import { Inlines, plainText, withBlank } from "./inlines";

type Props = { blocks: readonly PolicyBlock[]; lang: Locale };

/** A policy text as it was published: every character, the author's own numbers, stable anchors. */
export function PolicyText({ blocks, lang }: Props) {
  return (
    <div lang={lang} className="legal-text">
      <Blocks blocks={blocks} />
      <AnchorCopy />
    </div>
  );
}

/** The blocks alone, for a preview or one side of a comparison. */
export function Blocks({ blocks }: { blocks: readonly PolicyBlock[] }) {
  return blocks.map((block) => <Block key={block.anchor} block={block} />);
}

export function Block({ block }: { block: PolicyBlock }) {
  switch (block.kind) {
    case "heading":
      return <Heading block={block} />;
    case "paragraph":
      return (
        <p id={block.anchor}>
          <Inlines inlines={block.inlines} />
        </p>
      );
    case "list":
      return <List block={block} />;
    case "table":
      return <Table block={block} />;
    case "quote":
      return (
        <blockquote id={block.anchor}>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case "code":
      return (
        <pre
          id={block.anchor}
          className="border-line bg-sunken text-caption overflow-x-auto rounded-md border px-3 py-2.5 font-mono whitespace-pre-wrap"
        >
          {block.text}
        </pre>
      );
    case "rule":
      return <hr id={block.anchor} className="border-line" />;
  }
}

function Heading({ block }: { block: HeadingBlock }) {
  const t = useTranslations("policies.reader");
  const Tag = `h${block.level}` as const;
  return (
    <Tag id={block.anchor} className="group">
      {block.number && withBlank(block.number)}
      <Inlines inlines={block.inlines} />
      <a
        href={`#${block.anchor}`}
        data-copy-anchor=""
        title={t("copyLink")}
        className="text-ink-muted ml-2 inline-block min-w-6 text-[0.75em] font-normal no-underline opacity-0 group-hover:opacity-100 focus-visible:opacity-100 print:hidden"
      >
        <span aria-hidden="true">#</span>
        <span className="sr-only">{t("copyLink")}</span>
      </a>
    </Tag>
  );
}

/** The markers are the author's, so the list draws none of its own and says it is one. */
function List({ block }: { block: ListBlock }) {
  const Tag = block.ordered ? "ol" : "ul";
  return (
    <Tag id={block.anchor} role="list">
      {block.items.map((item) => (
        <li key={item.anchor} id={item.anchor} className="flex gap-[0.5em]">
          <span className="text-ink-muted min-w-[1.5em] flex-none tabular-nums">
            {block.ordered ? item.marker : "•"}
          </span>
          <div className="min-w-0 flex-1 *:mt-2 first:*:mt-0">
            <Inlines inlines={item.inlines} />
            <Blocks blocks={item.blocks} />
          </div>
        </li>
      ))}
    </Tag>
  );
}

const CELL =
  "border-b border-line px-3 py-2 text-left align-top font-normal first:pl-0 last:pr-0 max-sm:block max-sm:border-0 max-sm:p-0 max-sm:py-0.5";
const LABELLED =
  "max-sm:before:mr-2 max-sm:before:text-small max-sm:before:text-ink-muted max-sm:before:content-[attr(data-label)]";

/** Wider than the column it scrolls; on a phone each row becomes a list of labelled lines. */
function Table({ block }: { block: TableBlock }) {
  const t = useTranslations("policies.reader");
  const labels = block.head.map(plainText);
  return (
    <div
      id={block.anchor}
      role="region"
      aria-label={t("table", { columns: labels.filter(Boolean).join("、") })}
      tabIndex={0}
      className="text-ui relative overflow-x-auto leading-6"
    >
      <table role="table" className="w-full border-collapse max-sm:block">
        <thead role="rowgroup" className="max-sm:sr-only">
          <tr role="row">
            {block.head.map((cell, column) => (
              <th
                key={column}
                role="columnheader"
                scope="col"
                className="border-line-strong text-caption text-ink-muted border-b px-3 py-2 text-left align-bottom whitespace-nowrap first:pl-0 last:pr-0"
              >
                <Inlines inlines={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-sm:block">
          {block.rows.map((row, index) => (
            <tr
              key={index}
              role="row"
              className="max-sm:border-line max-sm:block max-sm:border-b max-sm:py-3"
            >
              {row.map((cell, column) => (
                <td
                  key={column}
                  role="cell"
                  data-label={labels[column]}
                  className={`${CELL} ${labels[column] ? LABELLED : ""} ${block.align[column] === "right" ? "sm:text-right" : ""}`}
                >
                  <Inlines inlines={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
