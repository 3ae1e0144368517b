import { useTranslations } from "next-intl";

import { type Clause, markerOf } from "@/text/clauses";
import { type DiffEntry as Entry } from "@/text/diff";
import { type Segment, type Side } from "@/text/word-diff";

import { DiffClause } from "./diff-clause";
import { type DiffLayout } from "./diff-options";
import { Segments } from "./diff-segments";
import { DiffTable } from "./diff-table";

type Changed = Pick<Extract<Entry, { kind: "changed" }>, "before" | "after" | "change">;

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
      if (entry.segments) return <InParts clause={entry.after} segments={entry.segments} />;
      return (
        <ins className="block no-underline">
          <DiffClause clause={entry.after} />
        </ins>
      );
    case "removed":
      if (entry.segments) return <InParts clause={entry.before} segments={entry.segments} />;
      return (
        <del className="decoration-diff-del-ink/60 block line-through">
          <DiffClause clause={entry.before} />
        </del>
      );
    case "changed":
      return <ChangedClause entry={entry} onlyChanges={onlyChanges} />;
    case "moved":
      return <MovedClause entry={entry} onlyChanges={onlyChanges} />;
    case "split":
    case "merged":
      return <Pieces entry={entry} />;
  }
}

/** A clause that came or went, some of whose words stand in another clause as well. */
function InParts({ clause, segments }: { clause: Clause; segments: readonly Segment[] }) {
  return (
    <DiffClause clause={clause}>
      <Segments segments={segments} />
    </DiffClause>
  );
}

function OneSide({ entry, onlyChanges, side }: Shown & { side: Side }) {
  switch (entry.kind) {
    case "unchanged":
      return (
        <>
          <DiffClause clause={entry[side]} />
          {entry.isRenumbered && side === "after" && <Renumbered entry={entry} />}
        </>
      );
    case "added":
    case "removed":
      return isOn(entry, side) ? <Inline entry={entry} onlyChanges={onlyChanges} /> : null;
    case "changed":
      return <ChangedClause entry={entry} onlyChanges={onlyChanges} side={side} />;
    case "moved":
      return isOn(entry, side) ? (
        <MovedClause entry={entry} onlyChanges={onlyChanges} side={side} />
      ) : null;
    case "split":
    case "merged":
      return <Pieces entry={entry} side={side} />;
  }
}

function isOn(entry: Extract<Entry, { kind: "added" | "removed" | "moved" }>, side: Side): boolean {
  const isNew = entry.kind === "added" || (entry.kind === "moved" && entry.at === "new");
  return isNew === (side === "after");
}

type MovedProps = Omit<Shown, "entry"> & {
  entry: Extract<Entry, { kind: "moved" }>;
  side?: Side;
};

/** At its old place a clause has its old words; at its new one what came and went in them. */
function MovedClause({ entry: { at, before, after, change }, onlyChanges, side }: MovedProps) {
  if (at === "old") return <DiffClause clause={before} />;
  if (!change) return <DiffClause clause={after} />;
  return <ChangedClause entry={{ before, after, change }} onlyChanges={onlyChanges} side={side} />;
}

type PiecesProps = { entry: Extract<Entry, { kind: "split" | "merged" }>; side?: Side };

/** A clause that was cut, in its pieces; one that was put together, in one. */
function Pieces({ entry, side }: PiecesProps) {
  const shown = side ?? "after";
  const clauses = [entry[shown]].flat();
  const isWhole = clauses.length === 1;
  return (
    <div className="grid gap-2">
      {clauses.map((clause, index) => (
        <DiffClause key={clause.anchor} clause={clause}>
          <Segments
            segments={isWhole ? entry.parts.flat() : (entry.parts[index] ?? [])}
            side={side}
          />
        </DiffClause>
      ))}
    </div>
  );
}

type ChangedProps = Omit<Shown, "entry"> & { entry: Changed; side?: Side | undefined };

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
