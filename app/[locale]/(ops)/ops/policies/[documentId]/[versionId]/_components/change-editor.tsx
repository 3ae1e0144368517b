"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { type Locale } from "@/db/vocabulary";
import { type OutlineEntry } from "@/domain/policies/text-blocks";

import { ChangeRow, type Move } from "./change-row";
import { markChanged } from "./mark-changed";

type Change = { text: Partial<Record<Locale, string>>; anchor: string | null };
type Row = Change & { key: number };

type Props = {
  changes: readonly Change[];
  /** The binding language first. */
  locales: readonly Locale[];
  places: readonly OutlineEntry[];
};

const EMPTY: Change = { text: {}, anchor: null };

/**
 * The numbered list of what changed (P01). Its buttons work here at once; without JavaScript they
 * send the form and the server moves the rows.
 */
export function ChangeEditor({ changes, locales, places }: Props) {
  const t = useTranslations("policies.browser.changes");
  const [rows, setRows] = useState<readonly Row[]>(() =>
    (changes.length > 0 ? changes : [EMPTY]).map((change, key) => ({ ...change, key })),
  );
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const [focus, setFocus] = useState<string>();

  useEffect(() => {
    if (focus) list.current?.querySelector<HTMLElement>(focus)?.focus();
  }, [focus, rows]);

  function add() {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    setRows([...rows, { ...EMPTY, key }]);
    setFocus(`[data-row="${key}"] textarea`);
    setSaid(t("added", { number: rows.length + 1 }));
  }

  function move(index: number, what: Move) {
    const row = rows[index];
    if (!row) return;
    const rest = rows.filter((other) => other !== row);
    if (what === "remove") {
      setRows(rest);
      setSaid(t("removed", { number: index + 1 }));
      setFocus(`li:nth-child(${Math.min(index + 1, rest.length)}) textarea`);
      return;
    }
    const to = index + (what === "up" ? -1 : 1);
    setRows([...rest.slice(0, to), row, ...rest.slice(to)]);
    setSaid(t("moved", { number: to + 1 }));
    setFocus(`[data-row="${row.key}"] [data-move="${what}"]`);
  }

  return (
    <>
      <ol ref={list}>
        {rows.map((row, index) => (
          <ChangeRow
            key={row.key}
            id={row.key}
            index={index}
            count={rows.length}
            change={row}
            locales={locales}
            places={places}
            onMove={(what) => move(index, what)}
          />
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
      <Button
        type="submit"
        name="intent"
        value="change.add"
        size="sm"
        className="mt-3"
        onClick={(event) => {
          event.preventDefault();
          add();
          markChanged(event.currentTarget);
        }}
      >
        {t("add")}
      </Button>
    </>
  );
}
