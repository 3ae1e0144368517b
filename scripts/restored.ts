import { parseArgs } from "node:util";

import { closeDatabase } from "@/db/client";
import { reconcileMails, type Restored } from "@/jobs/after-restore";
import { provide } from "@/lib/env";
import { StartError } from "@/lib/start-error";

import { settleErasures } from "./launch/after-restore";
import { untilStopped } from "./launch/lifetime";
import { dataHome, openDatabase } from "./launch/portal";
import { runCommand, say } from "./launch/say";

const { values } = parseArgs({ options: { hold: { type: "boolean", default: false } } });

/**
 * npm run restored: what start and worker do by themselves where they see that the database was
 * restored (docs/operations.md), done because somebody says so. With --hold the provider is not asked, and every
 * broadcast with mails to go is paused.
 */
await runCommand(async () => {
  let isDone = false;
  await untilStopped(async (life) => {
    provide({ DATABASE_URL: await openDatabase(life, dataHome) });
    try {
      await settleErasures();
      await settleMails({ isAsked: !values.hold });
    } finally {
      await closeDatabase();
    }
    isDone = true;
    say("可以启动 · it may be started");
  });
  return isDone ? 0 : 1;
});

/** Mails, because somebody says that the database was restored. @throws StartError */
async function settleMails({ isAsked }: { isAsked: boolean }): Promise<void> {
  try {
    const done = await reconcileMails({ isAsked, isSaid: true });
    if (done) tell(done);
  } catch (error) {
    throw new StartError(
      `未能向邮件服务商核对已发出的邮件:${error instanceof Error ? error.message : String(error)}。若密钥无权读取邮件列表,请运行 npm run restored -- --hold,未发完的告知会全部暂停。`,
      `The mail provider could not be asked what it has accepted: ${error instanceof Error ? error.message : String(error)}. Where the key may not read the list, npm run restored -- --hold pauses every broadcast with mails to go instead.`,
    );
  }
}

function tell({ since, listed, found, unknown, strange, held }: Restored): void {
  const lines = [
    `  ! 数据库经过恢复或主备切换 · the database was restored, or another server leads`,
    `    自 ${since.toISOString()} 起服务商已接受 ${listed} 封,其中 ${found} 封此处不知 · accepted since: ${listed} mails, of which ${found} were not known here`,
    strange > 0 &&
      `    另有 ${strange} 封不属于任何告知(登录邮件,或丢失的告知) · ${strange} more belong to no broadcast: sign-in mails, or a broadcast that was lost`,
    unknown > 0 &&
      `    ${unknown} 封无法判断是否已发,不再发送 · of ${unknown} nobody can tell whether they left; they are not sent`,
    held > 0 &&
      `    已暂停 ${held} 项告知,请逐项核对后恢复 · ${held} broadcasts are paused; look at each and resume it`,
  ];
  for (const line of lines) if (line) say(line);
}
