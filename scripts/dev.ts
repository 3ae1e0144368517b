import path from "node:path";

import { setting } from "@/lib/env";

import { NEXT } from "./launch/build";
import { enterLauncher } from "./launch/launcher-state";
import { type Lifetime, untilStopped } from "./launch/lifetime";
import {
  check,
  checkPort,
  consolePort,
  consoleProgram,
  dataHome,
  localEnvironment,
  openDatabase,
  standInPort,
  standInProgram,
  workerProgram,
} from "./launch/portal";
import { writeOwnScripts } from "./launch/own-scripts";
import { watchPrograms } from "./launch/programs";
import { runCommand, say, step } from "./launch/say";
import { tellStory } from "./launch/tell-story";

/** npm run dev: hot reload, the worker restarted at each change, the demo's people and mailbox. */
await runCommand(() => untilStopped(develop));

async function develop(life: Lifetime): Promise<void> {
  const port = setting("PORT") ?? 3000;
  const home = dataHome();
  const state = await enterLauncher(home.dataDir, {
    address: `http://localhost:${port}`,
    whole: true,
  });
  life.atEnd(() => state.leave());
  await checkPort(port);

  await writeOwnScripts();
  const ports = { port, standIn: await standInPort(), console: await consolePort(port) };
  const url = await step("数据库 · database", () => openDatabase(life, () => home));
  const environment = localEnvironment("development", { ...ports, url, dataDir: home.dataDir });
  const { APP_ORIGIN, CONSOLE_ORIGINS } = check(environment);
  await step("演示内容 · story", () => tellStory(environment));

  const programs = watchPrograms(state, undefined);
  life.atEnd(() => programs.stop());
  await programs.start(consoleProgram(environment));
  if (ports.standIn) await programs.start(standInProgram(environment, home.dataDir));
  const watching = [path.join("node_modules", "tsx", "dist", "cli.mjs"), "watch"];
  const worker = workerProgram(environment);
  await programs.start({ ...worker, command: [...watching, path.join("jobs", "run.ts")] });
  await programs.start({
    name: "web",
    command: [NEXT, "dev", "-H", "127.0.0.1", "-p", String(port)],
    environment,
  });
  say(
    `\n  ${APP_ORIGIN}\n  邮件 · mails: ${APP_ORIGIN}/zh-CN/mailbox\n  控制台 · console: ${CONSOLE_ORIGINS.join()}/\n`,
  );
  await programs.lost;
}
