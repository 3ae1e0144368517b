import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import pg from "pg";

import { db } from "@/db/client";
import { sessions, users } from "@/db/schema";
import { hashSessionToken, newSessionToken } from "@/domain/access/secrets";
import { childEnvironment, env, provide } from "@/lib/env";
import { inRoot } from "@/lib/paths";
import { NEXT } from "@/scripts/launch/build";
import { freePort } from "@/scripts/launch/free-port";
import { enterLauncher } from "@/scripts/launch/launcher-state";
import {
  localEnvironment,
  standInProgram,
  webAnswers,
  workerProgram,
} from "@/scripts/launch/portal";
import { watchPrograms } from "@/scripts/launch/programs";
import { tellStory } from "@/scripts/launch/tell-story";
import { provideFor } from "@/tests/support/environment";

const ends: (() => unknown)[] = [];

/** Puts away what a workload set up, the newest first. */
export async function clearGround(): Promise<void> {
  for (const end of ends.toReversed()) await end();
  ends.length = 0;
}

const databaseUrl = (): string => process.env.BENCH_DATABASE_URL ?? "";

/** The domain itself in this process, over the workload's own empty database. */
export const openOwnDatabase = (): void => provideFor(databaseUrl());

export type Portal = { origin: string; environment: Record<string, string | undefined> };

/** The production build with the demo's story, its worker and mail stand-in, as `npm start` runs them. */
export async function startPortal(): Promise<Portal> {
  const dataDir = temporaryFolder();
  const [port, console, standIn] = [await freePort(), await freePort(), await freePort()];
  const url = databaseUrl();
  const environment = localEnvironment("test", { url, dataDir, port, console, standIn });
  provide({
    ...Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
    LOG_LEVEL: "silent",
  });
  await tellStory(environment);
  const state = await enterLauncher(dataDir, { address: "benchmarks", whole: true });
  const programs = watchPrograms(state, path.join(dataDir, "logs"));
  ends.push(() => programs.stop());
  await programs.start(standInProgram(environment, dataDir));
  await programs.start({
    name: "web",
    command: [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)],
    environment,
  });
  await programs.start(workerProgram(environment));
  await webAnswers(port, programs.lost);
  return { origin: `http://127.0.0.1:${port}`, environment };
}

/** Headers of somebody who is signed in, with a factor just proven. */
export async function signedIn(email: string): Promise<Record<string, string>> {
  const [person] = await db.select().from(users).where(eq(users.email, email));
  if (!person) throw new Error(`nobody has the address ${email}`);
  const token = newSessionToken();
  const now = new Date();
  await db.insert(sessions).values({
    ...{ tokenHash: hashSessionToken(token), userId: person.id, createdAt: now, factorAt: now },
    ...{ lastSeenAt: now, expiresAt: new Date(now.getTime() + 3_600_000) },
  });
  return { cookie: `gaozhi-session=${token}` };
}

/** What a bare Next app of the same version answers: a prerendered page of this HTML, and a page of one query. */
export async function startBareNext(text: string): Promise<string> {
  const folder = inRoot(".data", "bench-next");
  fs.rmSync(folder, { recursive: true, force: true });
  const files = {
    "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(inRoot())} }, typescript: { ignoreBuildErrors: true } };`,
    "package.json": `{ "private": true, "type": "module" }`,
    "text.json": JSON.stringify(text),
    "app/layout.jsx": `export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }`,
    "app/page.jsx": `import text from "../text.json";\nexport default function Page() { return <main>{text.split("\\n").map((line, at) => <p key={at}>{line}</p>)}</main>; }`,
    "app/query/page.jsx": `import pg from "pg";
const pool = (globalThis.pool ??= new pg.Pool({ connectionString: process.env.DATABASE_URL }));
export const dynamic = "force-dynamic";
export default async function Page() {
  const { rows } = await pool.query({ name: "people", text: "select id, name, email from users order by id limit 30" });
  return <main><h1>People</h1><ul>{rows.map((row) => <li key={row.id}>{row.name} {row.email}</li>)}</ul></main>;
}`,
  };
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  ends.push(() => fs.rmSync(folder, { recursive: true, force: true }));
  const environment = { NODE_ENV: "production", DATABASE_URL: databaseUrl() };
  const build = node([NEXT, "build", folder], environment, "ignore");
  await new Promise<void>((resolve, reject) => {
    build.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error("the bare Next app does not build")),
    );
  });
  const port = await freePort();
  const web = node([NEXT, "start", folder, "-H", "127.0.0.1", "-p", String(port)], environment);
  ends.push(() => ended(web));
  return until(`http://127.0.0.1:${port}`);
}

