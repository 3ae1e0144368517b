import { execFileSync, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import http, { type IncomingHttpHeaders } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { inRoot } from "@/lib/paths";
import { freePort } from "@/scripts/launch/free-port";

/** The shipped configuration before a server that says what it was sent. */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-nginx-"));
const asked: { url: string; headers: IncomingHttpHeaders }[] = [];
const portal = http.createServer((request, response) => {
  asked.push({ url: request.url ?? "", headers: request.headers });
  request.resume().on("end", () => {
    const isPrivate = request.headers.cookie?.includes("session=") || request.headers.rsc;
    response.setHeader("Cache-Control", isPrivate ? "private, no-store" : "public, s-maxage=1");
    if (!isPrivate) response.setHeader("X-Accel-Expires", `@${second()}`);
    response.setHeader("Vary", "Accept-Encoding, Cookie, RSC");
    response.setHeader("ETag", '"1"');
    response.setHeader("Strict-Transport-Security", "max-age=1");
    if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
    else {
      response.setHeader("Content-Type", "text/html");
      const long = request.url?.endsWith("/long") ? " and again".repeat(1000) : "";
      response.end(`made ${asked.length} for ${request.headers.cookie ?? "everybody"}${long}`);
    }
  });
});
let ports: { plain: number; secure: number };
let nginx: ReturnType<typeof spawn> | undefined;

const second = () => Math.floor(Date.now() / 1000);

const has = (program: string) => spawnSync(program, ["-v"]).error === undefined;

describe.skipIf(!has("nginx") || !has("openssl"))("nginx as it is shipped", () => {
  beforeAll(async () => {
    await new Promise<void>((done) => portal.listen(0, "127.0.0.1", done));
    ports = { plain: await freePort(), secure: await freePort() };
    const subject = ["-nodes", "-subj", "/CN=localhost", "-days", "2"];
    const files = ["-keyout", path.join(folder, "key"), "-out", path.join(folder, "pem")];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", ...subject, ...files], {
      stdio: "ignore",
    });
    fs.writeFileSync(path.join(folder, "nginx.conf"), around(adapted()));
    const command = ["-p", folder, "-c", path.join(folder, "nginx.conf"), "-e", "stderr"];
    execFileSync("nginx", ["-t", "-q", ...command]);
    nginx = spawn("nginx", [...command, "-g", "daemon off;"], { stdio: "ignore" });
    await vi.waitUntil(() => get("/healthz").catch(() => null), { timeout: 10_000 });
  });
  afterAll(async () => {
    const ended = new Promise((done) => nginx?.once("exit", done));
    nginx?.kill("SIGTERM");
    if (nginx) await ended;
    portal.closeAllConnections();
    portal.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test("what is for everybody is asked of the portal once a second, in each coding", async () => {
    const began = second();
    const times = await askedFor(async () => {
      for (const coding of ["br, gzip", "gzip", "gzip, deflate, br;q=0", "br"])
        for (let count = 0; count < 10; count += 1)
          await get("/zh-CN/rights", { "accept-encoding": coding });
    });
    const seconds = second() - began + 1;
    for (const coding of ["br", "gzip"]) {
      const those = times.filter(({ headers }) => headers["accept-encoding"] === coding);
      expect(those.length).toBeGreaterThan(0);
      expect(those.length).toBeLessThanOrEqual(seconds);
    }
  });

  test("nothing is kept longer than a second, and what is asked again is asked by its ETag", async () => {
    for (let round = 0; round < 3; round += 1) {
      await get("/zh-CN/policies");
      const began = performance.now();
      const before = asked.length;
      await vi.waitUntil(async () => (await get("/zh-CN/policies")) && asked.length > before, {
        timeout: 3_000,
        interval: 10,
      });
      expect(performance.now() - began).toBeLessThan(1_200);
      expect(asked.at(-1)?.headers["if-none-match"]).toBe('"1"');
    }
  });

  test.each([
    ["a session", { cookie: "theme=dark; __Host-gaozhi-session=mine" }],
    ["a part of a page", { rsc: "1" }],
    ["a key", { authorization: "Bearer mine" }],
  ])("%s is always answered by the portal, and nothing of it is kept", async (_, headers) => {
    await get("/zh-CN/incidents");
    const times = await askedFor(async () => {
      for (let count = 0; count < 3; count += 1) await get("/zh-CN/incidents", headers);
    });
    expect(times).toHaveLength(3);
    expect((await get("/zh-CN/incidents")).body).toContain("for everybody");
  });

  test("what is somebody's own is asked for plain and compressed on its way", async () => {
    const own = { cookie: "gaozhi-session=mine", "accept-encoding": "br, gzip" };
    const [seen] = await askedFor(async () => {
      const { headers, body } = await get("/zh-CN/long", own);
      expect(headers["content-encoding"]).toBe("gzip");
      expect(headers.vary).toContain("Accept-Encoding");
      expect(Buffer.byteLength(body)).toBeLessThan(1000);
    });
    expect(seen?.headers["accept-encoding"] ?? "").toBe("");
  });

  test("what a caller says of where it comes from is dropped", async () => {
    const forged = {
      "x-forwarded-for": "6.6.6.6",
      "x-forwarded-proto": "http",
      "x-forwarded-host": "evil.example",
      "x-real-ip": "6.6.6.6",
      forwarded: "for=6.6.6.6",
    };
    const [seen] = await askedFor(() => get("/zh-CN/forged", forged));
    expect(seen?.headers).toMatchObject({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "localhost",
    });
    expect(JSON.stringify(seen?.headers)).not.toMatch(/6\.6\.6\.6|evil/);
  });

  test("every answer is held to https for a year, once said, and what comes without goes there", async () => {
    for (const address of ["/zh-CN", "/zh-CN/large"]) {
      const body = address.endsWith("large") ? "x".repeat(13_000_000) : undefined;
      const { status, headers } = await get(address, {}, { body });
      expect(headers["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
      expect(status).toBe(body ? 413 : 200);
    }
    const plain = await fetch(`http://127.0.0.1:${ports.plain}/zh-CN`, { redirect: "manual" });
    expect(plain.headers.get("location")).toMatch(/^https:\/\//);
  });

  test("the log tells neither the query nor a ticket's link, where keys are, nor who sent it there", async () => {
    await get("/zh-CN/sign-in/confirm?request=1&token=a-key", { referer: "https://a/?a-key" });
    await get("/zh-CN/t/a-key");
    const log = () => fs.readFileSync(path.join(folder, "access.log"), "utf8");
    await vi.waitUntil(() => log().includes("GET /zh-CN/t/ 200"), { timeout: 10_000 });
    expect(log()).toContain("GET /zh-CN/sign-in/confirm 200");
    expect(log()).not.toContain("a-key");
  });

  test("a request with two ends is refused here, and what is hidden in it reaches no portal", async () => {
    const hidden = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const begin = "POST /zh-CN HTTP/1.1\r\nHost: localhost\r\n";
    for (const rest of [
      `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
      `Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
      `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
      `Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    ]) {
      const seen = await askedFor(async () => {
        expect(await send(begin + rest), rest).toMatch(
          /^HTTP\/1\.1 (400|501) (?![\s\S]*HTTP\/1\.1 200)/,
        );
      });
      expect(seen.map(({ url }) => url)).toEqual([]);
    }
  });

  test("nothing older than TLS 1.2 is spoken", async () => {
    const old = { maxVersion: "TLSv1.1", minVersion: "TLSv1" } as const;
    await expect(get("/zh-CN", {}, old)).rejects.toThrow();
  });
});

describe.skipIf(!has("systemd-analyze"))("the units as they are shipped", () => {
  test.each(["gaozhi-web@.service", "gaozhi-worker.service"])("%s holds", (unit) => {
    const text = fs.readFileSync(inRoot("deploy", unit), "utf8");
    const given = text.replace("/usr/bin/node", process.execPath).replace(/^User=.*$/m, "");
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-unit-")), unit);
    fs.writeFileSync(file, given);
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file], {
      encoding: "utf8",
    });
    expect(`${status} ${ofUnit(stderr, unit)}`).toBe("0 ");
  });

  test.each(["gaozhi-web@.service", "gaozhi-worker.service"])(
    "%s is exposed no more than it was (2.0 of 10)",
    (unit) => {
      const { status, stdout } = spawnSync(
        "systemd-analyze",
        ["security", "--offline=true", "--no-pager", "--threshold=20", inRoot("deploy", unit)],
        { encoding: "utf8" },
      );
      expect([status, stdout]).toEqual([0, expect.stringContaining("Overall exposure level")]);
    },
  );
});

test("logs go to another machine by https alone, under a certificate of ours, to whom a named authority vouches for", () => {
  const text = fs.readFileSync(inRoot("deploy", "journal-upload.conf"), "utf8");
  const [section, ...lines] = text.split("\n").filter((line) => /^[^#\s]/.test(line));
  const settings = lines.map((line) => line.split("=", 2));
  expect(section).toBe("[Upload]");
  expect(Object.fromEntries(settings)).toEqual({
    URL: expect.stringMatching(/^https:\/\//),
    ...{ ServerCertificateFile: expect.stringMatching(/^\/etc\//) },
    ...{ ServerKeyFile: expect.stringMatching(/^\/etc\/ssl\/private\//) },
    TrustedCertificateFile: expect.stringMatching(/^\/etc\//),
  });
  for (const unit of ["gaozhi-web@.service", "gaozhi-worker.service"])
    expect(fs.readFileSync(inRoot("deploy", unit), "utf8"), unit).not.toMatch(
      /^(?:Standard(?:Output|Error)|LogLevelMax|LogFilterPatterns)=/m,
    );
});

describe("the containers as they are shipped", () => {
  const read = (...parts: string[]) => fs.readFileSync(inRoot(...parts), "utf8");

  test("what the image starts, what is mounted and what is exchanged in nginx.conf is there", () => {
    const texts = [read("deploy", "Containerfile"), read("deploy", "compose.yaml")].join("\n");
    const started = [...texts.matchAll(/\b(scripts\/[\w./-]+\.(?:ts|mjs))/g)].map(
      ([, file]) => file,
    );
    expect(started.length).toBeGreaterThan(3);
    for (const file of started) expect(fs.existsSync(inRoot(file ?? "")), file).toBe(true);
    for (const [, file] of texts.matchAll(/- \.\/((?!tls)[\w.]+):/g))
      expect(fs.existsSync(inRoot("deploy", file ?? "")), file).toBe(true);
    expect(read("deploy", "nginx.conf")).toMatch(/server 127\.0\.0\.1:3000;/);
  });

  test("only the migration knows the owner, and nothing of the portal runs as root or writes", () => {
    const [before = "", migrate = "", after = ""] = read("deploy", "compose.yaml").split(
      /^ {2}(?=migrate:|web-1:)/m,
    );
    expect(migrate).toContain("DATABASE_OWNER_URL");
    expect(before + after).not.toContain("DATABASE_OWNER_URL");
    expect(before).toMatch(/read_only: true[^]*cap_drop: \[ALL\][^]*no-new-privileges/);
    expect(read("deploy", "Containerfile").split("FROM").at(-1)).toMatch(/^USER node$/m);
  });

  test("its roles are those that docs/operations.md makes", () => {
    const [, told = ""] = /```sql\n([^]*?)```/.exec(read("docs", "operations.md")) ?? [];
    const plain = (sql: string) =>
      sql
        .replaceAll(/^(?:--|\\).*$/gm, "")
        .replaceAll(/password \S+;/g, "password;")
        .trim();
    expect(plain(read("deploy", "roles.sql"))).toBe(plain(told));
  });
});

/** Of what is said of all units of the machine, what concerns ours. */
const ofUnit = (words: string, unit: string): string =>
  words
    .split("\n")
    .filter((line) => line.includes(unit))
    .join("\n");

/** Ports and files that a test may use; everything else as it is. */
function adapted(): string {
  return fs
    .readFileSync(inRoot("deploy", "nginx.conf"), "utf8")
    .replaceAll(/^\s*listen \[::\].*$/gm, "")
    .replace("listen 80;", `listen 127.0.0.1:${ports.plain};`)
    .replace("listen 443 ", `listen 127.0.0.1:${ports.secure} `)
    .replace("127.0.0.1:3000", `127.0.0.1:${(portal.address() as AddressInfo).port}`)
    .replaceAll("notices.example.com", "localhost")
    .replace("/etc/ssl/certs/gaozhi.pem", path.join(folder, "pem"))
    .replace("/etc/ssl/private/gaozhi.key", path.join(folder, "key"))
    .replace("/var/log/nginx/gaozhi.log", path.join(folder, "access.log"))
    .replace("/var/cache/nginx/gaozhi", path.join(folder, "cache"));
}

/** Writes these bytes and reads to the end. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const to = { port: ports.secure, servername: "localhost", rejectUnauthorized: false };
    const socket = tls.connect({ host: "127.0.0.1", ...to }, () => socket.write(bytes));
    let text = "";
    socket.on("data", (part) => (text += String(part)));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
  });
}

const around = (site: string): string => `
worker_processes 1;
${process.getuid?.() === 0 ? "user root;" : ""}
pid ${folder}/pid;
events { worker_connections 256; }
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n  ")}
  ${site}
}`;

async function askedFor(work: () => Promise<unknown>) {
  const before = asked.length;
  await work();
  return asked.slice(before);
}

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

function get(
  address: string,
  headers: Record<string, string> = {},
  { body, ...tls }: https.RequestOptions & { body?: string | undefined } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        ...{ host: "127.0.0.1", servername: "localhost", port: ports.secure, path: address },
        ...{ method: body ? "POST" : "GET", rejectUnauthorized: false, agent: false, ...tls },
        headers: { host: "localhost", ...headers, ...(body && { "content-length": body.length }) },
      },
      (answer) => {
        let text = "";
        answer.on("data", (part) => (text += String(part)));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        );
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}
