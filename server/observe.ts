import { inspect } from "node:util";
import type { Instrumentation } from "next";

import { dropLargeBodies } from "@/lib/body-size";
import { answerBrokenCalls } from "@/lib/broken-calls";
import { setting } from "@/lib/env";
import { log } from "@/lib/log";
import { stampPeers } from "@/lib/peer-address";

import { standInFront } from "./front";

/** What a server process does from its start on. */
export function observe(): void {
  stampPeers();
  dropLargeBodies("gaozhi-session");
  answerBrokenCalls();
  if (setting("NODE_ENV") !== "production") return;
  standInFront("gaozhi-session");
  takeOverConsole();
}

/** What went wrong in which kind of page, under the id its reader is shown. Never what it was asked with. */
export const noteFailure: Instrumentation.onRequestError = (error, { method }, context) => {
  const { name = "unknown", code, digest } = error as Partial<Error> & Marks;
  log.error(
    { error: name, code, digest, method, route: context.routePath, kind: context.routeType },
    "request failed",
  );
};

type Marks = { code?: string; digest?: string };

/** Next prints every error whole, with what the error quotes; here it goes through the one logger. */
function takeOverConsole(): void {
  const { console } = globalThis;
  console.error = (...parts: unknown[]) => log.error(scrub(parts));
  console.warn = (...parts: unknown[]) => log.warn(scrub(parts));
}

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
