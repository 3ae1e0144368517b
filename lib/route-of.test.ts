import { expect, test } from "vitest";

import { partsOf, routesOf } from "./route-of";

const routes = routesOf([
  "/[locale]/[...rest]",
  "/[locale]/policies/[slug]",
  "/[locale]/policies/[slug]/[version]/changes",
  "/[locale]",
  "/[locale]/ops/policies/new",
  "/[locale]/ops/policies/[documentId]",
  "/api/auth/[...nextauth]",
  "/feeds/[locale]/atom.xml",
]);
const routeOf = (path: string) => routes.find(({ matches }) => matches(partsOf(path)))?.route;

test.each([
  ["/zh-CN", "/[locale]"],
  ["/zh-CN/", "/[locale]"],
  ["/en/policies/im-guide", "/[locale]/policies/[slug]"],
  ["/en/policies/im-guide/3.2/changes", "/[locale]/policies/[slug]/[version]/changes"],
  ["/en/ops/policies/new", "/[locale]/ops/policies/new"],
  ["/en/ops/policies/6f1c7d1e", "/[locale]/ops/policies/[documentId]"],
  ["/en/anything/else", "/[locale]/[...rest]"],
  ["/api/auth/callback/oidc", "/api/auth/[...nextauth]"],
  ["/feeds/en/atom.xml", "/feeds/[locale]/atom.xml"],
  ["/feeds/en/atomxml", "/[locale]/[...rest]"],
  ["/healthz/x.y", "/[locale]/[...rest]"],
  ["", undefined],
])("%s is of %s", (path, route) => {
  expect(routeOf(path)).toBe(route);
});
