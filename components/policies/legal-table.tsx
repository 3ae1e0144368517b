import { useFormatter, useTranslations } from "next-intl";

import { cn } from "@/lib/cn";
import { type TableBlock } from "@/text/blocks";
import { inlineText } from "@/text/visible-text";

import { InTurns } from "./in-turns";
import { Inlines } from "./inlines";

type Column = { head: React.ReactNode; label: string; isRight?: boolean };
type Row = {
  cells: readonly React.ReactNode[];
  /** In a comparison: what became of the row. */
  mark?: string | undefined;
  className?: string | undefined;
};

type Props = {
  id?: string;
  /** Names the table for who hears the page. */
  name: string;
  columns: readonly Column[];
  rows: readonly Row[];
  /** Words for the head of the column of marks; without it there is none. */
  markLabel?: string;
};

const CELL =
  "border-b border-line px-3 py-2 text-left align-top font-normal first:pl-0 last:pr-0 @max-[34rem]:block @max-[34rem]:border-0 @max-[34rem]:p-0 @max-[34rem]:py-0.5";
const LABELLED =
  "@max-[34rem]:before:mr-2 @max-[34rem]:before:text-small @max-[34rem]:before:text-ink-muted @max-[34rem]:before:content-[attr(data-label)_'_']";
const HEAD =
  "border-line-strong text-caption text-ink-muted border-b px-3 py-2 text-left align-bottom break-keep first:pl-0 last:pr-0";

/**
 * A table of a policy text, alone or compared. Wider than its place it scrolls; where that is narrow each
 * row becomes a list of labelled lines. The roles are said again, as a table that is laid out
 * otherwise loses them, and its frame is positioned, so that words for screen readers far to the
 * right do not widen the page.
 */
export function LegalTable({ id, name, columns, rows, markLabel }: Props) {
  return (
    <div
      id={id}
      role="region"
      aria-label={name}
      tabIndex={0}
      className="text-ui @container relative overflow-x-auto leading-6"
    >
      <table role="table" className="w-full border-collapse wrap-break-word @max-[34rem]:block">
        <thead role="rowgroup" className="@max-[34rem]:sr-only">
          <tr role="row">
            {markLabel && (
              <th role="columnheader" scope="col" className={HEAD}>
                <span className="sr-only">{markLabel}</span>
              </th>
            )}
            {columns.map(({ head }, column) => (
              <th key={column} role="columnheader" scope="col" className={HEAD}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="@max-[34rem]:block">
          <InTurns atOnce={Math.ceil(50 / (columns.length + 1))}>
            {rows.map(({ cells, mark, className }, index) => (
              <tr
                key={index}
                role="row"
                className={cn(
                  "@max-[34rem]:border-line @max-[34rem]:block @max-[34rem]:border-b @max-[34rem]:py-3",
                  className,
                )}
              >
                {markLabel && (
                  <td
                    role="cell"
                    className={cn(CELL, "text-caption text-ink-muted whitespace-nowrap")}
                  >
                    {mark}
                  </td>
                )}
                {cells.map((cell, column) => {
                  const { label, isRight } = columns[column] ?? {};
                  return (
                    <td
                      key={column}
                      role="cell"
                      data-label={label}
                      className={cn(CELL, label && LABELLED, isRight && "@min-[34rem]:text-right")}
                    >
                      {cell}
                    </td>
                  );
                })}
              </tr>
            ))}
          </InTurns>
        </tbody>
      </table>
    </div>
  );
}

type TextProps = { id?: string; table: Pick<TableBlock, "head" | "rows" | "align"> };

/** A table as it stands in the text. */
export function TextTable({ id, table: { head, rows, align } }: TextProps) {
  const t = useTranslations("policies.reader");
  const format = useFormatter();
  const labels = head.map(inlineText);
  return (
    <LegalTable
      {...(id && { id })}
      name={t("table", { columns: format.list(labels.filter(Boolean)) })}
      columns={head.map((cell, column) => ({
        head: <Inlines inlines={cell} />,
        label: labels[column] ?? "",
        isRight: align[column] === "right",
      }))}
      rows={rows.map((row) => ({
        cells: row.map((cell, column) => <Inlines key={column} inlines={cell} />),
      }))}
    />
  );
}
