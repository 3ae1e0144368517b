import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { childEnvironment } from "@/lib/env";
import { inRoot, ROOT } from "@/lib/paths";
import { StartError } from "@/lib/start-error";

import { ensureBuilt, isBuiltSomehow } from "./launch/build";
import { play } from "./launch/play";
import { runCommand, say, step } from "./launch/say";

/**
 * npm run upgrade-check [commit]: an older version, built, works on the shape of this one
 * (tests/upgrade/run.ts). Without a commit it is the last before the newest migration. `--in` names a
 * folder that keeps the older version with its packages and build, for another run.
 */
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { in: { type: "string" } },
    allowPositionals: true,
  });
  const commit = git("rev-parse", positionals[0] ?? beforeNewestMigration());
  say(`this version beside ${git("log", "-1", "--format=%h of %as, %s", commit)}`);
  const folder = values.in ?? fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-upgrade-"));
  try {
    await prepare(folder, commit);
    if (!isBuiltSomehow()) await ensureBuilt("inherit");
    return await play("tests/upgrade/run.ts", [folder]);
  } finally {
    if (!values.in) fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** The parent of the commit that brought the newest migration. @throws StartError */
function beforeNewestMigration(): string {
  const newest = git("log", "-1", "--diff-filter=A", "--format=%H", "--", "db/migrations/*.sql");
  if (newest) return `${newest}^`;
  throw new StartError(
    "这里没有版本历史。请在 git 克隆中运行。",
    "There is no history here: run it in a clone by git.",
  );
}

/** Its sources, its packages (ours, where the lock file is the same) and its build. */
async function prepare(folder: string, commit: string): Promise<void> {
  if (!fs.existsSync(path.join(folder, "package.json")))
    await step("its sources", () => {
      fs.mkdirSync(folder, { recursive: true });
      const archive = execFileSync("git", ["archive", commit], { cwd: ROOT, maxBuffer: 2 ** 30 });
      execFileSync("tar", ["-x", "-C", folder], { input: archive });
    });
  if (!fs.existsSync(path.join(folder, "node_modules")))
    await step("its packages", () => {
      const isSame = ["package-lock.json"].every((name) =>
        fs.readFileSync(path.join(folder, name)).equals(fs.readFileSync(inRoot(name))),
      );
      return isSame
        ? run(folder, ["cp", "-al", inRoot("node_modules"), folder])
        : run(folder, ["npm", "ci", "--no-audit", "--no-fund"]);
    });
  await step("its build", async () => {
    if (fs.existsSync(path.join(folder, ".next", "BUILD_ID"))) return;
    if ((await run(folder, ["npm", "run", "build"])) !== 0)
      throw new StartError("旧版本构建失败。", "The older version could not be built.");
  });
}

function run(cwd: string, [program = "", ...words]: string[]): Promise<number> {
  const child = spawn(program, words, { cwd, env: childEnvironment({}), stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}

function git(...words: string[]): string {
  return execFileSync("git", words, { cwd: ROOT, encoding: "utf8" }).trim();
}
