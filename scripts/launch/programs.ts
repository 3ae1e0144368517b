import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { childEnvironment } from "@/lib/env";
import { inRoot } from "@/lib/paths";
import { StartError } from "@/lib/start-error";

import { endProcess, markProcess, type ProcessMark } from "./running-process";
import { type LauncherState } from "./launcher-state";
import { say } from "./say";

/** A program of ours that runs beside the launcher. */
export type Program = {
  name: string;
  /** Arguments of node. */
  command: string[];
  environment: Record<string, string | undefined>;
  /** Part of a line on its standard output that says it is ready; without one, readiness is asked elsewhere. */
  ready?: RegExp;
};

export type Programs = {
  /** Starts a program and waits until it says that it is ready. @throws StartError */
  start(program: Program): Promise<void>;
  /** Resolves with a program's name when it ends again and again by itself. */
  lost: Promise<string>;
  /** Ends these programs, or all that are left. */
  stop(names?: readonly string[]): Promise<void>;
};

type Running = { program: Program; child: ChildProcess; mark: ProcessMark | undefined };

/** Milliseconds a program may take until it is ready. */
const PATIENCE = 60_000;
/** Restarts in a row until a program counts as lost. */
const RESTARTS = 4;
/** Milliseconds of running after which an end is not one in a row. */
const CALM = 60_000;

/**
 * Starts, watches and ends the portal's programs. Each runs in a session of its own, so that a
 * Ctrl-C reaches only the launcher, which then ends them in order; each ends when the launcher dies.
 * @param logs folder for what they say; without one it goes to the launcher's own output
 */
export function watchPrograms(state: LauncherState, logs: string | undefined): Programs {
  const running = new Map<string, Running>();
  const restarts = new Map<string, number>();
  let reportLost: (name: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => (reportLost = resolve));

  const begin = async (program: Program): Promise<void> => {
    const child = launch(program, logs);
    const mark = child.pid === undefined ? undefined : markProcess(child.pid);
    if (mark) state.add(mark);
    running.set(program.name, { program, child, mark });
    await whenReady(program, child, logs);

    const began = performance.now();
    child.once("exit", () => {
      if (running.get(program.name)?.child !== child) return;
      if (performance.now() - began > CALM) restarts.delete(program.name);
      void beginAgain(program);
    });
  };

  const beginAgain = async (program: Program): Promise<void> => {
    say(`  ! ${program.name} 意外退出,正在重启 · ended unexpectedly, starting it again`);
    for (;;) {
      const count = (restarts.get(program.name) ?? 0) + 1;
      if (count > RESTARTS) return reportLost(program.name);

      restarts.set(program.name, count);
      await sleep(500 * count);
      if (!running.has(program.name)) return;
      const isBack = await begin(program).then(
        () => true,
        () => false,
      );
      if (isBack) return;
    }
  };

  return {
    start: (program) => begin(program),
    lost,
    async stop(names = [...running.keys()]) {
      await Promise.all(
        names.map(async (name) => {
          const mark = running.get(name)?.mark;
          running.delete(name);
          if (mark) await endProcess(mark);
        }),
      );
    },
  };
}

function launch(program: Program, logs: string | undefined): ChildProcess {
  const leash = pathToFileURL(inRoot("scripts", "launch", "leash.mjs")).href;
  const child = spawn(process.execPath, ["--import", leash, ...program.command], {
    env: childEnvironment({ ...program.environment, GAOZHI_LAUNCHER: String(process.pid) }),
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const target = logs === undefined ? undefined : openLog(logs, program.name);
  child.stdout?.pipe(target ?? process.stdout, { end: false });
  child.stderr?.pipe(target ?? process.stderr, { end: false });
  return child;
}

function openLog(logs: string, name: string): fs.WriteStream {
  fs.mkdirSync(logs, { recursive: true, mode: 0o700 });
  // What an earlier version made is closed as well.
  fs.chmodSync(logs, 0o700);
  const file = path.join(logs, `${name}.log`);
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0) fs.chmodSync(file, 0o600);
  return fs.createWriteStream(file, { flags: size > 10_000_000 ? "w" : "a", mode: 0o600 });
}

async function whenReady(
  program: Program,
  child: ChildProcess,
  logs: string | undefined,
): Promise<void> {
  let words = "";
  await new Promise<void>((resolve, reject) => {
    const fail = (chinese: string, english: string) => {
      const where = logs === undefined ? "" : ` (${path.join(logs, `${program.name}.log`)})`;
      reject(
        new StartError(
          `${program.name} ${chinese}${where}。\n${words.trim().slice(-2_000)}`,
          `${program.name} ${english}${where}.`,
        ),
      );
    };
    const timer = setTimeout(
      () => fail("未能在一分钟内就绪", "was not ready in a minute"),
      PATIENCE,
    );
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    const listen = (chunk: unknown) => {
      words = (words + String(chunk)).slice(-20_000);
      if (program.ready?.test(words)) done();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("error", (error) => fail(`无法启动:${error.message}`, "cannot be started"));
    child.once("exit", () => {
      clearTimeout(timer);
      fail("启动后立即退出", "ended as soon as it was started");
    });
    if (!program.ready) done();
  });
}
