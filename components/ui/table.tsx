import { cn } from "@/lib/cn";

export type Column<Row> = {
  /** Stands in the head, and before the value on a phone. */
  header: string;
  cell: (row: Row) => React.ReactNode;
  align?: "end";
  /** Dates, numbers and codes that must stay on one line. */
  nowrap?: boolean;
  /** The column that names the row. */
  rowHeader?: boolean;
  /** A column of buttons: its head is read, not shown. */
  headerHidden?: boolean;
  /**
   * On a phone, where each row is a list of its facts: one that speaks for itself stands beside the
   * others without its label, and one that is on the row's own page too is left out.
   */
  phone?: "beside" | "hidden";
};

/** Rows that belong together, below a head of their own. */
export type Group<Row> = { key: string; head: React.ReactNode; rows: readonly Row[] };

type Props<Row> = {
  caption: string;
  captionShown?: boolean;
  columns: readonly Column<Row>[];
  rows?: readonly Row[];
  /** Instead of rows. */
  groups?: readonly Group<Row>[];
  rowKey: (row: Row) => string;
  /** Instead of the table when there are no rows. */
  empty?: React.ReactNode;
  compact?: boolean;
  /** The head stays in sight while a long table is read; such a one never scrolls sideways. */
  sticky?: boolean;
  /** Few, short columns: a table on every phone; with text twice as large there it is a list too. */
  narrow?: boolean;
};

const CELL =
  "border-b border-line px-3 text-left align-top font-normal first:pl-0 last:pr-0 group-hover:bg-hover";
const STACKED =
  "stacked:block stacked:border-0 stacked:p-0 stacked:py-0.5 stacked:text-left stacked:group-hover:bg-transparent";
const LABELLED =
  "stacked:grid stacked:grid-cols-[6.5em_minmax(0,1fr)] stacked:gap-2 stacked:@max-[14rem]/table:grid-cols-[minmax(0,1fr)] stacked:@max-[14rem]/table:gap-0 stacked:before:text-small stacked:before:text-ink-muted stacked:before:content-[attr(data-label)] stacked:before:whitespace-normal stacked:*:justify-self-start";
/** A phone is narrower than any frame of a table elsewhere. */
const ON_PHONES = {
  beside:
    "stacked:@max-[30rem]/table:mr-4 stacked:@max-[30rem]/table:inline-block stacked:@max-[30rem]/table:align-top stacked:@max-[30rem]/table:before:content-none",
  hidden: "stacked:@max-[30rem]/table:hidden",
};

/**
 * A table that becomes a list of labelled facts where its columns no longer fit (see `stacked` in
 * globals.css). A click anywhere on a row follows the link that names it
 * (components/layout/pathname.tsx). A word longer than its column, which nobody can foresee, scrolls
 * inside the frame.
 */
export function Table<Row>(props: Props<Row>) {
  const { caption, captionShown, columns, rows = [], rowKey, empty } = props;
  const {
    compact = false,
    narrow = false,
    sticky = false,
    groups = [{ key: "all", head: null, rows }],
  } = props;
  if (groups.every((group) => group.rows.length === 0) && empty) return <>{empty}</>;

  return (
    <div
      data-columns={narrow ? "few" : Math.min(columns.length, 6)}
      data-sticky={sticky}
      className="@container/table relative -m-1 overflow-x-auto p-1 data-[sticky=true]:overflow-x-visible data-[sticky=true]:wrap-anywhere"
    >
      {/* The roles keep the table a table for screen readers when its cells become blocks. */}
      <table role="table" className="text-ui stacked:block w-full border-collapse">
        <caption
          className={
            captionShown ? "text-small text-ink-muted stacked:block pb-2 text-left" : "sr-only"
          }
        >
          {caption}
        </caption>
        <Head columns={columns} narrow={narrow} sticky={sticky} />
        {groups.map((group) => (
          <tbody key={group.key} role="rowgroup" className="stacked:block">
            {group.head && <GroupHead columns={columns.length}>{group.head}</GroupHead>}
            {group.rows.map((row) => (
              <tr
                key={rowKey(row)}
                role="row"
                data-row
                className="group stacked:border-line stacked:block stacked:border-b stacked:py-3 has-[th_a]:cursor-pointer"
              >
                {columns.map((column) => (
                  <Cell key={column.header} {...{ column, row, compact, narrow }} />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

type HeadProps<Row> = { columns: readonly Column<Row>[]; narrow: boolean; sticky: boolean };

function Head<Row>({ columns, narrow, sticky }: HeadProps<Row>) {
  return (
    <thead role="rowgroup" className="stacked:sr-only">
      <tr role="row">
        {columns.map((column) => (
          <th
            key={column.header}
            role="columnheader"
            scope="col"
            className={cn(
              narrow && column.phone === "hidden" && "max-sm:hidden",
              "border-line-strong text-caption text-ink-muted border-b px-3 py-2 align-bottom font-normal whitespace-nowrap first:pl-0 last:pr-0",
              column.align === "end" ? "text-right" : "text-left",
              sticky && "bg-surface sticky top-0 z-[var(--z-sticky)]",
            )}
          >
            {column.headerHidden ? <span className="sr-only">{column.header}</span> : column.header}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function GroupHead({ columns, children }: { columns: number; children: React.ReactNode }) {
  return (
    <tr role="row" className="stacked:block">
      <th
        role="rowheader"
        scope="rowgroup"
        colSpan={columns}
        className="border-line-strong stacked:block border-b pt-6 pb-1.5 text-left font-normal"
      >
        {children}
      </th>
    </tr>
  );
}

type CellProps<Row> = { column: Column<Row>; row: Row; compact: boolean; narrow: boolean };

function Cell<Row>({ column, row, compact, narrow }: CellProps<Row>) {
  const { cell, header, align, nowrap, rowHeader, headerHidden, phone } = column;
  const look = cn(
    CELL,
    STACKED,
    compact ? "py-1.5" : "py-2",
    align === "end" && "text-right tabular-nums",
    nowrap && "whitespace-nowrap tabular-nums",
    narrow && phone === "hidden" && "max-sm:hidden",
  );
  if (rowHeader) {
    return (
      <th role="rowheader" scope="row" className={look}>
        {cell(row)}
      </th>
    );
  }
  return (
    <td
      role="cell"
      data-label={headerHidden ? undefined : header}
      className={cn(look, !headerHidden && LABELLED, phone && ON_PHONES[phone])}
    >
      {/* One child beside the label, however many parts the cell has. */}
      <div className="min-w-0">{cell(row)}</div>
    </td>
  );
}

/** The second, quieter line in a cell. */
export function CellNote({ children }: { children: React.ReactNode }) {
  return <span className="text-small text-ink-muted block whitespace-normal">{children}</span>;
}
