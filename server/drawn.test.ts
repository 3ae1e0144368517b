import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

import { inRoot } from "@/lib/paths";

const filesBelow = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** Draws beside a field while somebody types, which nobody does without scripts. */
const WITH_SCRIPTS_ALONE = ["app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/page.tsx"];

test("a page whose action draws something shows it without scripts too", () => {
  const drawing = filesBelow(inRoot("app")).filter(
    (file) => file.endsWith("actions.tsx") && /\bshown[:,]/.test(fs.readFileSync(file, "utf8")),
  );
  expect(drawing.length).toBeGreaterThan(3);
  const pages = drawing.map((file) => path.join(path.dirname(file), "page.tsx"));
  const without = pages.filter((page) => !fs.readFileSync(page, "utf8").includes("<Drawn />"));
  expect(without).toEqual(WITH_SCRIPTS_ALONE.map((page) => inRoot(page)));
});
