import { Fragment } from "react";

import { linkClass } from "@/components/ui/link";
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

/** Lines with what is bold in them, links where there are any, and lists; apart each line is a paragraph. */
export function Blocks({ blocks, isApart }: { blocks: readonly ChangeBlock[]; isApart?: boolean }) {
  return blocks.map((block, index) => {
    if (block.kind === "line" && isApart)
      return (
        <p key={index}>
          <Runs runs={block.runs} />
        </p>
      );
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
  return runs.map(({ text, isStrong, href }, index) => {
    const lines = text.split("\n").map((line, at) => (
      <Fragment key={at}>
        {at > 0 && <br />}
        {line}
      </Fragment>
    ));
    const said = isStrong ? <strong>{lines}</strong> : lines;
    if (!href) return <Fragment key={index}>{said}</Fragment>;
    return (
      <a key={index} href={href} className={linkClass()} rel="noreferrer">
        {said}
      </a>
    );
  });
}
