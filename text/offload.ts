import { createHash } from "node:crypto";
import os from "node:os";

import { Invalid, type MessageValues } from "@/domain/errors";
import { inRoot } from "@/lib/paths";
import { Overloaded, ThreadPool } from "@/lib/thread-pool";

import type { PolicyBlock } from "./blocks";
import { comparePolicies, type PolicyDiff } from "./diff";
import { type ImportedText, importText, type TextSource } from "./import-text";
import { parsePolicyText } from "./parse-text";

/** What a thread is asked (text/thread.ts), and what it answers. */
export type Question =
  | { kind: "read"; text: string }
  | { kind: "compare"; before: string; after: string }
  | { kind: "import"; source: TextSource };

export type Answer =
  | { result: unknown }
  | { refusal: { messageKey: string; fields: Record<string, string[]>; values: MessageValues } }
  | { fault: unknown };

/** Characters that are read where they are: asking a thread would take longer. */
const AT_ONCE = 500;

/** The longest text that is let in takes some 6 s to read and 8 s to compare. */
const BUDGET = { workMs: 20_000, waitMs: 20_000, waiting: 40, megabytes: 512 };

/** Kept on the global object because Next's development server loads this file again and again. */
declare global {
  var gaozhiTextThreads: ThreadPool | undefined;
}

const threads = (): ThreadPool =>
  (globalThis.gaozhiTextThreads ??= new ThreadPool({
    ...BUDGET,
    file: inRoot("text", "thread.mjs"),
    threads: Math.min(4, Math.max(2, os.availableParallelism() - 1)),
  }));

/** Whether nobody else may wait for a thread just now. */
export const isLineFull = (): boolean => globalThis.gaozhiTextThreads?.isLineFull ?? false;

/** Characters of the texts whose blocks are kept: some fifty guides, and as many comparisons. */
const KEPT = 1_000_000;
const recentTexts = keepRecent<PolicyBlock[]>(KEPT);
const recentComparisons = keepRecent<PolicyDiff>(KEPT);

/** The blocks of a stored text, as `parsePolicyText` reads them. @throws Invalid policies.errors.tooBusy */
export async function readText(text: string): Promise<PolicyBlock[]> {
  if (text.length <= AT_ONCE) return parsePolicyText(text);
  return recentTexts(hashOf(text), text.length, () => ask<PolicyBlock[]>({ kind: "read", text }));
}

/** Two stored texts, as `comparePolicies` compares them. @throws Invalid policies.errors.tooBusy */
export async function compareTexts(before: string, after: string): Promise<PolicyDiff> {
  const size = before.length + after.length;
  if (size <= AT_ONCE) return comparePolicies(parsePolicyText(before), parsePolicyText(after));
  return recentComparisons(`${hashOf(before)} ${hashOf(after)}`, size, () =>
    ask<PolicyDiff>({ kind: "compare", before, after }),
  );
}

/** A text brought in, as `importText` reads it. @throws Invalid, its own and policies.errors.tooBusy */
export async function takeText(source: TextSource): Promise<ImportedText> {
  if ("pasted" in source && source.pasted.length <= AT_ONCE) return importText(source);
  return ask<ImportedText>({ kind: "import", source });
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

async function ask<Result>(question: Question): Promise<Result> {
  const answer = (await threads()
    .run(question)
    .catch((error: unknown) => {
      throw error instanceof Overloaded ? new Invalid("policies.errors.tooBusy") : error;
    })) as Answer;
  if ("refusal" in answer) {
    const { messageKey, fields, values } = answer.refusal;
    throw new Invalid(messageKey, fields, values);
  }
  if ("fault" in answer) throw answer.fault;
  return answer.result as Result;
}

/**
 * Keeps what was made last, so that it is made once for many who ask at the same time or again.
 * @param most how much may be kept, in the unit of `sizeOf`
 */
export function keepRecent<Result>(most: number) {
  const kept = new Map<string, { result: Promise<Result>; size: number }>();
  let held = 0;

  const forget = (key: string) => {
    held -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };

  return (key: string, size: number, make: () => Promise<Result>): Promise<Result> => {
    const known = kept.get(key);
    if (known) {
      // The last in the map is the last to go.
      kept.delete(key);
      kept.set(key, known);
      return known.result;
    }
    const result = make();
    kept.set(key, { result, size });
    held += size;
    // A failure is not kept: the next who asks may have more luck.
    result.catch(() => kept.get(key)?.result === result && forget(key));
    for (const oldest of kept.keys()) {
      if (held <= most) break;
      forget(oldest);
    }
    return result;
  };
}