/**
 * nginx, if it is installed: as it is shipped before a portal (https), and with the bytes of one page as
 * a file (http), which is the limit of any server here.
 */
export async function startNginx(portal: string, page: { gzip: Buffer }) {
  const folder = temporaryFolder();
  const [plain, secure, bare] = [await freePort(), await freePort(), await freePort()];
  fs.writeFileSync(path.join(folder, "page.html"), "");
  fs.writeFileSync(path.join(folder, "page.html.gz"), page.gzip);
  const [key, pem] = [path.join(folder, "key"), path.join(folder, "pem")];
  const subject = ["-nodes", "-subj", "/CN=localhost", "-days", "2", "-keyout", key, "-out", pem];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", ...subject], { stdio: "ignore" });
  const shipped = fs
    .readFileSync(inRoot("deploy", "nginx.conf"), "utf8")
    .replaceAll(/^\s*listen \[::\].*$/gm, "")
    .replace("listen 80;", `listen 127.0.0.1:${plain};`)
    // Without TLS: what is compared is serving, and a file's bytes come without it too.
    .replace("listen 443 ssl http2;", `listen 127.0.0.1:${secure};`)
    .replaceAll(/^\s*ssl_.*$/gm, "")
    .replace("127.0.0.1:3000", new URL(portal).host)
    .replaceAll("notices.example.com", "localhost")
    .replace("limit_conn gaozhi_connections 100;", "")
    .replace("/var/cache/nginx/gaozhi", path.join(folder, "cache"));
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const conf = path.join(folder, "nginx.conf");
  fs.writeFileSync(
    conf,
    `worker_processes 1;
${process.getuid?.() === 0 ? "user root;" : ""}
pid ${folder}/pid;
events { worker_connections 4096; }
http {
  access_log off;
  default_type text/html;
  ${places.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n  ")}
  server { listen 127.0.0.1:${bare}; root ${folder}; gzip_static always; }
  ${shipped}
}`,
  );
  const nginx = spawn("nginx", ["-p", folder, "-c", conf, "-e", "stderr", "-g", "daemon off;"], {
    stdio: "ignore",
  });
  ends.push(() => ended(nginx));
  await until(`http://127.0.0.1:${bare}/page.html`);
  return {
    file: `http://127.0.0.1:${bare}/page.html`,
    shipped: `http://127.0.0.1:${secure}`,
    headers: { host: "localhost", "x-forwarded-proto": "https" },
  };
}

/** A bare read over HTTP: one prepared look by a primary key, with nothing around it. */
export async function startBareRead(id: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: databaseUrl(), max: 10 });
  const server = http.createServer((_, response) => {
    void pool
      .query({
        name: "one",
        text: "select count(*)::int as n from users where id = $1",
        values: [id],
      })
      .then(({ rows }) => response.end(JSON.stringify(rows[0])));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
    return pool.end();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The mail stand-in as a program of its own, so that its work is not counted as ours. */
export async function startStandIn(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ["--import", "tsx", "stand-ins/resend/run.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      RESEND_STANDIN_DATA: temporaryFolder(),
      RESEND_API_KEY: env().RESEND_API_KEY,
      RESEND_WEBHOOK_SECRET: env().RESEND_WEBHOOK_SECRET,
    },
  });
  ends.push(() => ended(child));
  let words = "";
  for await (const chunk of child.stdout) {
    words += String(chunk);
    if (words.includes("ready")) break;
  }
  return { url: /http:\S+/.exec(words)?.[0] ?? "", child };
}

/** Resident memory of a process, in MB; 0 where the system has no /proc. */
export function residentMb(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function node(
  words: string[],
  environment: Record<string, string>,
  stdio: "ignore" | "inherit" = "ignore",
) {
  return spawn(process.execPath, words, {
    cwd: inRoot(),
    env: childEnvironment(environment) as NodeJS.ProcessEnv,
    stdio,
  });
}

async function until(url: string): Promise<string> {
  const end = performance.now() + 30_000;
  for (;;) {
    try {
      if ((await fetch(url)).status < 500) return url;
    } catch {
      // It has not begun to listen.
    }
    if (performance.now() > end) throw new Error(`${url} does not answer`);
    await sleep(50);
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-bench-"));
  ends.push(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
