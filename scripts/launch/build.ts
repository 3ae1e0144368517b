import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

import { childEnvironment } from "@/lib/env";
import { inRoot, ROOT } from "@/lib/paths";
import { StartError } from "@/lib/start-error";

import { ownScripts, placeOf, writeOwnScripts } from "./own-scripts";

/** Folders and files a build does not read; the build itself writes our own scripts and tsconfig.json. */
const APART = /^(\..*|node_modules|docs|scripts|stand-ins|tests|test-results|playwright-report)$/;
const APART_FILES =
  /(\.md|\.test\.tsx?|\.tsbuildinfo)$|^(tsconfig\.json|next-env\.d\.ts|(vitest|playwright|eslint|drizzle)\.config\.m?[jt]s)$/;

const WRITTEN = new Set(ownScripts.map(placeOf));

const STAMP = path.join(".next", "gaozhi-sources");
export const NEXT = path.join("node_modules", "next", "dist", "bin", "next");

/** Whether the production build is of exactly these sources. */
export function isBuilt(): boolean {
  const stamp = inRoot(STAMP);
  if (!ownScripts.every((script) => fs.existsSync(placeOf(script)))) return false;
  if (!fs.existsSync(inRoot(".next", "BUILD_ID")) || !fs.existsSync(stamp)) return false;
  return fs.readFileSync(stamp, "utf8") === fingerprint();
}

/** Whether there is a build to run: of these sources, or one that the operator made with Next itself. */
export function isBuiltSomehow(): boolean {
  const isByNext = fs.existsSync(inRoot(".next", "BUILD_ID")) && !fs.existsSync(inRoot(STAMP));
  return isByNext || isBuilt();
}

/**
 * Makes the production build when there is none of these sources.
 * @param output "inherit" shows Next's own words as they come
 * @throws StartError with the end of Next's words when it fails
 */
export async function ensureBuilt(output: "inherit" | "pipe" = "pipe"): Promise<void> {
  if (isBuilt()) return;

  const built = fingerprint();
  await writeOwnScripts();
  fs.rmSync(inRoot(STAMP), { force: true });
  const child = spawn(process.execPath, [NEXT, "build"], {
    cwd: ROOT,
    env: childEnvironment({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
    stdio: ["ignore", output, output],
  });
  const endBuild = () => child.kill();
  process.once("exit", endBuild);
  let words = "";
  child.stdout?.on("data", (chunk) => (words += String(chunk)));
  child.stderr?.on("data", (chunk) => (words += String(chunk)));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  process.off("exit", endBuild);
  if (code !== 0) {
    throw new StartError(
      `${words.slice(-4_000)}\n构建失败,原因见上。`,
      "The build failed; the reason is above.",
    );
  }
  fs.writeFileSync(inRoot(STAMP), built);
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const entry of fs.readdirSync(ROOT, { withFileTypes: true }).sort(byName)) {
    if (!APART.test(entry.name)) add(hash, ROOT, entry);
  }
  return hash.digest("hex");
}

function add(hash: ReturnType<typeof createHash>, folder: string, entry: fs.Dirent): void {
  const file = path.join(folder, entry.name);
  if (entry.isDirectory()) {
    for (const inside of fs.readdirSync(file, { withFileTypes: true }).sort(byName)) {
      add(hash, file, inside);
    }
  } else if (entry.isFile() && !APART_FILES.test(entry.name) && !WRITTEN.has(file)) {
    const content = fs.readFileSync(file);
    hash.update(`${path.relative(ROOT, file)}\0${content.length}\0`).update(content);
  }
}

function byName(one: fs.Dirent, other: fs.Dirent): number {
  return one.name < other.name ? -1 : 1;
}
