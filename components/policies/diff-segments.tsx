import { useTranslations } from "next-intl";

import { type Segment, type Side } from "@/text/word-diff";

import { InTurns } from "./in-turns";
import { Inlines } from "./inlines";

/** Read out, and seen where colours are not; it is generated, so that copying the text leaves it out. */
const SPOKEN = "before:sr-only before:content-[attr(data-word)]";

type Props = {
  segments: readonly Segment[];
  /** One side of a comparison side by side shows only its own words. */
  side?: Side | undefined;
};

/** Words that stayed, came (underlined) or went (struck through), as `ins` and `del`. */
export function Segments({ segments, side }: Props) {
  const t = useTranslations("policies.diff");
  const parts = segments.map(({ kind, inlines }, index) => {
    if (kind === "same") return <Inlines key={index} inlines={inlines} />;
    if (kind === "ins") {
      if (side === "before") return null;
      return (
        <ins
          key={index}
          data-word={t("added")}
          className={`bg-diff-ins text-diff-ins-ink rounded-xs underline decoration-1 underline-offset-4 ${SPOKEN}`}
        >
          <Inlines inlines={inlines} />
        </ins>
      );
    }
    if (side === "after") return null;
    return (
      <del
        key={index}
        data-word={t("removed")}
        className={`bg-diff-del text-diff-del-ink rounded-xs line-through ${SPOKEN}`}
      >
        <Inlines inlines={inlines} />
      </del>
    );
  });
  return <InTurns>{parts}</InTurns>;
}
