import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

import { inRoot } from "@/lib/paths";

/** `docs/decisions/`, `db/vocabulary`, `eslint.config.mjs`: what can only be a place in the repository. */
const PLACE = /^(?:[\w.-]+\/)+[\w.[\]-]*$|^\.?[\w.-]+\.(?:ts|mjs|cjs|js|md|json|sql)$/;

test.each(documents())("%s names only files and commands that there are", (document) => {
  const text = readFileSync(inRoot(document), "utf8");
  const gone = [
    ...links(text).filter((link) => !existsSync(inRoot(path.dirname(document), link))),
    ...places(text).filter(
      (place) => !existsSync(inRoot(place)) && !existsSync(inRoot(`${place}.ts`)),
    ),
    ...commands(text).filter((command) => !scripts().includes(command)),
  ];

  expect(gone).toEqual([]);
});

test.each(documents())("%s holds no marks of a merge", (document) => {
  expect(readFileSync(inRoot(document), "utf8")).not.toMatch(/^\|? ?(<{7}|={7}|>{7})/m);
});

test("a text's links, places and commands are found; addresses and shell words are not taken for them", () => {
  const text =
    "![a](b/c.png) [d](../e.md#f) [g](https://h.example) [i](#j) `lib/x.ts` `db/y` `z/` `.eslint.mjs` `npm run dev` `/healthz` `.docx` `messages/<locale>/k.json`";

  expect(links(text)).toEqual(["b/c.png", "../e.md"]);
  expect(places(text)).toEqual(["lib/x.ts", "db/y", "z/", ".eslint.mjs"]);
  expect(commands(text)).toEqual(["dev"]);
});

function documents(): string[] {
  const below = readdirSync(inRoot("docs"), { recursive: true, encoding: "utf8" });
  return [
    "README.md",
    "CONTRIBUTING.md",
    ...below.filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
  ];
}

function links(text: string): string[] {
  return found(text, /\]\((?![a-z]+:|#)([^)#\s]+)/g);
}

function places(text: string): string[] {
  return found(text, /`([^`\n]+)`/g).filter((word) => PLACE.test(word));
}

function commands(text: string): string[] {
  return found(text, /npm run ([\w:-]+)/g);
}

function scripts(): string[] {
  const manifest: { scripts: object } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  return Object.keys(manifest.scripts);
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, word]) => word ?? []);
}
