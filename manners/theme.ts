/**
 * System, light, dark, in turn. The choice stays in this browser; lib/own-scripts.ts applies it
 * before the first paint. Each theme has a button of its own, of which the style shows one.
 */
export function turnTheme(pressed: HTMLElement, theme: string): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage may be closed to us; the choice then lasts for this page.
  }
  // The pressed one is gone from sight, and the focus with it.
  pressed.parentElement?.querySelector<HTMLElement>(`[data-in-theme="${theme}"]`)?.focus();
}
