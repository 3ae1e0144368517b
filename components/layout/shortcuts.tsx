"use client";

import { useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";

import { Checkbox } from "@/components/ui/choice";

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
 * something is typed or a dialog is open (WCAG 2.2, 2.1.4).
 */
export function Shortcuts() {
  useEffect(() => {
    let armed = 0;
    const onKey = (event: KeyboardEvent) => {
      const isArmed = performance.now() - armed < PATIENCE;
      armed = 0;
      if (!areOn() || isTaken(event)) return;
      const key = event.key.toLowerCase();
      if (key === "g") armed = performance.now();
      else if (key === "/") focusSearch(event);
      else if (isArmed) linkTo(key)?.click();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return null;
}

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
      </dl>
      <Checkbox
        id="shortcuts-on"
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
