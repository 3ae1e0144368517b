import { readFileSync } from "node:fs";
import { z } from "zod";

import { inRoot } from "@/lib/paths";

const routes = z.record(z.string(), z.string());
const references = z.object({
  node: z.record(
    z.string(),
    z.object({
      filename: z.string(),
      exportedName: z.string(),
      workers: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** Every route of the build, by its pattern: "/[locale]/home", "/healthz". */
export function builtRoutes(): string[] {
  const manifest = routes.parse(readJson(".next", "app-path-routes-manifest.json"));
  return [...new Set(Object.values(manifest))].sort();
}

/** Every server action of the build: its id, its name "path#export", and the routes whose pages hold it. */
export function builtActions(): { id: string; name: string; routes: string[] }[] {
  const routeOf = routes.parse(readJson(".next", "app-path-routes-manifest.json"));
  const { node } = references.parse(readJson(".next", "server", "server-reference-manifest.json"));
  return Object.entries(node)
    .map(([id, { filename, exportedName, workers }]) => ({
      id,
      name: `${filename.replace(/\.tsx?$/, "")}#${exportedName}`,
      routes: Object.keys(workers).map((page) => routeOf[page.replace(/^app/, "")] ?? page),
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

/** Reads one of the build's own files. */
function readJson(...path: string[]): unknown {
  return JSON.parse(readFileSync(inRoot(...path), "utf8"));
}
