import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";

import { ENV_VARIABLES, EnvError, isGiven, provide, readEnv, setting } from "./env";
import { SECRET_NAMES } from "./env-files";

const folder = mkdtempSync(path.join(os.tmpdir(), "gaozhi-secrets-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
  provide({ CONSOLE_KEY_FILE: "" });
});

function fileWith(name: string, text: string, mode = 0o600): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

const SECRET = "s".repeat(40);
const REST = {
  NODE_ENV: "production",
  APP_ORIGIN: "https://notices.example.com",
  DATABASE_URL: "postgresql://localhost/gaozhi",
  DATA_KEY: "A".repeat(43),
  RESEND_API_KEY: "re_key",
  RESEND_WEBHOOK_SECRET: "whsec_c2VjcmV0",
  MAIL_FROM: "notice@example.com",
};

function problems(source: Record<string, string>): readonly string[] {
  try {
    readEnv({ ...REST, ...source });
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

test("a secret is had from the file that its setting names, or as systemd hands it over", () => {
  const AUTH_SECRET_FILE = fileWith("auth", `${SECRET}\nwritten by ana\n`);
  expect(readEnv({ ...REST, AUTH_SECRET_FILE }).AUTH_SECRET).toBe(SECRET);
  fileWith("gaozhi.AUTH_SECRET", `${SECRET}2`, 0o400);
  expect(readEnv({ ...REST, CREDENTIALS_DIRECTORY: folder }).AUTH_SECRET).toBe(`${SECRET}2`);
});

test("one that cannot be read, is empty, is open to everybody or stands twice is refused by its name", () => {
  const at = (AUTH_SECRET_FILE: string, more = {}) =>
    problems({ AUTH_SECRET: "", AUTH_SECRET_FILE, ...more })[0];
  expect(at(path.join(folder, "nothing"))).toMatch(/^AUTH_SECRET cannot .*: ENOENT\.$/);
  expect(at(fileWith("empty", "\n"))).toMatch(/first line is empty/);
  expect(at(fileWith("open", SECRET, 0o644))).toMatch(/everybody on this machine may read it/);
  const file = fileWith("kept", SECRET);
  expect(at(file, { AUTH_SECRET: "another".repeat(6) })).toMatch(/^AUTH_SECRET stands in the env/);
  expect(at(file, { AUTH_SECRET: SECRET })).toBeUndefined();
});

test("it is known to what asks for one setting, and never part of the environment", () => {
  provide({ CONSOLE_KEY: "", CONSOLE_KEY_FILE: fileWith("console", SECRET) });
  expect(setting("CONSOLE_KEY")).toBe(SECRET);
  expect(isGiven("CONSOLE_KEY")).toBe(true);
  expect(Object.values(process.env)).not.toContain(SECRET);
});

test("whatever setting is a secret may stand in a file", () => {
  const secrets = ENV_VARIABLES.map(({ name }) => name).filter(
    (name) =>
      /SECRET|KEY|TOKEN|_URL|_HEADERS/.test(name) &&
      !/_UNTIL$|_FILE$|RESEND_BASE|ACCOUNT_DELETION_URL|SERVICE_STANDING_URL|MAILBOX|WITNESS|TSA/.test(
        name,
      ),
  );
  expect(secrets.toSorted()).toEqual([...SECRET_NAMES].toSorted());
});
