"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import { Button, Buttons } from "@/components/ui/button";

type Props<Row extends object> = {
  /** The name of the list: "measures" sends measures.0.…, measures.1.… */
  name: string;
  rows: readonly Row[];
  /** A fresh row; a list without any begins with one. */
  empty: Row;
  words: {
    add: string;
    /** Names a row for screen readers: "第 2 条变更". */
    row: (number: number) => string;
  };
  children: (row: Row, index: number) => React.ReactNode;
  /** Beside the row's buttons. */
  beside?: (row: Row, index: number) => React.ReactNode;
};

const MOVES = ["up", "down", "remove"] as const;
type Move = (typeof MOVES)[number];

/**
 * A numbered list of rows in a form. Its buttons work here at once; without JavaScript they send the
 * form ("measures.up.2") and the server moves the rows.
 */
export function RowList<Row extends object>(props: Props<Row>) {
  const { name, empty, words, children, beside } = props;
  const { rows, said, list, add, move } = useRows(props.rows, empty);
  return (
    <>
      <ol ref={list}>
        {rows.map(({ row, key }, index) => (
          <li key={key} data-row={key} className="border-line border-b py-4 first:border-t">
            <fieldset>
              <legend className="sr-only">{words.row(index + 1)}</legend>
              <div className="grid grid-cols-[2em_minmax(0,1fr)]">
                <span aria-hidden="true" className="text-ink-muted pt-0.5 tabular-nums">
                  {index + 1}
                </span>
                <div className="min-w-0">
                  {children(row, index)}
                  <div className="mt-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-3">
                    {beside?.(row, index)}
                    <RowButtons
                      name={name}
                      index={index}
                      count={rows.length}
                      onMove={(what) => move(index, what)}
                    />
                  </div>
                </div>
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
      <Button
        type="submit"
        name="intent"
        value={`${name}.add`}
        size="sm"
        className="mt-3"
        onClick={(event) => {
          event.preventDefault();
          add();
          markChanged(event.currentTarget);
        }}
      >
        {words.add}
      </Button>
    </>
  );
}

/** The rows with keys of their own, and what moves them: the focus follows, and it is said. */
function useRows<Row extends object>(given: readonly Row[], empty: Row) {
  const t = useTranslations("ui.rows");
  const [rows, setRows] = useState(() =>
    (given.length > 0 ? given : [empty]).map((row, key) => ({ row, key })),
  );
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const [focus, setFocus] = useState<string>();

  useEffect(() => {
    if (focus) list.current?.querySelector<HTMLElement>(focus)?.focus();
  }, [focus, rows]);

  function add() {
    const key = Math.max(-1, ...rows.map((one) => one.key)) + 1;
    setRows([...rows, { row: empty, key }]);
    setFocus(`[data-row="${key}"] :is(select, input, textarea)`);
    setSaid(t("added", { number: rows.length + 1 }));
  }

  function move(index: number, what: Move) {
    const moved = rows[index];
    if (!moved) return;
    const rest = rows.filter((other) => other !== moved);
    if (what === "remove") {
      setRows(rest);
      setSaid(t("removed", { number: index + 1 }));
      setFocus(`li:nth-child(${Math.min(index + 1, rest.length)}) :is(select, input, textarea)`);
      return;
    }
    const to = index + (what === "up" ? -1 : 1);
    setRows([...rest.slice(0, to), moved, ...rest.slice(to)]);
    setSaid(t("moved", { number: to + 1 }));
    setFocus(`[data-row="${moved.key}"] [data-move="${what}"]`);
  }

  return { rows, said, list, add, move };
}

type ButtonsProps = {
  name: string;
  index: number;
  count: number;
  onMove: (what: Move) => void;
};

function RowButtons({ name, index, count, onMove }: ButtonsProps) {
  const t = useTranslations("ui.rows");
  const number = index + 1;
  const impossible = { up: index === 0, down: number === count, remove: false };
  return (
    <Buttons className="ml-auto">
      {MOVES.map((what) => (
        <Button
          key={what}
          type="submit"
          name="intent"
          value={`${name}.${what}.${index}`}
          size="sm"
          variant="text"
          data-move={what}
          aria-label={t(`button.${what}`, { number })}
          aria-disabled={impossible[what] || undefined}
          onClick={(event) => {
            event.preventDefault();
            if (impossible[what]) return;
            onMove(what);
            markChanged(event.currentTarget);
          }}
        >
          {t(what)}
        </Button>
      ))}
    </Buttons>
  );
}

/** A moved row is a change nobody typed; the form's guard has to hear of it. */
function markChanged(button: HTMLButtonElement): void {
  button.form?.dispatchEvent(new Event("input", { bubbles: true }));
}
