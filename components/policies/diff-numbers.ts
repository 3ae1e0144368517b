import { type DiffEntry } from "@/text/diff";

export type NumberedEntry = {
  entry: DiffEntry;
  /** 1, 2, 3 … over what is not the same; null for what is. */
  number: number | null;
  /** Of a moved clause: the number of its other place. */
  other: number | null;
};

/** Counts the changes in reading order and ties the two places of a moved clause together. */
export function numberChanges(entries: readonly DiffEntry[]): NumberedEntry[] {
  let count = 0;
  const numbers = entries.map((entry) => (entry.kind === "unchanged" ? null : ++count));
  const places = new Map(
    entries.flatMap((entry, index) =>
      entry.kind === "moved" ? [[placeOf(entry, entry.at), numbers[index] ?? null] as const] : [],
    ),
  );
  return entries.map((entry, index) => ({
    entry,
    number: numbers[index] ?? null,
    other:
      entry.kind === "moved"
        ? (places.get(placeOf(entry, entry.at === "old" ? "new" : "old")) ?? null)
        : null,
  }));
}

function placeOf(entry: Extract<DiffEntry, { kind: "moved" }>, at: "old" | "new"): string {
  return `${at} ${entry.after.anchor}`;
}
