import fs from "node:fs";
import path from "node:path";
import { z } from "zod";

import { StartError } from "@/lib/start-error";

import { endProcess, isRunning, markProcess, type ProcessMark } from "./running-process";

const mark = z.object({ pid: z.number(), began: z.string() });
const state = z.object({
  launcher: mark,
  /** Whether it runs the whole portal, of which a data folder bears one. */
  whole: z.boolean(),
  address: z.string(),
  children: z.array(mark),
});

export type LauncherState = {
  /** Writes down that this child is ours. */
  add(child: ProcessMark): void;
  /** Takes this launcher off the books. */
  leave(): void;
};

/** For a server whose machine keeps the books: its file system may not even be writable. */
export const NO_STATE: LauncherState = { add: () => undefined, leave: () => undefined };

/**
 * Puts this launcher on the books of its data folder, after ending what a killed one left behind.
 * @throws StartError when another one runs the portal from the same folder
 */
export async function enterLauncher(
  dataDir: string,
  { address, whole }: { address: string; whole: boolean },
): Promise<LauncherState> {
  const folder = path.join(dataDir, "running");
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(folder)) await settle(path.join(folder, name), whole);

  const file = path.join(folder, `${process.pid}.json`);
  const launcher = markProcess(process.pid) ?? { pid: process.pid, began: "" };
  const children: ProcessMark[] = [];
  const write = () => {
    const draft = `${file}.draft`;
    fs.writeFileSync(draft, JSON.stringify({ launcher, whole, address, children }), {
      mode: 0o600,
    });
    fs.renameSync(draft, file);
  };
  write();
  return {
    add(child) {
      children.push(child);
      write();
    },
    leave: () => fs.rmSync(file, { force: true }),
  };
}

async function settle(file: string, whole: boolean): Promise<void> {
  const other = readState(file);
  if (other && isRunning(other.launcher)) {
    if (!other.whole || !whole) return;
    throw new StartError(
      `已经在运行:${other.address}(进程 ${other.launcher.pid})。请先在那个终端按 Ctrl-C,或执行 kill ${other.launcher.pid}。`,
      `It is already running at ${other.address} (process ${other.launcher.pid}). End it first: Ctrl-C in its terminal, or kill ${other.launcher.pid}.`,
    );
  }
  await Promise.all(other?.children.map((child) => endProcess(child)) ?? []);
  fs.rmSync(file, { force: true });
}

function readState(file: string): z.infer<typeof state> | undefined {
  try {
    return state.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
