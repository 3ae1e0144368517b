/**
 * The label that usually follows the newest one: its last number and one ("3.2" → "3.3",
 * "2026-03" → "2026-04"); "1.0" for the first, "" where the labels do not count.
 */
export function nextLabel(newestFirst: readonly string[]): string {
  const [newest] = newestFirst;
  if (newest === undefined) return "1.0";
  const { stem, number } = /^(?<stem>.*?)(?<number>\d+)$/.exec(newest)?.groups ?? {};
  if (stem === undefined || number === undefined) return "";
  return `${stem}${String(Number(number) + 1).padStart(number.length, "0")}`;
}
