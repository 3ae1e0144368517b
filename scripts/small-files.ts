import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { inRoot } from "@/lib/paths";

/** Lines up to which a file that serves one other file has to say why it stands alone. */
const MOST_LINES = 35;

const PRODUCT = [
  ...["app", "components", "db", "channels", "domain", "emails", "jobs"],
  ...["lib", "messages", "server", "text", "wording"],
];
/** What else may load product files, tests aside. */
const LOADERS = ["scripts", "stand-ins"];

/** Files whose place and name another tool gives, or of which each is one thing of a list. */
const ROOMS = [
  /^app\/(.*\/)?(page|layout|route|loading|error|not-found|actions)\.tsx?$/,
  /^emails\/[^/]+\.tsx$/,
  /^channels\/(?:[^/]+\/(?:address|post)|catalogue)\.ts$/,
  /^db\/(schema|vocabulary)\//,
];
const ACT = /= (verb|query|chore)[(<]/;

export type Sources = ReadonlyMap<string, string>;

/** Every source file by its path; of the product, what is tests aside. */
export function readSources(): Sources {
  const inFolders = [...PRODUCT, ...LOADERS].flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" }).map((file) =>
      path.posix.join(folder, file),
    ),
  );
  const files = [...inFolders, "proxy.ts", "instrumentation.ts"].filter(
    (file) => /\.tsx?$/.test(file) && !/\.(test|spec)\.tsx?$/.test(file),
  );
  return new Map(files.map((file) => [file, readFileSync(inRoot(file), "utf8")]));
}

/** The product's small files that serve one other file and are no room of their own. */
export function smallFiles(sources: Sources): string[] {
  const loaders = loadersOf(sources);
  return [...sources]
    .filter(([file, text]) => PRODUCT.includes(file.split("/")[0] ?? "") && isSmall(text))
    .filter(([file, text]) => !ROOMS.some((room) => room.test(file)) && !ACT.test(text))
    .map(([file]) => file)
    .filter((file) => loaders.get(file)?.size === 1)
    .sort();
}

const isSmall = (text: string): boolean => text.split("\n").length - 1 <= MOST_LINES;

function loadersOf(sources: Sources): Map<string, Set<string>> {
  const loaders = new Map<string, Set<string>>();
  for (const [file, text] of sources) {
    for (const [, specifier = ""] of text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
      const target = fileOf(sources, file, specifier);
      if (target) loaders.set(target, (loaders.get(target) ?? new Set()).add(file));
    }
  }
  return loaders;
}

function fileOf(sources: Sources, from: string, specifier: string): string | undefined {
  const base = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".") && path.posix.join(path.posix.dirname(from), specifier);
  if (base === false) return undefined;
  return [".ts", ".tsx", "/index.ts"].map((end) => base + end).find((file) => sources.has(file));
}
