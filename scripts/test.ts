import { z } from "zod";

import { ensureBrowser } from "./launch/browser";
import { ensureBuilt, isBuilt } from "./launch/build";
import { checkStages, program, typesStage, unitStage } from "./launch/check-stages";
import { runCommand, say } from "./launch/say";
import { countedStage, type Failure, runStages, type Stage } from "./launch/stages";

const suite: z.ZodType<Suite> = z.object({
  file: z.string(),
  suites: z.array(z.lazy(() => suite)).default([]),
  specs: z.array(
    z.object({
      title: z.string(),
      ok: z.boolean(),
      tests: z.array(
        z.object({
          results: z.array(z.object({ errors: z.array(z.object({ message: z.string() })) })),
        }),
      ),
    }),
  ),
});
type Suite = { file: string; suites: Suite[]; specs: Spec[] };
type Spec = {
  title: string;
  ok: boolean;
  tests: { results: { errors: { message: string }[] }[] }[];
};

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
  suites: z.array(suite),
});

/** @param needs stages it would meet: the types of Next's routes are written by both. */
const build = (needs: readonly string[] = []): Stage => ({
  name: "production build",
  needs,
  hint: () => "npm run build",
  async run(voice) {
    const tell = voice === "live" ? say : (words: string) => voice(`${words}\n`);
    if (isBuilt()) tell("these very sources are built already");
    else await ensureBuilt(voice === "live" ? "inherit" : "pipe");
    return { passed: 1, failed: 0 };
  },
});

const browser: Stage = {
  name: "browser",
  run(voice) {
    const tell = voice === "live" ? say : (words: string) => voice(`${words}\n`);
    tell(ensureBrowser(tell));
    return Promise.resolve({ passed: 1, failed: 0 });
  },
};

/** The tests in a browser: all, or those whose path holds one of the names. */
const endToEnd = (names: readonly string[] = []) =>
  countedStage({
    name: "end-to-end tests",
    needs: [build().name, browser.name],
    hint: (files) =>
      `npm run test:e2e ${files}\n    pictures, traces and the logs of web and worker are in test-results: npx playwright show-trace test-results/<test>/trace.zip`,
    command: (report) => ({
      words: [
        program("@playwright", "test", "cli.js"),
        ...["test", "--reporter=list,json", ...names],
      ],
      environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, NODE_ENV: "test" },
    }),
    count(report) {
      const { stats, errors, suites } = playwrightReport.parse(report);
      return {
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky + errors.length,
        files: suites.filter(isBroken).map(({ file }) => file),
        failures: suites.flatMap(failuresOf),
      };
    },
  });

const isBroken = ({ specs, suites }: Suite): boolean =>
  specs.some(({ ok }) => !ok) || suites.some(isBroken);

const failuresOf = ({ file, specs, suites }: Suite): Failure[] => [
  ...specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => ({
      test: `${file}: ${title}`,
      reason: tests
        .flatMap(({ results }) => results.flatMap(({ errors }) => errors))
        .map(({ message }) => message)
        .join("\n"),
    })),
  ...suites.flatMap(failuresOf),
];

/** npm run test:unit, npm run test:e2e, each with names of files or none; npm test: everything. */
const [kind, ...names] = process.argv.slice(2);
await runCommand(() =>
  runStages(
    kind === "unit"
      ? [unitStage(names)]
      : kind === "e2e"
        ? [build(), browser, endToEnd(names)]
        : [[...checkStages(), build([typesStage().name])], unitStage(), browser, endToEnd()],
  ),
);
