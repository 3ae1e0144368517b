import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { childEnvironment } from "@/lib/env";
import { ROOT } from "@/lib/paths";

import { say, seconds } from "./say";

export type Counts = { passed: number; failed: number };

export type Stage = {
  name: string;
  /** Names of stages without whose success this one makes no sense. */
  needs?: readonly string[];
  run(): Promise<Counts>;
};

/**
 * Runs every stage whose needs are met, also after another has failed, and says the sum at the end.
 * @returns the exit code
 */
export async function runStages(stages: readonly Stage[]): Promise<number> {
  const failed = new Set<string>();
  const sum: Counts = { passed: 0, failed: 0 };
  const ends: string[] = [];
  for (const stage of stages) {
    const missing = stage.needs?.find((need) => failed.has(need));
    say(`\n── ${stage.name} ${"─".repeat(Math.max(0, 70 - stage.name.length))}`);
    const begin = performance.now();
    const counts = missing ? { passed: 0, failed: 1 } : await attempt(stage);
    if (missing) say(`not run, because ${missing} failed`);
    if (counts.failed > 0) failed.add(stage.name);
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    const mark = counts.failed > 0 ? "✗" : "✓";
    ends.push(
      `${mark} ${stage.name.padEnd(24)} ${String(counts.passed).padStart(5)} passed ${String(counts.failed).padStart(4)} failed  ${seconds(performance.now() - begin)}`,
    );
    say(ends.at(-1));
  }
  say(`\n${ends.join("\n")}\n\n${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed > 0 ? 1 : 0;
}

async function attempt(stage: Stage): Promise<Counts> {
  try {
    return await stage.run();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  }
}

/** A check that passes or fails as a whole: one node program after the other, as long as they succeed. */
export function checkStage(name: string, ...commands: string[][]): Stage {
  return {
    name,
    async run() {
      for (const command of commands) {
        if ((await node(command, {})) !== 0) return { passed: 0, failed: 1 };
      }
      return { passed: 1, failed: 0 };
    },
  };
}

/**
 * A stage whose program counts for itself in a report file.
 * @param command gets the report's path
 * @param count reads the report; a program that fails without saying where counts as one failure
 */
export function countedStage(given: {
  name: string;
  needs?: readonly string[];
  command: (report: string) => { words: string[]; environment: Record<string, string | undefined> };
  count: (report: unknown) => Counts;
}): Stage {
  return {
    name: given.name,
    ...(given.needs && { needs: given.needs }),
    async run() {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-report-"));
      const report = path.join(folder, "report.json");
      try {
        const { words, environment } = given.command(report);
        const code = await node(words, environment);
        const counts = fs.existsSync(report)
          ? given.count(JSON.parse(fs.readFileSync(report, "utf8")))
          : { passed: 0, failed: 0 };
        return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function node(words: string[], environment: Record<string, string | undefined>): Promise<number> {
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: childEnvironment({ NODE_ENV: "test", ...environment }),
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve(code ?? 1));
  });
}
