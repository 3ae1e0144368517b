import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { childEnvironment, provide } from "@/lib/env";
import { inRoot } from "@/lib/paths";
import { NEXT } from "@/scripts/launch/build";
import { freePort } from "@/scripts/launch/free-port";
import { NO_STATE } from "@/scripts/launch/launcher-state";
import {
  localEnvironment,
  standInProgram,
  webAnswers,
  workerProgram,
} from "@/scripts/launch/portal";
import { watchPrograms } from "@/scripts/launch/programs";
import { tellStory } from "@/scripts/launch/tell-story";

export type Portal = Awaited<ReturnType<typeof startPortal>>;

/**
 * The production build with the demo's story, its worker and a mail provider, before which a proxy
 * stands that is believed: so that requests may come from as many networks as are wanted.
 */
export async function startPortal(url: string) {
  const dataDir = mkdtempSync(join(tmpdir(), "gaozhi-abuse-"));
  const [port, console, standIn] = [await freePort(), await freePort(), await freePort()];
  const environment = {
    ...localEnvironment("test", { url, dataDir, port, console, standIn }),
    ...{ TRUSTED_PROXIES: "127.0.0.1", LOG_LEVEL: "error" },
  };
  provide(
    Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value ?? ""])),
  );
  await tellStory(environment);
  const programs = watchPrograms(NO_STATE, join(dataDir, "logs"));
  await programs.start(standInProgram(environment, dataDir));
  await programs.start(workerProgram(environment));
  // It ends with this program, however that ends.
  const leash = pathToFileURL(inRoot("scripts", "launch", "leash.mjs")).href;
  const command = ["--import", leash, NEXT, "start", "-H", "127.0.0.1", "-p", String(port)];
  const web = spawn(process.execPath, command, {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: childEnvironment({ ...environment, GAOZHI_LAUNCHER: String(process.pid) }),
  });
  await webAnswers(port, new Promise((lost) => web.once("exit", () => lost("web"))));
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    /** Resident memory of the web process, and the most it ever was, in MB. */
    memory: () => ({ now: memoryOf(web, "VmRSS"), most: memoryOf(web, "VmHWM") }),
    /** How long /healthz takes while something is played. */
    async during(play: () => Promise<void>): Promise<Waits> {
      const child = spawn(
        process.execPath,
        ["--import", "tsx", "tests/load/ping.ts", `${origin}/healthz`],
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
    async stop() {
      const ended = new Promise((resolve) => web.once("exit", resolve));
      web.kill("SIGTERM");
      await Promise.all([ended, programs.stop()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type Waits = { asked: number; p50: number; p99: number; most: number };

function waitsOf(taken: number[]): Waits {
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  return { asked: sorted.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}

/** Of a process, in MB; NaN where the system has no /proc. */
function memoryOf({ pid }: ChildProcess, what: "VmRSS" | "VmHWM"): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1] ?? NaN) / 1024;
  } catch {
    return NaN;
  }
}
