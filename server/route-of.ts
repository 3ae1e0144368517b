import fs from "node:fs";

import { inRoot } from "@/lib/paths";

type Route = { route: string; pattern: RegExp };

const MOST_KNOWN = 2_000;
const known = new Map<string, string>();
let routes: Route[] | undefined;

/** The route of the build that answers an address: "/[locale]/policies/[slug]"; "other" for what is none. */
export function routeOf(url: string): string {
  const path = url.split("?")[0] ?? "";
  const before = known.get(path);
  if (before) return before;
  routes ??= builtRoutes();
  const route = routes.find(({ pattern }) => pattern.test(path))?.route ?? "other";
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(path, route);
  return route;
}

/** What varies least comes first, as Next itself chooses. */
export function patternsOf(names: readonly string[]): Route[] {
  return names
    .toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))
    .map((route) => ({ route, pattern: patternOf(route) }));
}

const rank = (route: string): string =>
  route.replaceAll(/\[\[?\.\.\.[^\]]+\]?\]/g, "~~").replaceAll(/\[[^\]]+\]/g, "~");

function patternOf(route: string): RegExp {
  const source = route
    .split(/(\[\[?[^\]]+\]?\])/)
    .map((part) => {
      if (part.startsWith("[[...")) return ".*";
      if (part.startsWith("[...")) return ".+";
      return part.startsWith("[") ? "[^/]+" : part.replaceAll(/[.*+?^${}()|\\]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${source}/?$`);
}

function builtRoutes(): Route[] {
  const file = inRoot(".next", "app-path-routes-manifest.json");
  // Whoever runs without a build has no routes of it.
  const manifest = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "{}";
  const names = Object.values(JSON.parse(manifest) as Record<string, string>);
  return [
    { route: "/_next", pattern: /^\/_next\// },
    ...patternsOf([...new Set(names)].filter((name) => !name.startsWith("/_"))),
  ];
}
