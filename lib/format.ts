import { OFFSET_MS } from "./shanghai";

/** The languages the product is shown in; the same list as db/vocabulary LOCALES, which lib may not load. */
type DisplayLocale = "zh-CN" | "en";
type Moment = Date | string | number;

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Made once: making one takes far longer than using it. */
const numbersOf = (locale: DisplayLocale) => ({
  whole: new Intl.NumberFormat(locale),
  tenth: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
  share: new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }),
});
const NUMBERS = { "zh-CN": numbersOf("zh-CN"), en: numbersOf("en") };

/** `2026年3月15日 14:05（北京时间）` · `15 Mar 2026, 14:05 (UTC+8)` */
export function formatDateTime(moment: Moment, locale: DisplayLocale): string {
  const { time } = parts(moment);
  const date = formatDate(moment, locale);
  return locale === "zh-CN" ? `${date} ${time}（北京时间）` : `${date}, ${time} (UTC+8)`;
}

/** `2026年3月15日 14:05` · `15 Mar 2026, 14:05`, of a minute on any clock: "2026-03-15T14:05". */
export function formatClock(minute: string, locale: DisplayLocale): string {
  const [day = "", time = ""] = minute.split("T");
  const date = formatDate(`${day}T12:00:00+08:00`, locale);
  return locale === "zh-CN" ? `${date} ${time}` : `${date}, ${time}`;
}

/** `2026年3月15日` · `15 Mar 2026` */
export function formatDate(moment: Moment, locale: DisplayLocale): string {
  const { year, month, day } = parts(moment);
  return locale === "zh-CN"
    ? `${year}年${month}月${day}日`
    : `${day} ${MONTHS[month - 1] ?? month} ${year}`;
}

/** `3月15日` · `15 Mar`, where the year is plain from the context. */
export function formatShortDate(moment: Moment, locale: DisplayLocale): string {
  const { month, day } = parts(moment);
  return locale === "zh-CN" ? `${month}月${day}日` : `${day} ${MONTHS[month - 1] ?? month}`;
}

/** `2026年3月` · `Mar 2026`, of a month or a day: "2026-03". */
export function formatMonth(month: string, locale: DisplayLocale): string {
  const year = month.slice(0, 4);
  const name = formatMonthName(month, locale);
  return locale === "zh-CN" ? `${year}年${name}` : `${name} ${year}`;
}

/** `3月` · `Mar` */
export function formatMonthName(month: string, locale: DisplayLocale): string {
  const number = Number(month.slice(5, 7));
  return locale === "zh-CN" ? `${number}月` : (MONTHS[number - 1] ?? month);
}

/** `2026-03-15 14:05`, for columns of a table. */
export function formatTableDateTime(moment: Moment): string {
  return `${formatTableDate(moment)} ${parts(moment).time}`;
}

/** `2026-03-15 14:05:09`, for what follows each other within a minute. */
export function formatTableSeconds(moment: Moment): string {
  return `${formatTableDateTime(moment)}:${two(new Date(moment).getUTCSeconds())}`;
}

/** `2026-03-15`, for columns of a table and for date inputs. */
export function formatTableDate(moment: Moment): string {
  const { year, month, day } = parts(moment);
  return `${year}-${two(month)}-${two(day)}`;
}

/** `14:05` */
export function formatTime(moment: Moment): string {
  return parts(moment).time;
}

/** For the datetime attribute of `<time>`: `2026-03-15T14:05+08:00`. */
export function machineDateTime(moment: Moment): string {
  return `${formatTableDate(moment)}T${parts(moment).time}+08:00`;
}

/** `1,284` */
export function formatNumber(value: number, locale: DisplayLocale): string {
  return NUMBERS[locale].whole.format(value);
}

/** `2.4%`; the share of the whole is between 0 and 1. */
export function formatShare(share: number, locale: DisplayLocale): string {
  return NUMBERS[locale].share.format(share);
}

/** `9.8 MB`, in steps of 1024, with one digit after the point where it says something. */
export function formatFileSize(bytes: number, locale: DisplayLocale): string {
  const units = ["B", "KB", "MB", "GB"] as const;
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  const digits = power === 0 ? NUMBERS[locale].whole : NUMBERS[locale].tenth;
  return `${digits.format(bytes / 1024 ** power)} ${units[power] ?? "B"}`;
}

/** Whole days of Beijing's calendar from now to then: 0 is today, negative is past. */
export function daysUntil(moment: Moment, now: Moment): number {
  return Math.round((startOfDay(moment) - startOfDay(now)) / DAY_MS);
}

/** How much time is left, in the coarsest unit that tells the reader when to act. */
export function timeLeft(
  moment: Moment,
  now: Moment,
): { unit: "days" | "hours" | "minutes" | "past"; count: number } {
  const left = new Date(moment).getTime() - new Date(now).getTime();
  if (left <= 0) return { unit: "past", count: Math.max(0, -daysUntil(moment, now)) };
  if (left >= DAY_MS) return { unit: "days", count: Math.max(1, daysUntil(moment, now)) };
  if (left >= HOUR_MS) return { unit: "hours", count: Math.floor(left / HOUR_MS) };
  return { unit: "minutes", count: Math.max(1, Math.ceil(left / (60 * 1000))) };
}

/**
 * All times are shown in Beijing time, whatever the clock of the server or the reader. By hand: asking Intl
 * for its parts took a twentieth of a page's time.
 * @throws RangeError where it is no moment
 */
function parts(moment: Moment) {
  const shown = new Date(new Date(moment).getTime() + OFFSET_MS);
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    time: shown.toISOString().slice(-13, -8),
  };
}

function startOfDay(moment: Moment): number {
  const { year, month, day } = parts(moment);
  return Date.UTC(year, month - 1, day);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A country by its ISO 3166 code ("US") in the reader's language; the code itself where none has it. */
export const countryName = (code: string, locale: DisplayLocale): string =>
  new Intl.DisplayNames(locale, { type: "region", fallback: "code" }).of(code) ?? code;
