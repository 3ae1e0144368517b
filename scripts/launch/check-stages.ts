import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";

import { inRoot, ROOT } from "@/lib/paths";

import { NEXT } from "./build";
import { type Beside, checkStage, type Counts, countedStage, type Stage } from "./stages";

/** What the import rules are held against: all that is ours. */
const OURS =
  "app bell channels components db domain emails jobs lib manners messages scripts server stand-ins tests text wording instrumentation.ts proxy.ts".split(
    " ",
  );

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});

/** A program of an installed package, as an argument of node. */
export function program(...parts: string[]): string {
  return path.join("node_modules", ...parts);
}

/** Format, lint, import rules and types; they do not touch each other. */
export function checkStages(): Beside {
  const existing = OURS.filter((place) => fs.existsSync(inRoot(place)));
  return [
    // The two longest first, so that the short ones fill what is left.
    typesStage(),
    checkStage(
      "lint",
      "npm run lint; npx eslint --fix <file> mends what it can, the house rules stand in eslint.config.mjs",
      [
        program("eslint", "bin", "eslint.js"),
        ...[".", "--max-warnings", "0", "--cache", "--cache-strategy", "content"],
        ...["--cache-location", lintCache()],
      ],
    ),
    checkStage("format", "npm run format mends it", [
      program("oxfmt", "bin", "oxfmt"),
      ...["--check", "."],
    ]),
    // A test in a browser that cannot load another's file would be missed, not failed.
    checkStage("browser tests load", "npx playwright test --list", [
      program("@playwright", "test", "cli.js"),
      ...["test", "--list", "--quiet"],
    ]),
    checkStage("import rules", "who may load whom: CONTRIBUTING.md, where a line lives", [
      program("dependency-cruiser", "bin", "dependency-cruise.mjs"),
      ...["--config", ".dependency-cruiser.cjs", ...existing],
    ]),
  ];
}

/** The types of Next's routes and style sheets are generated, and not in the repository. */
export function typesStage(): Stage {
  return checkStage(
    "types",
    "npm run typecheck",
    [NEXT, "typegen"],
    [
      program("typescript-7", "bin", "tsc"),
      // What it would keep for the next run does not notice that the generated types have changed.
      ...["--noEmit", "-p", ".", "--incremental", "false"],
    ],
  );
}

/** The tests that need neither build nor browser: all, or those whose path holds one of the names. */
export function unitStage(names: readonly string[] = []): Stage {
  return countedStage({
    name: "unit and domain tests",
    hint: (files) => `npm run test:unit ${files}`,
    command: (report) => ({
      words: [
        program("vitest", "vitest.mjs"),
        ...["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
        ...names,
      ],
      environment: { NODE_ENV: "test" },
    }),
    count: countVitest,
  });
}

/** The house's own rules stand in the configuration, which the cache of eslint does not look into. */
function lintCache(): string {
  const configuration = fs.readFileSync(inRoot("eslint.config.mjs"));
  const hash = createHash("sha256").update(configuration).digest("hex").slice(0, 12);
  return program(".cache", `eslint-${hash}`);
}

/** A file that could not even be loaded has no tests to count, and is one failure. */
function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    files: testResults
      .filter(({ status }) => status === "failed")
      .map(({ name }) => path.relative(ROOT, name)),
    failures: testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === "failed")
      .map((test) => ({ test: test.fullName, reason: test.failureMessages.join("\n") }))
      .concat(broken.map(({ name, message }) => ({ test: name, reason: message }))),
  };
}
