import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { ENV_VARIABLES } from "@/lib/env";
import { inRoot } from "@/lib/paths";

import { envTable } from "./env-table";

test("the README's table of variables is the one in lib/env.ts", () => {
  const readme = readFileSync(inRoot("README.md"), "utf8");
  const shown = /<!-- env -->\n+([^]*?)\n+<!-- \/env -->/.exec(readme)?.[1];
  const cells = (table: string | undefined) => table?.replaceAll(/ {2,}|-{3,}/g, " ");
  expect(cells(shown)).toBe(cells(envTable(ENV_VARIABLES)));
});

test("a default stands there as it may be written", () => {
  expect(ENV_VARIABLES.filter((one) => one.default?.includes("[object"))).toEqual([]);
});
