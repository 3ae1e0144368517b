import { Fragment } from "react";

import type { Locale } from "@/db/vocabulary/languages";
import { type ChangeBlock, type ChangeRun, readChange } from "@/text/change-words";

type Props = {
  text: string;
  /** The language of the words where it is not that of the page. */
  lang?: Locale | undefined;
};

/** A line of a change list with what is bold in it and its lists, as its author wrote it (P05). */
export function ChangeWords({ text, lang }: Props) {
  return (
    <div lang={lang} className="min-w-0 wrap-break-word">
      <Blocks blocks={readChange(text)} />
    </div>
  );
}

function Blocks({ blocks }: { blocks: readonly ChangeBlock[] }) {
  return blocks.map((block, index) => {
    if (block.kind === "line")
      return (
        <Fragment key={index}>
          {blocks[index - 1]?.kind === "line" && <br />}
          <Runs runs={block.runs} />
        </Fragment>
      );
    const Tag = block.isOrdered ? "ol" : "ul";
    return (
      <Tag key={index} role="list" className="my-1 grid gap-1">
        {block.items.map(({ marker, blocks: inner }, at) => (
          <li key={at} className="flex gap-[0.5em]">
            <span className="text-ink-muted min-w-[1em] flex-none tabular-nums">
              {block.isOrdered ? marker : "•"}
            </span>
            <div className="min-w-0 flex-1">
              <Blocks blocks={inner} />
            </div>
          </li>
        ))}
      </Tag>
    );
  });
}

/** Words of which some are bold; a line end stays one. */
export function Runs({ runs }: { runs: readonly ChangeRun[] }) {
  return runs.map(({ text, isStrong }, index) => {
    const lines = text.split("\n").map((line, at) => (
      <Fragment key={at}>
        {at > 0 && <br />}
        {line}
      </Fragment>
    ));
    return isStrong ? (
      <strong key={index}>{lines}</strong>
    ) : (
      <Fragment key={index}>{lines}</Fragment>
    );
  });
}
