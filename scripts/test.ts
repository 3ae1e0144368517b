import { z } from "zod";

import { ensureBrowser } from "./launch/browser";
import { ensureBuilt, isBuilt } from "./launch/build";
import { checkStages, program } from "./launch/check-stages";
import { runCommand, say } from "./launch/say";
import { type Counts, countedStage, runStages, type Stage } from "./launch/stages";

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

const build: Stage = {
  name: "production build",
  async run() {
    if (isBuilt()) say("these very sources are built already");
    else await ensureBuilt("inherit");
    return { passed: 1, failed: 0 };
  },
};

const browser: Stage = {
  name: "browser",
  run() {
    say(ensureBrowser(say));
    return Promise.resolve({ passed: 1, failed: 0 });
  },
};

const endToEnd = countedStage({
  name: "end-to-end tests",
  needs: [build.name, browser.name],
  command: (report) => ({
    words: [program("@playwright", "test", "cli.js"), "test", "--reporter=list,json"],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, NODE_ENV: "test" },
  }),
  count(report): Counts {
    const { stats, errors } = playwrightReport.parse(report);
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
  },
});

/** npm test: everything. */
await runCommand(() => runStages([...checkStages(), build, browser, endToEnd]));
