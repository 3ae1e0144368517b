import { type CSSProperties } from "react";

import type { Locale } from "@/db/vocabulary/languages";

/** The light values of app/tokens.css: a mail cannot read custom properties. */
export const COLOURS = {
  ground: "#F4F2ED",
  sheet: "#FFFFFF",
  sunken: "#F7F5F1",
  line: "#E6E2DB",
  lineStrong: "#CDC8BF",
  ink: "#1E1C19",
  inkSoft: "#45423C",
  inkMuted: "#67635B",
  action: "#0B4DC2",
  actionInk: "#FFFFFF",
  seal: "#BE3517",
  sealInk: "#FFFFFF",
  warn: "#7A5000",
  warnSoft: "#FAF2DF",
  warnLine: "#E0C992",
} as const;

const LATIN = '-apple-system, "Segoe UI", Roboto';
const LATIN_OF_LINUX = '"Noto Sans", "Liberation Sans", "DejaVu Sans"';
const CHINESE =
  '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC"';

/** System faces only, Latin first, as in app/tokens.css: a Chinese face draws ’ as wide as a character. */
export const fontOf = (locale: Locale) =>
  [LATIN, ...(locale === "en" ? [LATIN_OF_LINUX] : []), CHINESE, "sans-serif"].join(", ");
export const FONT_CODE =
  '"SF Mono", "Cascadia Mono", Consolas, Menlo, "Noto Sans Mono CJK SC", monospace';

/** Long addresses and fingerprints break rather than widen a phone's screen. */
export const BREAK_ANYWHERE: CSSProperties = { wordBreak: "break-all" };
export const BREAK_WORDS: CSSProperties = { overflowWrap: "anywhere", wordBreak: "break-word" };

export const BODY: CSSProperties = { fontSize: "16px", lineHeight: "28px", color: COLOURS.ink };
export const UI: CSSProperties = { fontSize: "14px", lineHeight: "24px", color: COLOURS.ink };
export const CAPTION: CSSProperties = {
  fontSize: "12px",
  lineHeight: "20px",
  color: COLOURS.inkMuted,
};
export const LINK: CSSProperties = { color: COLOURS.action, textDecoration: "underline" };
