import { reconcileMails, type Restored } from "@/jobs/after-restore";
import { reapplyErasures } from "@/jobs/erasures";
import { StartError } from "@/lib/start-error";

import { say } from "./say";

/**
 * Before any door opens: who was erased stays erased, also on a restored database (docs/decisions/021).
 * What mails have left is the worker's to find out, before the next one does.
 * @throws StartError where an erasure cannot be carried out again
 */
export async function settleErasures(): Promise<void> {
  try {
    const erasures = await reapplyErasures();
    if (erasures > 0)
      say(
        `  ! 按台账重新注销 ${erasures} 个账号 · erased again by the ledger: ${erasures} accounts`,
      );
  } catch (error) {
    throw new StartError(
      `删除台账(ERASURE_LEDGER_FILE)中的注销无法在此数据库上重新执行:${reason(error)}。`,
      `What the erasure ledger (ERASURE_LEDGER_FILE) holds cannot be carried out again on this database: ${reason(error)}.`,
    );
  }
}

/** The same for mails, because somebody says that the database was restored. @throws StartError */
export async function settleMails({ isAsked }: { isAsked: boolean }): Promise<void> {
  try {
    const done = await reconcileMails({ isAsked, isSaid: true });
    if (done) tell(done);
  } catch (error) {
    throw new StartError(
      `未能向邮件服务商核对已发出的邮件:${reason(error)}。若密钥无权读取邮件列表,请运行 npm run restored -- --hold,未发完的告知会全部暂停。`,
      `The mail provider could not be asked what it has accepted: ${reason(error)}. Where the key may not read the list, npm run restored -- --hold pauses every broadcast with mails to go instead.`,
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

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
