import { spawn } from "node:child_process";

import { residentMb, startPortal } from "../ground";

export type Watched = Awaited<ReturnType<typeof startWatched>>;

/**
 * A portal before which a proxy stands that is believed, so that requests may come from as many
 * networks as are wanted; with its memory and its waits.
 */
export async function startWatched() {
  const { origin, web } = await startPortal({ TRUSTED_PROXIES: "127.0.0.1" });
  return {
    origin,
    /** Resident memory of the web process, and the most it ever was, in MB. */
    memory: () => ({ now: residentMb(web.pid), most: residentMb(web.pid, "VmHWM") }),
    /** How long /healthz takes while something is played. */
    async during(play: () => Promise<void>): Promise<Waits> {
      const child = spawn(
        process.execPath,
        ["--import", "tsx", "tests/bench/abuse/ping.ts", `${origin}/healthz`],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      let said = "";
      const begun = new Promise<void>((resolve) =>
        child.stdout.on("data", (chunk) => {
          said += String(chunk);
          if (said.startsWith("ready\n")) resolve();
        }),
      );
      await begun;
      await play();
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      await ended;
      const taken = JSON.parse(said.slice("ready\n".length)) as (number | null)[];
      return waitsOf(taken.map((ms) => ms ?? Infinity));
    },
  };
}

export type Waits = { asked: number; p50: number; p99: number; most: number };

function waitsOf(taken: number[]): Waits {
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  return { asked: sorted.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}
