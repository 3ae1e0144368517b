import { EnvError } from "@/lib/env";
import { StartError } from "@/lib/start-error";

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

/** Runs a command to its end; what keeps it from starting is said in a sentence, a bug with its stack. */
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

function wordsFor(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (error instanceof EnvError) {
    return `环境变量不满足启动条件:\nThe environment does not allow a start:\n${error.problems.map((problem) => `  - ${problem}`).join("\n")}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
