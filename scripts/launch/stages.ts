import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

import { childEnvironment } from "@/lib/env";
import { ROOT } from "@/lib/paths";

import { say, seconds } from "./say";

export type Counts = {
  passed: number;
  failed: number;
  /** Files whose tests failed, where the stage knows. */
  files?: readonly string[];
  /** The tests that failed, where the stage knows. */
  failures?: readonly Failure[];
};

export type Failure = { test: string; reason: string };

/** Where a stage's words go: to the terminal as they come, or kept until they can stand together. */
type Voice = "live" | ((words: string) => void);

export type Stage = {
  name: string;
  /** Names of stages without whose success this one makes no sense. */
  needs?: readonly string[];
  /** What to do where it failed: a command, with the files whose tests failed. */
  hint?: (files: string) => string;
  run(voice: Voice): Promise<Counts>;
};

/** Stages that do not touch each other, two of them at a time: the words of each come in one piece, at its end. */
export type Beside = readonly Stage[];

/**
 * Runs every stage whose needs are met, also after another has failed, and says the sum at the end.
 * @returns the exit code
 */
export async function runStages(stages: readonly (Stage | Beside)[]): Promise<number> {
  const ends: End[] = [];
  for (const next of stages) {
    if ("run" in next) {
      say(titleOf(next));
      ends.push(await runStage(next, { ends, voice: "live" }));
      say(lineOf(ends.at(-1)));
    } else await runBeside(next, ends);
  }
  const sum = (of: "passed" | "failed") =>
    ends.reduce((total, { counts }) => total + counts[of], 0);
  say(`\n${ends.map(lineOf).join("\n")}`);
  // Once more at the end: what a test left of itself may be longer than what a reader of the log is shown.
  const failures = ends.flatMap(({ counts }) => counts.failures ?? []);
  if (failures.length > 0) say(`\nWhat failed:\n${failures.map(linesOf).join("\n")}`);
  const hints = ends.flatMap(({ hint }) => (hint ? [`  → ${hint}`] : []));
  if (hints.length > 0) say(`\nWhat to do:\n${hints.join("\n")}`);
  say(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") > 0 ? 1 : 0;
}

type End = { name: string; counts: Counts; took: number; hint: string | undefined };

const titleOf = ({ name }: Stage): string =>
  `\n── ${name} ${"─".repeat(Math.max(0, 70 - name.length))}`;

function lineOf(end: End | undefined): string {
  if (!end) return "";
  const { name, counts, took } = end;
  const mark = counts.failed > 0 ? "✗" : "✓";
  return `${mark} ${name.padEnd(24)} ${String(counts.passed).padStart(5)} passed ${String(counts.failed).padStart(4)} failed  ${seconds(took)}`;
}

function linesOf({ test, reason }: Failure): string {
  const lines = stripVTControlCharacters(reason).split("\n").slice(0, MAX_LINES);
  return [`  ✗ ${test}`, ...lines.map((line) => `    ${line}`)].join("\n");
}

/** Of a reason: the message and where it was; a page as it stood is in its own file. */
const MAX_LINES = 25;

async function runBeside(stages: Beside, ends: End[]): Promise<void> {
  const waiting = [...stages];
  const running = new Map<string, Promise<void>>();
  const play = async (stage: Stage) => {
    const words = [`${titleOf(stage)}\n`];
    const end = await runStage(stage, { ends, voice: (more) => words.push(more) });
    ends.push(end);
    process.stdout.write(words.join(""));
    say(lineOf(end));
    running.delete(stage.name);
  };
  while (waiting.length + running.size > 0) {
    const open = [...waiting.map(({ name }) => name), ...running.keys()];
    const isReady = ({ needs }: Stage) => !needs?.some((need) => open.includes(need));
    const index = running.size < LANES ? waiting.findIndex(isReady) : -1;
    const [stage] = index < 0 ? [] : waiting.splice(index, 1);
    if (stage) running.set(stage.name, play(stage));
    else await Promise.race(running.values());
  }
}

/** Two processors are what a small machine has. */
const LANES = 2;

type Run = { ends: readonly End[]; voice: Voice };

async function runStage(stage: Stage, { ends, voice }: Run): Promise<End> {
  const begin = performance.now();
  const tell = voice === "live" ? say : (words: string) => voice(`${words}\n`);
  const missing = stage.needs?.find((need) =>
    ends.some(({ name, counts }) => name === need && counts.failed > 0),
  );
  if (missing) tell(`not run, because ${missing} failed`);
  const counts = missing
    ? { passed: 0, failed: 1 }
    : await stage.run(voice).catch((error: unknown) => {
        tell(error instanceof Error ? error.message : String(error));
        return { passed: 0, failed: 1 };
      });
  const hint = counts.failed > 0 && !missing && stage.hint?.((counts.files ?? []).join(" "));
  return { name: stage.name, counts, took: performance.now() - begin, hint: hint || undefined };
}

/** A check that passes or fails as a whole: one node program after the other, as long as they succeed. */
export function checkStage(name: string, hint: string, ...commands: string[][]): Stage {
  return {
    name,
    hint: () => hint,
    async run(voice) {
      for (const command of commands) {
        if ((await node(command, { voice })) !== 0) return { passed: 0, failed: 1 };
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
  hint?: Stage["hint"];
  command: (report: string) => { words: string[]; environment: Record<string, string | undefined> };
  count: (report: unknown) => Counts;
}): Stage {
  return {
    name: given.name,
    ...(given.needs && { needs: given.needs }),
    ...(given.hint && { hint: given.hint }),
    async run(voice) {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-report-"));
      const report = path.join(folder, "report.json");
      try {
        const { words, environment } = given.command(report);
        const code = await node(words, { voice, environment });
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

type Running = { voice: Voice; environment?: Record<string, string | undefined> };

function node(words: string[], { voice, environment }: Running): Promise<number> {
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: childEnvironment({ NODE_ENV: "test", ...environment }),
    stdio: voice === "live" ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  if (voice !== "live")
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (words) => voice(String(words)));
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve(code ?? 1));
  });
}
