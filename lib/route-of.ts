import fs from "node:fs";

import { inRoot } from "./paths";

type Route = { route: string; matches: (parts: readonly string[]) => boolean };

const MOST_KNOWN = 2_000;
const known = new Map<string, string>();
let routes: Route[] | undefined;

/** The route of the build that answers an address: "/[locale]/policies/[slug]"; "other" for what is none. */
export function routeOf(url: string): string {
  const path = url.split("?")[0] ?? "";
  const before = known.get(path);
  if (before) return before;
  routes ??= builtRoutes();
  const parts = partsOf(path);
  const route = routes.find(({ matches }) => matches(parts))?.route ?? "other";
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(path, route);
  return route;
}

/** Whether a page of the build answers a path; without a build nobody knows, and it is taken for one. */
export function isPlace(path: string): boolean {
  routes ??= builtRoutes();
  const route = routeOf(path);
  return routes.length === 1 || (route !== "other" && !route.endsWith("/[...rest]"));
}

export const partsOf = (path: string): string[] => path.replace(/\/$/, "").split("/").slice(1);

/** What varies least comes first, as Next itself chooses. */
export function routesOf(names: readonly string[]): Route[] {
  return names
    .toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))
    .map((route) => ({ route, matches: (parts) => isOf(partsOf(route), parts) }));
}

const rank = (route: string): string =>
  route.replaceAll(/\[\[?\.\.\.[^\]]+\]?\]/g, "~~").replaceAll(/\[[^\]]+\]/g, "~");

function isOf(route: readonly string[], parts: readonly string[]): boolean {
  for (const [index, name] of route.entries()) {
    if (name.startsWith("[[...")) return true;
    if (name.startsWith("[...")) return parts.length > index;
    const part = parts[index];
    if (!part || (!name.startsWith("[") && name !== part)) return false;
  }
  return parts.length === route.length;
}

function builtRoutes(): Route[] {
  const file = inRoot(".next", "app-path-routes-manifest.json");
  // Whoever runs without a build has no routes of it.
  const manifest = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "{}";
  const names = Object.values(JSON.parse(manifest) as Record<string, string>);
  return [
    { route: "/_next", matches: ([first]) => first === "_next" },
    ...routesOf([...new Set(names)].filter((name) => !name.startsWith("/_"))),
  ];
}
