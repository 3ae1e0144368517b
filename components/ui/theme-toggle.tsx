import { useTranslations } from "next-intl";

import { cn } from "@/lib/cn";

import { Icon, type IconName } from "./icon";
import { iconButtonClass } from "./icon-button";

type Theme = "system" | "light" | "dark";

/** Each with the one that follows it. */
const TURNS: readonly [Theme, Theme, IconName][] = [
  ["system", "light", "system"],
  ["light", "dark", "sun"],
  ["dark", "system", "moon"],
];

/**
 * System, light, dark, in turn: a button for each, of which app/globals.css shows the one of the theme
 * that is on, so that none is drawn wrong before scripts run. `manners/theme.ts` turns.
 */
export function ThemeToggle() {
  const t = useTranslations("ui.theme");
  return TURNS.map(([theme, next, icon]) => (
    <button
      key={theme}
      type="button"
      aria-label={t(theme)}
      title={t(theme)}
      data-in-theme={theme}
      data-turn-theme={next}
      className={cn(iconButtonClass(), "noscript:invisible")}
    >
      <Icon name={icon} />
    </button>
  ));
}
