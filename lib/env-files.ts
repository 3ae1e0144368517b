import fs from "node:fs";
import path from "node:path";

/** Settings that open something, each of which may stand in a file instead. */
export const SECRET_NAMES = [
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "DATABASE_LISTEN_URL",
  "AUTH_SECRET",
  "AUTH_SECRET_BEFORE",
  "DATA_KEY",
  "DATA_KEY_OTHERS",
  "CONSOLE_KEY",
  "CONSOLE_KEY_BEFORE",
  "PUSH_KEY",
  "SMS_SECRET_KEY",
  "ACCOUNT_DELETION_KEY",
  "SERVICE_STANDING_KEY",
  "RESEND_API_KEY",
  "MAIL_SMTP_URL",
  "RESEND_WEBHOOK_SECRET",
  "RESEND_WEBHOOK_SECRET_BEFORE",
  "OIDC_CLIENT_SECRET",
  "METRICS_TOKEN",
  "OTEL_EXPORTER_OTLP_HEADERS",
] as const;

/** Where containers find their secrets, each readable to all that runs in the container. */
const CONTAINER_SECRETS = "/run/secrets/";
const READABLE_TO_ALL = 0o004;

type Source = Record<string, string | undefined>;
export type FromFiles = { values: Record<string, string>; problems: string[] };

/**
 * The secrets that stand in files: where `NAME_FILE` names one, or as systemd hands them over
 * (`gaozhi.NAME` in CREDENTIALS_DIRECTORY). They never become part of the environment, which every
 * program that is started inherits. A secret is one line; what follows it is not read.
 */
export function secretsInFiles(source: Source): FromFiles {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of SECRET_NAMES) {
    const file = fileOf(source, name);
    if (!file) continue;
    const read = readSecret(file);
    if ("problem" in read) problems.push(`${name} cannot be had from ${file}: ${read.problem}.`);
    else if (source[name] && source[name] !== read.value)
      problems.push(`${name} stands in the environment and, otherwise, in ${file}; keep one.`);
    else values[name] = read.value;
  }
  return { values, problems };
}

function fileOf(source: Source, name: string): string | undefined {
  const named = source[`${name}_FILE`];
  if (named) return named;
  const folder = source.CREDENTIALS_DIRECTORY;
  const handed = folder && path.join(/* turbopackIgnore: true */ folder, `gaozhi.${name}`);
  return handed && fs.existsSync(/* turbopackIgnore: true */ handed) ? handed : undefined;
}

function readSecret(file: string): { value: string } | { problem: string } {
  try {
    const { mode } = fs.statSync(/* turbopackIgnore: true */ file);
    if (mode & READABLE_TO_ALL && !file.startsWith(CONTAINER_SECRETS))
      return { problem: "everybody on this machine may read it; chmod 0400" };
    const [value = ""] = fs.readFileSync(/* turbopackIgnore: true */ file, "utf8").split("\n");
    return value.trim() ? { value: value.trim() } : { problem: "its first line is empty" };
  } catch (error) {
    return { problem: (error as NodeJS.ErrnoException).code ?? "it is no file" };
  }
}
