import { useTranslations } from "next-intl";

import { type RowChange, type TableChange } from "@/text/table-diff";
import { segmentsText, type Side } from "@/text/word-diff";

import { Segments } from "./diff-segments";
import { LegalTable } from "./legal-table";

const CLASSES = {
  unchanged: undefined,
  changed: undefined,
  added: "bg-diff-ins/50",
  removed: "bg-diff-del/50",
  left: "bg-diff-move/50",
  arrived: "bg-diff-move/50",
} as const;

type Props = {
  change: TableChange;
  /** One side of a comparison side by side shows only its own rows and columns. */
  side?: Side | undefined;
  /** Leaves out the rows that stayed, and says how many. */
  onlyChanges: boolean;
};

/** A table with what came and went in its rows and cells; a word says it per row. */
export function DiffTable({ change, side, onlyChanges }: Props) {
  const t = useTranslations("policies.diff");
  const columns = change.columns.flatMap((column, index) =>
    side && column[side] === null ? [] : [index],
  );
  const rows = change.rows.filter(({ kind }) => isShown(kind, { side, onlyChanges }));
  const left = change.rows.filter(({ kind }) => kind === "unchanged").length;
  return (
    <>
      {rows.length > 0 && (
        <LegalTable
          name={t("table")}
          markLabel={t("change")}
          columns={columns.map((column) => {
            const head = change.head[column] ?? [];
            return {
              head: <Segments segments={head} side={side} />,
              label: segmentsText(head, side ?? "after") || segmentsText(head, "before"),
            };
          })}
          rows={rows.map(({ kind, cells }) => ({
            className: CLASSES[kind],
            mark: kind === "unchanged" ? undefined : t(`kinds.${kind}`),
            cells: columns.map((column) => (
              <Segments key={column} segments={cells[column] ?? []} side={side} />
            )),
          }))}
        />
      )}
      {onlyChanges && left > 0 && (
        <p className="text-caption text-ink-muted mt-2">{t("rowsLeft", { count: left })}</p>
      )}
    </>
  );
}

function isShown(kind: RowChange["kind"], { side, onlyChanges }: Omit<Props, "change">): boolean {
  if (kind === "unchanged") return !onlyChanges;
  if (kind === "added" || kind === "arrived") return side !== "before";
  return side !== "after" || kind === "changed";
}
