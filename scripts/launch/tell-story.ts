import { spawn } from "node:child_process";
import path from "node:path";

import { childEnvironment } from "@/lib/env";
import { ROOT } from "@/lib/paths";
import { StartError } from "@/lib/start-error";
import { AUTHOR } from "@/scripts/people";

import { queryOnce } from "./database/server";
import { type Environment } from "./portal";

/** Tells the story once, in a process of its own, which ends its database pool. */
export async function tellStory(environment: Environment): Promise<void> {
  // Asked here, because only to ask, that process takes a second of a warm start.
  const author = `select from users where email = '${AUTHOR}'`;
  if ((await queryOnce(environment.DATABASE_URL ?? "", author)) > 0) return;

  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join("scripts", "tell-story.ts")],
    {
      cwd: ROOT,
      env: childEnvironment(environment),
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let words = "";
  child.stderr.on("data", (chunk) => (words += String(chunk)));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code === 0) return;
  throw new StartError(
    `演示内容未能写入:\n${words.slice(-3_000)}`,
    "The demo's story could not be told; the reason is above.",
  );
}
