import { type ChildProcess, spawn } from "node:child_process";

import { childEnvironment } from "@/lib/env";

/**
 * Real worker processes, started and killed as an operating system does it.
 * @param machines what stands before each one's command line, in turn, where they have machines of their own
 */
export function workerProcesses(
  resendUrl: string,
  machines: readonly (readonly string[])[] = [[]],
) {
  const running = new Map<ChildProcess, number>();

  function start(): Promise<void> {
    const used = [...running.values()];
    const free = Math.max(
      0,
      machines.findIndex((_, index) => !used.includes(index)),
    );
    const node = [process.execPath, "--import", "tsx", "jobs/run.ts"];
    const [program = "", ...words] = [...(machines[free] ?? []), ...node];
    const worker = spawn(program, words, {
      env: childEnvironment({ RESEND_BASE_URL: resendUrl }) as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "ignore"],
    });
    running.set(worker, free);
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
      const ends = [...running.keys()].map(
        (worker) => new Promise<void>((resolve) => worker.once("exit", () => resolve())),
      );
      for (const worker of running.keys()) worker.kill("SIGKILL");
      await Promise.all(ends);
    },
    pids: (): number[] => [...running.keys()].flatMap(({ pid }) => pid ?? []),
  };
}
