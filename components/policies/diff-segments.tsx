import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { type Inline, type Marks } from "@/text/blocks";
import { addressesOf, type Segment, type Side } from "@/text/word-diff";

import { InTurns } from "./in-turns";
import { Inlines } from "./inlines";

/** Read out, and seen where colours are not; it is generated, so that copying the text leaves it out. */
const SPOKEN = "before:sr-only before:content-[attr(data-word)]";

type Props = {
  segments: readonly Segment[];
  /** One side of a comparison side by side shows only its own words. */
  side?: Side | undefined;
};

/** Words that stand in another clause are not struck through: a dotted line marks where they were, and are. */
const MOVED = "bg-diff-move text-diff-move-ink underline decoration-dotted";

/**
 * Words that stayed, came (underlined) or went (struck through), as `ins` and `del`; behind words whose link
 * or emphasis alone changed stands what it was and is.
 */
export function Segments({ segments, side }: Props) {
  const t = useTranslations("policies.diff");
  const parts = segments.map((segment, index) => {
    const { kind, inlines } = segment;
    if (kind === "same") return <Inlines key={index} inlines={inlines} />;
    if (kind === "restyled") return <Restyled key={index} segment={segment} side={side} />;
    const isMoved = segment.isElsewhere === true;
    if (kind === "ins") {
      if (side === "before") return null;
      return (
        <ins
          key={index}
          data-word={t(isMoved ? "kinds.arrived" : "kinds.added")}
          className={cn(
            "rounded-xs decoration-1 underline-offset-4",
            isMoved ? MOVED : "bg-diff-ins text-diff-ins-ink underline",
            SPOKEN,
          )}
        >
          <Inlines inlines={inlines} />
        </ins>
      );
    }
    if (side === "after") return null;
    return (
      <del
        key={index}
        data-word={t(isMoved ? "kinds.left" : "kinds.removed")}
        className={cn(
          "rounded-xs",
          isMoved
            ? `${MOVED} decoration-1 underline-offset-4`
            : "bg-diff-del text-diff-del-ink line-through",
          SPOKEN,
        )}
      >
        <Inlines inlines={inlines} />
      </del>
    );
  });
  return <InTurns>{parts}</InTurns>;
}

type RestyledProps = { segment: Extract<Segment, { kind: "restyled" }>; side: Side | undefined };

function Restyled({ segment: { inlines, was }, side }: RestyledProps) {
  const t = useTranslations("policies.diff");
  const words = <Inlines inlines={side === "before" ? was : inlines} />;
  const [before, after] = [addressesOf(was).join(" "), addressesOf(inlines).join(" ")];
  const said = [
    ...(before === after
      ? []
      : [t(before ? (after ? "relinkedTo" : "unlinked") : "linked", { before, after })]),
    ...MARKS.flatMap((mark) => {
      const [had, has] = [hasMark(was, mark), hasMark(inlines, mark)];
      return had === has ? [] : [t(has ? "marked" : "unmarked", { mark: t(`marks.${mark}`) })];
    }),
  ];
  return (
    <span className="bg-diff-move rounded-xs">
      {words}
      {side !== "before" && (
        <small className="text-caption text-diff-move-ink px-1 wrap-anywhere">
          {t("restyledAs", { what: said.join(t("separator")) })}
        </small>
      )}
    </span>
  );
}

const MARKS = ["strong", "em", "struck", "code"] as const satisfies (keyof Marks)[];

function hasMark(inlines: readonly Inline[], mark: keyof Marks): boolean {
  return inlines.some((inline) => {
    if (inline.kind === "break") return false;
    return inline.kind === "link" ? hasMark(inline.children, mark) : inline[mark] === true;
  });
}
