import { closeDatabase } from "@/db/client";
import { reapplyErasures, reconcileMails, type Restored } from "@/jobs/after-restore";
import { StartError } from "@/lib/start-error";

import { say } from "./say";

/** Whether mails are looked at too, which is before a worker; and whether the provider can be asked for them. */
type Looking = { mails: boolean; isAsked?: boolean; isSaid?: boolean };

/**
 * Before any door opens (docs/decisions/021): who was erased stays erased, also on a restored database;
 * and before a worker begins, what the provider accepted and the database has forgotten is known again.
 * @throws StartError where either cannot be done
 */
export async function settleRestore({
  mails,
  isAsked = true,
  isSaid = false,
}: Looking): Promise<void> {
  try {
    const erasures = await reapplyErasures().catch((error: unknown) => {
      throw new StartError(
        `数据库可能恢复到了较早的时刻,但删除台账(ERASURE_LEDGER_FILE)无法重新执行:${reason(error)}。`,
        `The database may have been restored to a moment before, and the erasure ledger (ERASURE_LEDGER_FILE) cannot be carried out again: ${reason(error)}.`,
      );
    });
    if (erasures > 0)
      say(
        `  ! 按台账重新注销 ${erasures} 个账号 · erased again by the ledger: ${erasures} accounts`,
      );
    const done = mails && (await reconcileMails({ isAsked, isSaid, erasures }).catch(notAsked));
    if (done) tell(done);
  } finally {
    await closeDatabase();
  }
}

function notAsked(error: unknown): never {
  throw new StartError(
    `数据库经过恢复或主备切换,须先向邮件服务商核对已发出的邮件,但未能核对:${reason(error)}。请在其恢复后重试;若密钥无权读取邮件列表,请运行 npm run restored -- --hold,未发完的告知会全部暂停。`,
    `The database was restored, or another server leads, and the mail provider could not be asked what it has accepted since: ${reason(error)}. Start again once it answers; where the key may not read the list, npm run restored -- --hold pauses every broadcast with mails to go instead.`,
  );
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

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
