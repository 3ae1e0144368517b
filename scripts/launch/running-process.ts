import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process together with when it began, because the system gives a pid out again. */
export type ProcessMark = { pid: number; began: string };

/** Marks a running process, undefined when there is none of this pid. */
export function markProcess(pid: number): ProcessMark | undefined {
  const began = process.platform === "linux" ? beganByProc(pid) : beganByPs(pid);
  return began ? { pid, began } : undefined;
}

/** Whether exactly this process still runs. */
export function isRunning(mark: ProcessMark): boolean {
  return markProcess(mark.pid)?.began === mark.began;
}

/**
 * Ends a process by the first signal and, when it has not gone `patience` ms later, by SIGKILL.
 * @returns false when the system does not let us
 */
export async function endProcess(
  mark: ProcessMark,
  signal: NodeJS.Signals = "SIGTERM",
  patience = 8_000,
): Promise<boolean> {
  for (const [name, time] of [[signal, patience] as const, ["SIGKILL", 3_000] as const]) {
    if (!isRunning(mark)) return true;
    try {
      process.kill(mark.pid, name);
    } catch {
      return !isRunning(mark);
    }
    if (await isSoon(() => !isRunning(mark), time)) return true;
  }
  return !isRunning(mark);
}

/** Asks every 20 ms until the answer is yes or the time (ms) is over; the answer at the end. */
export async function isSoon(
  ask: () => boolean | Promise<boolean>,
  time: number,
): Promise<boolean> {
  const end = performance.now() + time;
  while (!(await ask())) {
    if (performance.now() > end) return false;
    await sleep(20);
  }
  return true;
}

/** Field 22 of proc(5) stat counts ticks since boot; the boot's id makes it unique. */
function beganByProc(pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;

    return `${fields[19]} ${fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}`;
  } catch {
    return undefined;
  }
}

function beganByPs(pid: number): string | undefined {
  const { stdout } = spawnSync("ps", ["-p", String(pid), "-o", "lstart=,state="], {
    encoding: "utf8",
    env: { LC_ALL: "C", PATH: "/bin:/usr/bin", NODE_ENV: "production" },
  });
  const line = stdout?.trim();
  return !line || line.endsWith("Z") ? undefined : line.replace(/\s+\S+$/, "");
}
