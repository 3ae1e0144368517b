import fs from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

import { inRoot, ROOT } from "@/lib/paths";

/** Where Next serves it from, as it is. */
export const BELL = inRoot("public", "gaozhi-bell.js");

/** gaozhi-bell.js as browsers get it: one file of what lies in bell/, the same each time. */
export async function buildBell(): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: [inRoot("bell", "gaozhi-bell.ts")], absWorkingDir: ROOT, write: false },
    ...{ bundle: true, format: "iife", platform: "browser", target: "es2022" },
    ...{ minify: true, charset: "utf8", legalComments: "none", tsconfigRaw: {} },
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

export async function writeBell(): Promise<void> {
  await fs.mkdir(path.dirname(BELL), { recursive: true });
  await fs.writeFile(BELL, await buildBell());
}
