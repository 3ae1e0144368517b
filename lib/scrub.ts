import { inspect } from "node:util";

/** What quotes values: drizzle's list of parameters, PostgreSQL's detail of a row. */
const QUOTED_VALUES = /(?:^|\n)\s*(?:params|detail|where|parameters)\s*:[^\n]*/gi;
/** An address, plain or percent-encoded. */
const ADDRESS = /[^\s@<>"'`=&?,;:()[\]{}]+(?:@|%40)[a-z0-9.-]+\.[a-z]{2,}/gi;
const LONGEST = 8000;

/** One line of a program's own complaint, with nothing in it that a person gave us. */
export function scrub(parts: readonly unknown[]): string {
  const text = parts
    .map((part) =>
      typeof part === "string"
        ? part
        : part instanceof Error
          ? tell(part)
          : inspect(part, { depth: 1 }),
    )
    .join(" ");
  return text.replaceAll(QUOTED_VALUES, "").replaceAll(ADDRESS, "…@…").slice(0, LONGEST);
}

/** An error's name, code, digest, message and frames; its other properties may hold anything. */
function tell(error: Error): string {
  const { code, digest } = error as { code?: unknown; digest?: unknown };
  const marks = [code, digest].filter((mark) => typeof mark === "string").join(" ");
  return `${marks ? `[${marks}] ` : ""}${error.stack ?? `${error.name}: ${error.message}`}`;
}
