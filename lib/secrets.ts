import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";

import { StartError, systemCode } from "@/lib/start-error";

const shape = z.object({
  databasePassword: z.string(),
  applicationPassword: z.string(),
  authSecret: z.string(),
  dataKey: z.string(),
  pushKey: z.string(),
  resendApiKey: z.string(),
  resendWebhookSecret: z.string(),
});
export type Secrets = z.infer<typeof shape>;

/**
 * The secrets of an installation that runs everything by itself: made once, kept in the data folder,
 * readable by its owner alone.
 * @throws StartError when the file can't be read or is damaged
 */
export function loadSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, "secrets.json");
  try {
    if (!fs.existsSync(file)) write(file, freshSecrets());
    const kept: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    const whole = shape.safeParse(kept);
    return whole.success ? whole.data : complete(file, shape.partial().parse(kept));
  } catch (error) {
    const why = systemCode(error) ?? "not valid";
    throw new StartError(
      `无法读取密钥文件 ${file}(${why})。请恢复该文件或它的权限;删除整个数据目录会重新开始。`,
      `The secrets in ${file} cannot be read (${why}). Restore the file or its permissions; deleting the whole data folder starts afresh.`,
    );
  }
}

/** A folder made before a secret existed gets it added; what it had stays as it was. */
function complete(file: string, known: object): Secrets {
  const whole = shape.parse({ ...freshSecrets(), ...known });
  fs.renameSync(draftOf(file, whole), file);
  return whole;
}

const freshSecrets = (): Secrets => ({
  databasePassword: randomBytes(24).toString("hex"),
  applicationPassword: randomBytes(24).toString("hex"),
  authSecret: randomBytes(32).toString("base64url"),
  dataKey: randomBytes(32).toString("base64url"),
  pushKey: randomBytes(32).toString("base64url"),
  resendApiKey: `re_${randomBytes(16).toString("hex")}`,
  resendWebhookSecret: `whsec_${randomBytes(24).toString("base64")}`,
});

/** Linked into place, so that of two processes starting at once the first one's secrets stand. */
function write(file: string, secrets: Secrets): void {
  const draft = draftOf(file, secrets);
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** The secrets on disk beside their place, whole before they are moved there. */
function draftOf(file: string, secrets: Secrets): string {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify(secrets, null, 2), { mode: 0o600, flush: true });
  return draft;
}
