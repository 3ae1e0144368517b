import path from "node:path";

import { type Env, isGiven, setting } from "@/lib/env";

import { ensureBuilt, isBuilt, NEXT } from "./launch/build";
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
  webAnswers,
  workerProgram,
} from "./launch/portal";
import { watchPrograms } from "./launch/programs";
import { runCommand, say, seconds, step } from "./launch/say";
import { tellStory } from "./launch/tell-story";
import { DEMO_PEOPLE } from "./people";

/** npm run demo: everything on this machine, with invented people and a mailbox to look into. */
await runCommand(() => untilStopped(demo));

async function demo(life: Lifetime): Promise<void> {
  const begin = performance.now();
  const port = setting("PORT") ?? 3000;
  const address = `http://localhost:${port}`;
  const home = dataHome();
  say(`告知台 Gaozhi · 演示 · demo\n  数据目录 · data folder: ${home.dataDir}`);

  const state = await enterLauncher(home.dataDir, { address, whole: true });
  life.atEnd(() => state.leave());
  await checkPort(port);
  if (!isBuilt()) await step("构建 · built", () => ensureBuilt());

  const ports = { port, standIn: await standInPort(), console: await consolePort(port) };
  const url = await step("数据库 · database", () => openDatabase(life, () => home));
  const environment = localEnvironment("demo", { ...ports, url, dataDir: home.dataDir });
  const told = check(environment);

  const programs = watchPrograms(state, path.join(home.dataDir, "logs"));
  life.atEnd(async () => {
    say("\n  正在结束 · ending");
    await programs.stop(["web", "worker"]);
    await programs.stop();
  });
  await programs.start(consoleProgram(environment));
  if (ports.standIn) await programs.start(standInProgram(environment, home.dataDir));
  await step("演示内容、后台任务与网站 · story, worker and web", async () => {
    const web = { name: "web", command: [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)] };
    await Promise.all([
      tellStory(environment),
      programs.start(workerProgram(environment)),
      programs.start({ ...web, environment }),
    ]);
    await webAnswers(port, programs.lost);
  });

  welcome(told, seconds(performance.now() - begin));
  const name = await programs.lost;
  say(`\n  ${name} 反复退出,演示结束 · keeps ending, so the demo ends`);
}

function welcome({ APP_ORIGIN: origin, CONSOLE_ORIGINS }: Env, time: string): void {
  say(`\n  ${origin}\n`);
  say(`  以下人员可直接登录 · sign in as (${origin}/zh-CN/sign-in):`);
  for (const { name, email, does } of DEMO_PEOPLE) say(`    ${name}  ${email}  ${does}`);
  say(
    isGiven("RESEND_API_KEY")
      ? "\n  邮件经 Resend 真实发出 · mails really go out, through Resend"
      : `\n  邮件都在这里 · mails land in ${origin}/zh-CN/mailbox`,
  );
  say(
    `  虚构的厂商控制台,右上角有消息铃铛 · the bell in an invented vendor's console: ${CONSOLE_ORIGINS.join()}/`,
  );
  say(`  已就绪 · ready in ${time}. Ctrl-C 结束 · ends it.`);
}
