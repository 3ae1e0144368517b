import { useTranslations } from "next-intl";

import { CopyOutcome } from "@/components/ui/copy-button";
import type { Locale } from "@/db/vocabulary/languages";
import { type HeadingBlock, type ListBlock, type PolicyBlock } from "@/text/blocks";

import { InTurns } from "./in-turns";
import { Inlines, withBlank } from "./inlines";
import { TextTable } from "./legal-table";

type Props = { blocks: readonly PolicyBlock[]; lang: Locale };

/** A policy text as it was published: every character, the author's own numbers, stable anchors. */
export function PolicyText({ blocks, lang }: Props) {
  return (
    <div lang={lang} data-copying="" className="legal-text">
      <Blocks blocks={blocks} />
      <CopyOutcome className="fixed inset-x-0 bottom-6 mx-auto" />
    </div>
  );
}

/** The blocks alone, for a preview or one side of a comparison. */
export function Blocks({ blocks }: { blocks: readonly PolicyBlock[] }) {
  return (
    <InTurns>
      {blocks.map((block) => (
        <Block key={block.anchor} block={block} />
      ))}
    </InTurns>
  );
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
      return <TextTable id={block.anchor} table={block} />;
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
      <InTurns>
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
      </InTurns>
    </Tag>
  );
}
