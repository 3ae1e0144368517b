import { readFileSync } from "node:fs";

import { z } from "zod";

import { inRoot } from "@/lib/paths";

const routes = z.record(z.string(), z.string());
const references = z.object({
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
});

/** Every route of the build, by its pattern: "/[locale]/home", "/healthz". */
export function builtRoutes(): string[] {
  const manifest = routes.parse(readJson(".next", "app-path-routes-manifest.json"));
  return [...new Set(Object.values(manifest))].sort();
}

/** Every server action of the build: its id, and the name "path#export" without the extension. */
export function builtActions(): { id: string; name: string }[] {
  const { node } = references.parse(readJson(".next", "server", "server-reference-manifest.json"));
  return Object.entries(node)
    .map(([id, { filename, exportedName }]) => ({
      id,
      name: `${filename.replace(/\.tsx?$/, "")}#${exportedName}`,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** What the build has prerendered: pages that are the same for everybody. */
export function prerenderedRoutes(): string[] {
  const manifest = z
    .object({ routes: z.record(z.string(), z.unknown()) })
    .parse(readJson(".next", "prerender-manifest.json"));
  return Object.keys(manifest.routes).sort();
}

function readJson(...path: string[]): unknown {
  return JSON.parse(readFileSync(inRoot(...path), "utf8"));
}
