"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useState, useSyncExternalStore } from "react";

import { Checkbox } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";

import { SIDE_NAV_ID } from "./side-nav";

/** The key that follows "g", and the last part of the room's address. */
const ROOMS = [
  ["h", ["home", "ops"]],
  ["i", ["inbox"]],
  ["p", ["policies"]],
  ["s", ["incidents"]],
  ["r", ["requests"]],
] as const;
const STORED = "shortcuts";
/** How long "g" waits for its second key, in milliseconds. */
const PATIENCE = 1500;

/**
 * Single keys that lead on, for who works here all day. They can be turned off, and do nothing while
 * something is typed or a dialog is open (WCAG 2.2, 2.1.4). "?" tells them.
 */
export function Shortcuts() {
  const t = useTranslations("ui.shortcuts");
  /** Before "?" is first pressed there is no dialog; closed, it gives the focus back. */
  const [isTold, setTold] = useState<boolean>();
  useEffect(() => {
    let armed = 0;
    const rows = new Rows();
    const onKey = (event: KeyboardEvent) => {
      const isArmed = performance.now() - armed < PATIENCE;
      armed = 0;
      if (!areOn() || isTaken(event)) return;
      const key = event.key.toLowerCase();
      if (key === "g") armed = performance.now();
      else if (key === "/") focusSearch(event);
      else if (key === "?") setTold(true);
      else if (isArmed) linkTo(key)?.click();
      else rows.take(key);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    isTold !== undefined && (
      <Dialog open={isTold} title={t("title")} onClose={() => setTold(false)}>
        <ShortcutHelp />
      </Dialog>
    )
  );
}

/** The rows of the page's lists (`data-row`), and the one in hand: it has the focus, or had it last. */
class Rows {
  private last = -1;

  /** "j" and "k" go on and back, "x" ticks; any other key presses the button of its name (`data-key`). */
  take(key: string) {
    const rows = [...document.querySelectorAll<HTMLElement>("#main [data-row]")].filter(linkIn);
    const inHand = rows.findIndex((row) => row.contains(document.activeElement));
    if (key === "j" || key === "k") return this.go(rows, this.towards(key, inHand));
    const row = rows[inHand];
    if (row) this.last = inHand;
    if (key === "x") row?.querySelector<HTMLElement>("[data-tick]")?.click();
    else if (/^[a-z]$/.test(key)) buttonOf(row, key)?.click();
  }

  /** After a row has gone, the one that took its place comes next. */
  private towards(key: "j" | "k", inHand: number): number {
    if (inHand < 0) return key === "j" ? Math.max(this.last, 0) : this.last - 1;
    return key === "j" ? inHand + 1 : inHand - 1;
  }

  private go(rows: readonly HTMLElement[], to: number) {
    const index = Math.min(Math.max(to, 0), rows.length - 1);
    const row = rows[index];
    if (!row) return;
    linkIn(row)?.focus();
    this.last = index;
  }
}

/** On the page of one thing its buttons stand in no row; in a list nothing is guessed. */
function buttonOf(row: HTMLElement | undefined, key: string): HTMLElement | null {
  const name = `[data-key="${key}"]`;
  if (row) return row.querySelector<HTMLElement>(name);
  const isList = document.querySelector("#main [data-row] [data-key]") !== null;
  return isList ? null : document.querySelector<HTMLElement>(`#main ${name}`);
}

/** The link that names a row: in a table the row's head has it. */
const linkIn = (row: HTMLElement): HTMLAnchorElement | null =>
  row.querySelector(row.tagName === "TR" ? "th a" : "a");

function isTaken({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true;
  if (document.querySelector("dialog[open], :popover-open:not(nav)")) return true;
  return (
    target instanceof HTMLElement &&
    target.closest(
      "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]",
    ) !== null
  );
}

/** Only where the side navigation leads anyway: nobody is sent to a room that is closed to them. */
function linkTo(key: string): HTMLAnchorElement | undefined {
  const names = ROOMS.flatMap(([one, rooms]) => (one === key ? rooms : []));
  const links = document.querySelectorAll<HTMLAnchorElement>(`#${SIDE_NAV_ID} a`);
  return Array.from(links).find(({ pathname }) =>
    names.some((name) => pathname.endsWith(`/${name}`)),
  );
}

function focusSearch(event: KeyboardEvent) {
  const field = document.querySelector<HTMLInputElement>("#main input[type=search]");
  if (!field) return;
  // The key that leads there is not part of what is searched for.
  event.preventDefault();
  field.focus();
  field.select();
}

function areOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

function turn(on: boolean) {
  try {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, "off");
  } catch {
    // Storage may be closed to us; the shortcuts then stay on.
  }
  window.dispatchEvent(new StorageEvent("storage", { key: STORED }));
}

function onTurn(notify: () => void) {
  window.addEventListener("storage", notify);
  return () => window.removeEventListener("storage", notify);
}

/** What the keys do, and the switch. */
export function ShortcutHelp() {
  const t = useTranslations("ui.shortcuts");
  const isOn = useSyncExternalStore(onTurn, areOn, () => true);
  return (
    <>
      <dl className="max-w-measure mb-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        {ROOMS.map(([key]) => (
          <Line key={key} keys={["g", key]} does={t(key)} />
        ))}
        <Line keys={["/"]} does={t("search")} />
        <Line keys={["j", "k"]} does={t("next")} />
        <Line keys={["x"]} does={t("tick")} />
        <Line keys={["e"]} does={t("archive")} />
        <Line keys={["u"]} does={t("unread")} />
        <Line keys={["?"]} does={t("help")} />
      </dl>
      <Checkbox
        id={useId()}
        label={t("on")}
        hint={t("note")}
        checked={isOn}
        onChange={({ target }) => turn(target.checked)}
      />
    </>
  );
}

function Line({ keys, does }: { keys: readonly string[]; does: string }) {
  return (
    <>
      <dt className="flex gap-1">
        {keys.map((key) => (
          <kbd
            key={key}
            className="border-line-control bg-raised text-small min-w-6 rounded-sm border px-1.5 text-center font-mono"
          >
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </>
  );
}
