import path from "node:path";
import { expect, test } from "vitest";

import { readSources } from "./small-files";

const isForBrowser = (source: string | undefined): boolean =>
  source?.startsWith('"use client"') ?? false;

/** What files of the server take from files for the browser and is no component: calling it throws. */
function callsIntoBrowser(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([file, source]) =>
    isForBrowser(source)
      ? []
      : [...source.matchAll(/import \{([^}]*)\} from "((?:@\/|\.)[^"]*)"/g)].flatMap(
          ([, names = "", from = ""]) => {
            const base = from.startsWith("@/")
              ? from.slice(2)
              : path.posix.join(path.posix.dirname(file), from);
            const target = sources.get(`${base}.tsx`) ?? sources.get(`${base}.ts`);
            if (!isForBrowser(target)) return [];
            return names
              .split(",")
              .map((name) => name.trim())
              .filter((name) => /^[a-z]/.test(name) && !name.startsWith("type "))
              .map((name) => `${file}: ${name}`);
          },
        ),
  );
}

test("the server calls nothing that only a browser can", () => {
  expect(callsIntoBrowser(readSources())).toEqual([]);
});

test("a call that a build lets through is found", () => {
  const planted = new Map([
    ["components/a.tsx", '"use client";\nexport const idOf = () => "";\nexport function Box() {}'],
    ["app/page.tsx", 'import { Box, idOf, type Props } from "@/components/a";'],
    ["components/b.tsx", '"use client";\nimport { idOf } from "./a";'],
  ]);
  expect(callsIntoBrowser(planted)).toEqual(["app/page.tsx: idOf"]);
});
