import { type ChildProcess, spawn } from "node:child_process";

import { childEnvironment } from "@/lib/env";

/** Real worker processes, started and killed as an operating system does it. */
export function workerProcesses(resendUrl: string) {
  const running = new Set<ChildProcess>();

  function start(): Promise<void> {
    const worker = spawn(process.execPath, ["--import", "tsx", "jobs/run.ts"], {
      env: childEnvironment({ RESEND_BASE_URL: resendUrl }) as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "ignore"],
    });
    running.add(worker);
    return new Promise((resolve, reject) => {
      worker.stdout.on("data", (said: Buffer) => said.includes("worker ready") && resolve());
      worker.once("exit", () => {
        running.delete(worker);
        reject(new Error("a worker ended before it was ready"));
      });
    });
  }

  return {
    /** Starts so many and waits until they are ready. */
    async start(count: number): Promise<void> {
      await Promise.all(Array.from({ length: count }, start));
    },
    /** kill -9: none of them can put anything in order. */
    async killAll(): Promise<void> {
      const ends = [...running].map(
        (worker) => new Promise<void>((resolve) => worker.once("exit", () => resolve())),
      );
      for (const worker of running) worker.kill("SIGKILL");
      await Promise.all(ends);
    },
    pids: (): number[] => [...running].flatMap(({ pid }) => pid ?? []),
  };
}
