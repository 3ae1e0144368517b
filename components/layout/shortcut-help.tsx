"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";

import { Checkbox } from "@/components/ui/choice";

import { areOn, onTurn, ROOMS, turnShortcuts } from "./shortcuts";

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
        onChange={({ target }) => turnShortcuts(target.checked)}
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
