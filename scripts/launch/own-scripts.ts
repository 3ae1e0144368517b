import fs from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

import { inRoot, ROOT } from "@/lib/paths";

/** Scripts that Next serves as they are, from `public`: each the first file of what it is made of. */
export const OWN_SCRIPTS = {
  "gaozhi-bell.js": inRoot("bell", "gaozhi-bell.ts"),
  "manners.js": inRoot("manners", "manners.ts"),
  "push.js": inRoot("channels", "push", "worker.ts"),
} as const;

export type OwnScript = keyof typeof OWN_SCRIPTS;

export const ownScripts = Object.keys(OWN_SCRIPTS) as OwnScript[];

export const placeOf = (script: OwnScript): string => inRoot("public", script);

/** A script as browsers get it: one file of what lies in its folder, the same each time. */
export async function buildScript(script: OwnScript): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: [OWN_SCRIPTS[script]], absWorkingDir: ROOT, write: false },
    ...{ bundle: true, format: "iife", platform: "browser", target: "es2022" },
    ...{ minify: true, charset: "utf8", legalComments: "none", tsconfigRaw: {} },
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

export async function writeOwnScripts(): Promise<void> {
  await Promise.all(
    ownScripts.map(async (script) => {
      await fs.mkdir(path.dirname(placeOf(script)), { recursive: true });
      await fs.writeFile(placeOf(script), await buildScript(script));
    }),
  );
}
