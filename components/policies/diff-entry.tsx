import { useTranslations } from "next-intl";

import { type Clause } from "@/text/clauses";
import { type DiffEntry as Entry } from "@/text/diff";
import { type Side } from "@/text/word-diff";

import { DiffClause } from "./diff-clause";
import { type DiffLayout } from "./diff-options";
import { Segments } from "./diff-segments";
import { DiffTable } from "./diff-table";

type Changed = Extract<Entry, { kind: "changed" }>;

type Props = {
  entry: Entry;
  layout: DiffLayout;
  /** Of a table, only the rows that changed. */
  onlyChanges: boolean;
};

/** The words of one step of a comparison, in one column or, with room, in two. */
export function DiffEntryText({ layout, ...shown }: Props) {
  if (layout === "inline") return <Inline {...shown} />;
  return (
    <div className="grid gap-x-8 gap-y-3 lg:grid-cols-2">
      <div className="min-w-0">
        <OneSide {...shown} side="before" />
      </div>
      <div className="min-w-0">
        <OneSide {...shown} side="after" />
      </div>
    </div>
  );
}

type Shown = Omit<Props, "layout">;

function Inline({ entry, onlyChanges }: Shown) {
  switch (entry.kind) {
    case "unchanged":
      return (
        <>
          <DiffClause clause={entry.after} />
          {entry.isRenumbered && <Renumbered entry={entry} />}
        </>
      );
    case "added":
      return (
        <ins className="block no-underline">
          <DiffClause clause={entry.after} />
        </ins>
      );
    case "removed":
      return (
        <del className="decoration-diff-del-ink/60 block line-through">
          <DiffClause clause={entry.before} />
        </del>
      );
    case "changed":
      return <ChangedClause entry={entry} onlyChanges={onlyChanges} />;
    case "moved":
      return <DiffClause clause={entry.at === "new" ? entry.after : entry.before} />;
  }
}

function OneSide({ entry, onlyChanges, side }: Shown & { side: Side }) {
  switch (entry.kind) {
    case "unchanged":
      return <DiffClause clause={entry[side]} />;
    case "added":
    case "removed":
      return isOn(entry, side) ? <Inline entry={entry} onlyChanges={onlyChanges} /> : null;
    case "changed":
      return <ChangedClause entry={entry} onlyChanges={onlyChanges} side={side} />;
    case "moved":
      return isOn(entry, side) ? <DiffClause clause={entry[side]} /> : null;
  }
}

function isOn(entry: Extract<Entry, { kind: "added" | "removed" | "moved" }>, side: Side): boolean {
  const isNew = entry.kind === "added" || (entry.kind === "moved" && entry.at === "new");
  return isNew === (side === "after");
}

type ChangedProps = Omit<Shown, "entry"> & { entry: Changed; side?: Side };

function ChangedClause({ entry, onlyChanges, side }: ChangedProps) {
  const { before, after, change } = entry;
  if (change.kind === "table") {
    return <DiffTable change={change} onlyChanges={onlyChanges} side={side} />;
  }
  const clause = side === "before" ? before : after;
  const isRenumbered = !side && markerOf(before) !== markerOf(after);
  return (
    <DiffClause clause={clause} marker={isRenumbered ? <Markers entry={entry} /> : undefined}>
      <Segments segments={change.segments} side={side} />
    </DiffClause>
  );
}

/** The number of a clause, with the old one where it has got another. */
function Markers({ entry }: { entry: Changed }) {
  const [old, fresh] = [markerOf(entry.before), markerOf(entry.after)];
  return (
    <>
      {old && <del className="bg-diff-del text-diff-del-ink">{old}</del>}
      {fresh && <ins className="bg-diff-ins text-diff-ins-ink">{fresh}</ins>}
    </>
  );
}

function Renumbered({ entry }: { entry: Extract<Entry, { kind: "unchanged" }> }) {
  const t = useTranslations("policies.diff");
  const marker = markerOf(entry.before);
  return (
    <p className="text-small text-ink-muted">
      {marker ? t("renumbered", { marker }) : t("numbered")}
    </p>
  );
}

function markerOf(clause: Clause): string | null {
  return "marker" in clause ? clause.marker : null;
}
