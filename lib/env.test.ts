import { expect, test } from "vitest";

import { ENV_VARIABLES, EnvError, readEnv } from "./env";

const PRODUCTION = {
  NODE_ENV: "production",
  DATABASE_URL: "postgresql://gaozhi@db.example/gaozhi?sslmode=verify-full",
  APP_ORIGIN: "https://notices.example.com/",
  AUTH_SECRET: "x".repeat(32),
  DATA_KEY: "A".repeat(43),
  RESEND_API_KEY: "re_key",
  RESEND_WEBHOOK_SECRET: "whsec_c2VjcmV0",
  MAIL_FROM: "云桥科技 <notice@example.com>",
};

function problems(source: Record<string, string | undefined>): readonly string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
}

test("a complete production environment is accepted, with the mode taken from NODE_ENV", () => {
  expect(readEnv(PRODUCTION)).toMatchObject({
    GAOZHI_MODE: "production",
    APP_ORIGIN: "https://notices.example.com",
    PORT: 3000,
    DATA_DIR: ".data",
    demoSignIn: false,
    secureCookies: true,
  });
});

test.each([
  "AUTH_SECRET",
  "DATA_KEY",
  "APP_ORIGIN",
  "RESEND_API_KEY",
  "RESEND_WEBHOOK_SECRET",
  "MAIL_FROM",
  "DATABASE_URL",
])("production refuses to start without %s, in one sentence that names it", (name) => {
  for (const missing of [undefined, ""]) {
    const found = problems({ ...PRODUCTION, [name]: missing });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} is not set\\. `));
  }
});

test("a production server refuses demo sign-in for anybody but this machine", () => {
  const found = problems({ ...PRODUCTION, GAOZHI_MODE: "demo", RESEND_BASE_URL: "http://[::1]:1" });
  expect(found).toEqual([expect.stringContaining("lets anybody sign in as a demo person")]);
});

test("a demo on this machine is accepted, without Secure cookies", () => {
  const demo = { ...PRODUCTION, GAOZHI_MODE: "demo", APP_ORIGIN: "http://localhost:3000" };
  expect(readEnv(demo)).toMatchObject({ demoSignIn: true, secureCookies: false });
});

test("production shows no mailbox", () => {
  expect(problems({ ...PRODUCTION, MAILBOX_URL: "http://localhost:4000" })).toHaveLength(1);
});

test("every wrong value is named at once", () => {
  const found = problems({
    ...PRODUCTION,
    PORT: "70000",
    AUTH_SECRET: "short",
    MAIL_FROM: "nobody",
  });
  expect(found.map((sentence) => sentence.split(" ")[0])).toEqual([
    "PORT",
    "AUTH_SECRET",
    "MAIL_FROM",
  ]);
});

test("half an OpenID Connect provider is refused", () => {
  expect(problems({ ...PRODUCTION, OIDC_ISSUER: "https://id.example.com" })).toHaveLength(1);
});

test("an OpenID Connect provider is reached by https, unless it runs on this machine", () => {
  const at = (OIDC_ISSUER: string) =>
    problems({ ...PRODUCTION, OIDC_ISSUER, OIDC_CLIENT_ID: "id", OIDC_CLIENT_SECRET: "secret" });
  expect(at("https://id.example.com/realm")).toEqual([]);
  expect(at("http://127.0.0.1:4400")).toEqual([]);
  expect(at("http://id.example.com")).toEqual([expect.stringMatching(/^OIDC_ISSUER must begin/)]);
  expect(at("ftp://id.example.com")).toEqual([expect.stringMatching(/^OIDC_ISSUER must be an/)]);
});

test("every variable is described", () => {
  expect(ENV_VARIABLES.filter(({ description }) => !description)).toEqual([]);
  expect(ENV_VARIABLES.find(({ name }) => name === "PORT")?.default).toBe("3000");
});

test("production reaches PostgreSQL beyond this machine by TLS alone, to who it says it is", () => {
  const at = (DATABASE_URL: string, PLAIN_HOSTS = "") =>
    problems({ ...PRODUCTION, DATABASE_URL, PLAIN_HOSTS });
  const refused = [expect.stringMatching(/^DATABASE_URL must end in sslmode=verify-full/)];
  for (const search of ["", "?sslmode=require&uselibpqcompat=true", "?sslmode=disable"])
    expect(at(`postgresql://u:p%40@db.example:5432/gaozhi${search}`)).toEqual(refused);
  expect(at("postgresql://u@/gaozhi?host=db.example")).toEqual(refused);
  expect(at("postgresql://u:p@db.example/gaozhi?sslmode=verify-full")).toEqual([]);
  for (const near of ["u:p@127.0.0.1:5432", "u@localhost", "u@[::1]:5432"])
    expect(at(`postgresql://${near}/gaozhi`)).toEqual([]);
  expect(at("postgresql://u@/gaozhi?host=/var/run/postgresql")).toEqual([]);
  expect(at("postgresql://u:p@database/gaozhi", "database, other")).toEqual([]);
});

test("no other line out of this machine or into it is plain, unless its host is named", () => {
  const lines = {
    ...{ RESEND_BASE_URL: "http://mails.example", CLAMD: "scanner.example:3310" },
    ...{ METRICS_LISTEN: "0.0.0.0:9464", METRICS_TOKEN: "t".repeat(32) },
    ACCOUNT_DELETION_URL: "http://users.example",
    SERVICE_STANDING_URL: "http://services.example",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector.example:4318",
  };
  expect(problems({ ...PRODUCTION, ...lines }).map((one) => one.split(" ")[0])).toEqual([
    "RESEND_BASE_URL",
    "ACCOUNT_DELETION_URL",
    "SERVICE_STANDING_URL",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "CLAMD",
    "METRICS_LISTEN",
  ]);
  const PLAIN_HOSTS =
    "mails.example,users.example,services.example,scanner.example,collector.example,0.0.0.0";
  expect(problems({ ...PRODUCTION, ...lines, PLAIN_HOSTS })).toEqual([]);
  expect(problems({ ...PRODUCTION, CLAMD: "/run/clamav/clamd.ctl" })).toEqual([]);
});

test("a password for SMTP in which a % is not written as %25 is refused when the portal starts", () => {
  const by = (password: string) =>
    problems({ ...PRODUCTION, MAIL_SMTP_URL: `smtps://portal:${password}@smtp.example.com` });
  expect(by("50%25off%40x")).toEqual([]);
  expect(by("50%off")).toEqual([expect.stringContaining("%25")]);
});
