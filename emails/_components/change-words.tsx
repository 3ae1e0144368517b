import { Fragment } from "react";
import { Link } from "react-email";

import type { Locale } from "@/db/vocabulary/languages";
import { type ChangeBlock, type ChangeRun, readChange } from "@/text/change-words";
import type { Text } from "@/wording/incident-notice";

import { LINK } from "./style";
import { Lines } from "./text";

type Props = { text: string; lang: Locale | undefined };

/** A line of a change list as the page shows it: what is bold there is bold here, lists are lists (P05). */
export function ChangeWords({ text, lang }: Props) {
  const blocks = readChange(text);
  return <Blocks blocks={blocks} lang={lang} />;
}

/** What the author of a notice wrote, as it is drawn there, or in plain words. */
export function NoticeWords({ text: { text, locale, blocks }, own }: { text: Text; own: Locale }) {
  const lang = locale === own ? undefined : locale;
  if (blocks)
    return blocks.map((block, index) => {
      if (block.kind === "list") return <List key={index} list={block} lang={lang} />;
      const runs = <Runs runs={block.runs} />;
      // The first begins beside the number of a list, in the plain text as well.
      return index === 0 ? (
        <span key={index} lang={lang}>
          {runs}
        </span>
      ) : (
        <div key={index} lang={lang} style={{ marginTop: "8px" }}>
          {runs}
        </div>
      );
    });
  return (
    <span lang={lang}>
      <Lines text={text} />
    </span>
  );
}

/** Lines stand in one element as long as no list parts them; the plain text begins beside the number then. */
function Blocks({ blocks, lang }: { blocks: readonly ChangeBlock[]; lang?: Locale | undefined }) {
  const [first] = blocks;
  if (!first) return null;
  const end = blocks.findIndex(({ kind }) => kind !== first.kind);
  const [own, rest] = end < 0 ? [blocks, []] : [blocks.slice(0, end), blocks.slice(end)];
  return (
    <>
      {first.kind === "line" ? (
        <span lang={lang}>
          {own.map((block, index) => (
            <Fragment key={index}>
              {index > 0 && <br />}
              {block.kind === "line" && <Runs runs={block.runs} />}
            </Fragment>
          ))}
        </span>
      ) : (
        own.map(
          (block, index) => block.kind === "list" && <List key={index} list={block} lang={lang} />,
        )
      )}
      <Blocks blocks={rest} lang={lang} />
    </>
  );
}

type ListProps = { list: Extract<ChangeBlock, { kind: "list" }>; lang: Locale | undefined };

function List({ list: { isOrdered, items }, lang }: ListProps) {
  const shown = items.map(({ blocks }, index) => (
    <li key={index}>
      <Blocks blocks={blocks} />
    </li>
  ));
  const start = Number.parseInt(items[0]?.marker ?? "1", 10);
  return isOrdered ? (
    <ol lang={lang} start={start} style={LIST}>
      {shown}
    </ol>
  ) : (
    <ul lang={lang} style={LIST}>
      {shown}
    </ul>
  );
}

/** Words of which some are bold; the plain text of the mail sets these between "**". */
export function Runs({ runs }: { runs: readonly ChangeRun[] }) {
  return runs.map(({ text, isStrong, href }, index) => {
    const said = isStrong ? (
      <strong data-text="strong">
        <Lines text={text} />
      </strong>
    ) : (
      <Lines text={text} />
    );
    if (!href) return <Fragment key={index}>{said}</Fragment>;
    return (
      <Link key={index} href={href} style={LINK}>
        {said}
      </Link>
    );
  });
}

const LIST = { margin: "4px 0", padding: "0 0 0 20px" };
