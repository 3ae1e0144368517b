import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

import { childEnvironment } from "@/lib/env";

import type { Point } from "./points";

/** Its sources, or one file made of them where many are started. */
const WORKER = process.env.FAULTS_WORKER
  ? [process.env.FAULTS_WORKER]
  : ["--import", "tsx", "jobs/run.ts"];
const MOVED_CLOCK = "./tests/e2e/support/moved-clock.mjs";
/** Which point a worker has not come to by then it does not come to. */
const LATE_MS = 90_000;

/**
 * Real worker processes, started and killed as an operating system does it.
 * @param machines what stands before each one's command line, in turn, where they have machines of their own
 */
export function workerProcesses(
  resendUrl: string,
  machines: readonly (readonly string[])[] = [[]],
) {
  const running = new Map<ChildProcess, number>();
  let [isKept, restarts] = [false, 0];

  function start(): Promise<void> {
    const used = [...running.values()];
    const free = Math.max(
      0,
      machines.findIndex((_, index) => !used.includes(index)),
    );
    const node = [process.execPath, ...WORKER];
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

  /** Starts one that ends itself at a point (die-at.mjs), and waits for its end. @returns whether it came there */
  function startDying({ at, count = 1, aheadHours = 0 }: Point): Promise<boolean> {
    const hooks = ["--import", "./tests/faults/die-at.mjs", "--import", MOVED_CLOCK];
    const worker = spawn(process.execPath, [...hooks, ...WORKER], {
      env: childEnvironment({
        ...{ RESEND_BASE_URL: resendUrl, DIE_AT: at, DIE_COUNT: String(count) },
        CLOCK_AHEAD_MS: String(aheadHours * 3_600_000),
      }) as NodeJS.ProcessEnv,
      stdio: "ignore",
    });
    running.set(worker, 0);
    const late = setTimeout(() => worker.kill("SIGTERM"), LATE_MS);
    return new Promise((resolve) =>
      worker.once("exit", (_code, signal) => {
        clearTimeout(late);
        running.delete(worker);
        resolve(signal === "SIGKILL");
      }),
    );
  }

  const startAll = async (count: number) => {
    await Promise.all(Array.from({ length: count }, start));
  };

  async function keepRunning(count: number): Promise<void> {
    restarts = -count;
    for (isKept = true; isKept; await sleep(2_000)) {
      const missing = count - running.size;
      restarts += missing;
      await startAll(missing).catch(() => undefined);
    }
  }

  return {
    startDying,
    /** Starts so many and waits until they are ready. */
    start: startAll,
    /** As the unit does (deploy/gaozhi-worker.service): one that has ended begins again after two seconds. */
    keep: (count: number) => void keepRunning(count),
    restarts: () => restarts,
    /** kill -9: none of them can put anything in order. */
    async killAll(): Promise<void> {
      isKept = false;
      const ends = [...running.keys()].map(
        (worker) => new Promise<void>((resolve) => worker.once("exit", () => resolve())),
      );
      for (const worker of running.keys()) worker.kill("SIGKILL");
      await Promise.all(ends);
    },
    pids: (): number[] => [...running.keys()].flatMap(({ pid }) => pid ?? []),
  };
}
