import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { afterAll } from "vitest";

import { childEnvironment } from "@/lib/env";

/**
 * Starts real workers, for tests that kill them; what is left of them ends with the test's file. Called
 * outside of a test: within one nothing can be said of the file's end any more.
 */
export function givenWorkers(): (resendUrl: string) => ChildProcess {
  const workers: ChildProcess[] = [];
  afterAll(() => workers.forEach((worker) => worker.kill("SIGKILL")));
  return (resendUrl) => {
    const worker = spawn(process.execPath, ["--import", "tsx", "jobs/run.ts"], {
      env: childEnvironment({ RESEND_BASE_URL: resendUrl }) as NodeJS.ProcessEnv,
      stdio: "ignore",
    });
    workers.push(worker);
    return worker;
  };
}

/** Waits until something holds. @throws after 60 s */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; waited < 600; waited += 1) {
    if (await holds()) return;
    await setTimeout(100);
  }
  throw new Error(`waited 60 s for: ${what}`);
}
