"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";

import { Icon, type IconName } from "./icon";
import { iconButtonClass } from "./icon-button";

const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

const ICONS: Record<Theme, IconName> = { system: "system", light: "sun", dark: "moon" };

/** System, light, dark, in turn. The choice stays in this browser; public/theme.js applies it before the first paint. */
export function ThemeToggle() {
  const t = useTranslations("ui.theme");
  const theme = useSyncExternalStore(onChange, chosenTheme, () => "system" as const);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  // Whole sentences: a word put together in the browser would cost every page the reader of patterns.
  const name = t(theme);

  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      className={iconButtonClass()}
      onClick={() => choose(next)}
    >
      <Icon name={ICONS[theme]} />
    </button>
  );
}

function chosenTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === "light" || theme === "dark" ? theme : "system";
}

function choose(theme: Theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage may be closed to us; the choice then lasts for this page.
  }
}

function onChange(notify: () => void) {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
