import { childEnvironment, EnvError } from "@/lib/env";
import { StartError, systemCode } from "@/lib/start-error";

import { isUnreachable, isUnshaped, unreachable, wrongShape } from "./database/faults";

/** One line to whoever started the command. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Does a step and says how long it took, in seconds. */
export async function step<Result>(
  name: string,
  run: () => Promise<Result> | Result,
): Promise<Result> {
  const begin = performance.now();
  const result = await run();
  say(`  ✓ ${name}  ${seconds(performance.now() - begin)}`);
  return result;
}

/** 1234 → "1.2 s" */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * Runs a command to its end. What keeps it from starting or going on is said in a sentence: settings,
 * the database, words of the command, a file; a bug with its stack.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.stderr.write(`\n${wordsFor(error)}\n`);
    process.exitCode = 1;
  }
  // What a library has left open must not keep a finished command alive.
  setTimeout(() => process.exit(), 200).unref();
}

export function wordsFor(error: unknown): string {
  if (error instanceof StartError) return error.message;
  const ofDatabase = wordsOfDatabase(error);
  if (ofDatabase) return ofDatabase;
  if (error instanceof EnvError) {
    return `环境变量不满足启动条件:\nThe environment does not allow a start:\n${error.problems.map((problem) => `  - ${problem}`).join("\n")}`;
  }
  if (!(error instanceof Error)) return String(error);
  return OF_ITS_STARTER.test(systemCode(error) ?? "")
    ? error.message
    : (error.stack ?? error.message);
}

/** Words that a command does not know, a file it was named and cannot have; Node's own words say which. */
const OF_ITS_STARTER = /^(ERR_PARSE_ARGS_\w+|ENOENT|EACCES|EISDIR|ENOTDIR)$/;

function wordsOfDatabase(error: unknown): string | undefined {
  const url = childEnvironment({}).DATABASE_URL;
  if (!url) return undefined;
  if (isUnreachable(error)) return unreachable(error, url).message;
  return isUnshaped(error) ? wrongShape(url).message : undefined;
}
