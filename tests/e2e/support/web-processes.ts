import { type ChildProcess, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

import { childEnvironment } from "@/lib/env";
import { inRoot } from "@/lib/paths";
import { NEXT } from "@/scripts/launch/build";
import { freePort } from "@/scripts/launch/free-port";
import { webAnswers } from "@/scripts/launch/portal";

export type WebProcess = {
  port: number;
  child: ChildProcess;
  /** What it has logged so far. */
  said: () => string;
};

type Wish = {
  /** What differs from the portal of this worker. */
  environment?: Record<string, string>;
  /** Milliseconds by which its clock is ahead. */
  aheadMs?: number;
  /** A free one unless it is known before. */
  port?: number;
  /** Where it is asked, and what stands before its command line, where it runs on a machine of its own. */
  machine?: { address: string; inside: readonly string[] };
};

/** One more web process of the production build. */
export async function startWeb(wish: Wish = {}): Promise<WebProcess> {
  const { environment = {}, aheadMs = 0 } = wish;
  const port = wish.port ?? (await freePort());
  const clock = pathToFileURL(inRoot("tests", "e2e", "support", "moved-clock.mjs")).href;
  const leash = pathToFileURL(inRoot("scripts", "launch", "leash.mjs")).href;
  const { address, inside } = wish.machine ?? { address: "127.0.0.1", inside: [] };
  const command = [NEXT, "start", "-H", wish.machine ? "0.0.0.0" : address, "-p", String(port)];
  const node = [process.execPath, "--import", leash, "--import", clock];
  const [program = "", ...rest] = [...inside, ...node, ...command];
  const child = spawn(program, rest, {
    env: childEnvironment({
      ...{ ...environment, PORT: String(port), CLOCK_AHEAD_MS: String(aheadMs) },
      GAOZHI_LAUNCHER: String(process.pid),
    }),
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  let words = "";
  child.stdout?.on("data", (chunk) => (words += String(chunk)));
  const lost = new Promise<string>((resolve) => child.once("exit", () => resolve("web")));
  await webAnswers(port, lost, address);
  return { port, child, said: () => words };
}

export async function endWeb(processes: readonly WebProcess[]): Promise<void> {
  await Promise.all(
    processes.map(({ child }) => {
      if (child.exitCode !== null || child.signalCode !== null) return undefined;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      return ended;
    }),
  );
}
