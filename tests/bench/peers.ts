import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { childEnvironment } from "@/lib/env";
import { inRoot } from "@/lib/paths";
import { NEXT } from "@/scripts/launch/build";
import { freePort } from "@/scripts/launch/free-port";

import { atEnd, databaseUrl, ended, temporaryFolder, until } from "./ground";

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
  atEnd(() => fs.rmSync(folder, { recursive: true, force: true }));
  const environment = { NODE_ENV: "production", DATABASE_URL: databaseUrl() };
  const build = node([NEXT, "build", folder], environment, "ignore");
  await new Promise<void>((resolve, reject) => {
    build.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error("the bare Next app does not build")),
    );
  });
  const port = await freePort();
  const web = node([NEXT, "start", folder, "-H", "127.0.0.1", "-p", String(port)], environment);
  atEnd(() => ended(web));
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
    .replace("/var/cache/nginx/gaozhi", path.join(folder, "cache"))
    .replaceAll("/var/log/nginx", folder);
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
    stdio: ["ignore", "ignore", "inherit"],
  });
  atEnd(() => ended(nginx));
  await until(`http://127.0.0.1:${bare}/page.html`);
  return {
    file: `http://127.0.0.1:${bare}/page.html`,
    shipped: `http://127.0.0.1:${secure}`,
    // So spelled, or wrk sends its own beside it, and nginx refuses two.
    headers: { Host: "localhost", "x-forwarded-proto": "https" },
  };
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
