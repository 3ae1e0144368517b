import { cn } from "@/lib/cn";
import { type Clause } from "@/text/clauses";

import { Inlines, withBlank } from "./inlines";
import { TextTable } from "./legal-table";

type Props = {
  clause: Clause;
  /** Its number where it has changed too. */
  marker?: React.ReactNode;
  /** Instead of its words, e.g. the words with what came and went. */
  children?: React.ReactNode;
};

const HEADINGS = { 2: "text-h3", 3: "text-h4", 4: "text-body", 5: "text-body" } as const;
const INDENTS = ["", "pl-[2em]", "pl-[4em]", "pl-[6em]"] as const;
const QUOTED = "border-l-2 border-line-strong";

/** One clause as the reader's text shows it, but standing alone. */
export function DiffClause({ clause, marker, children }: Props) {
  const words = children ?? <Words clause={clause} />;
  if (clause.kind === "rule") return <hr className="border-line" />;
  if (clause.kind === "table") return <>{words}</>;

  const shownMarker = marker ?? ("marker" in clause ? clause.marker : null);
  if (clause.kind === "heading") {
    return (
      <p className={`font-semibold ${HEADINGS[clause.level]}`}>
        {typeof shownMarker === "string" ? withBlank(shownMarker) : shownMarker}
        {words}
      </p>
    );
  }
  return (
    <div
      className={cn(
        "flex gap-[0.5em]",
        INDENTS[Math.min(clause.depth, 3)],
        clause.isQuoted && QUOTED,
      )}
    >
      {shownMarker && <Marker>{shownMarker}</Marker>}
      <p className="min-w-0 flex-1">{words}</p>
    </div>
  );
}

function Marker({ children }: { children: React.ReactNode }) {
  return <span className="text-ink-muted min-w-[1.5em] flex-none tabular-nums">{children}</span>;
}

function Words({ clause }: { clause: Clause }) {
  if (clause.kind === "table") return <TextTable table={clause} />;
  if (clause.kind === "code") return <code className="text-small font-mono">{clause.text}</code>;
  return "inlines" in clause ? <Inlines inlines={clause.inlines} /> : null;
}
