import { spawn } from "node:child_process";

/** What stands before a program that runs a piece of the server without Next (tests/support/outside-next.mjs). */
export const OUTSIDE_NEXT = ["--import", "tsx", "--import", "./tests/support/outside-next.mjs"];

/** Runs such a program to its end, with the words of this one unless others are given. @returns its exit code */
export function play(program: string, words: string[] = process.argv.slice(2)): Promise<number> {
  const child = spawn(process.execPath, [...OUTSIDE_NEXT, program, ...words], { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
