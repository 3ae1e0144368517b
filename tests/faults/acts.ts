import { type ChildProcess, spawn } from "node:child_process";

import type { Person } from "@/domain/context";
import { childEnvironment, env } from "@/lib/env";
import { OUTSIDE_NEXT } from "@/scripts/launch/play";

/** One act of act.ts in a process that ends at a point. @throws where it came to its own end */
export function killed(at: string, words: string[], actor: Person): Promise<void> {
  const child = act(at, [...words, JSON.stringify(actor)]);
  return new Promise((resolve, reject) =>
    child.once("exit", (_code, signal) =>
      signal === "SIGKILL" ? resolve() : reject(new Error(`${words[0]} was not killed ${at}`)),
    ),
  );
}

/** The same without waiting for its end. @param count the how many-th time it comes to the point */
export function act(at: string, words: readonly string[], count = 1): ChildProcess {
  const program = [...OUTSIDE_NEXT, "--import", "./tests/faults/die-at.mjs", "tests/faults/act.ts"];
  return spawn(process.execPath, [...program, ...words], {
    env: childEnvironment({
      ...{ DIE_AT: at, DIE_COUNT: String(count) },
      FAULTS_DATABASE_URL: env().DATABASE_URL,
    }) as NodeJS.ProcessEnv,
    stdio: "ignore",
  });
}
