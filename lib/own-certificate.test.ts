import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";

import { keepTo } from "./outward";
import { trustedSeconds } from "./own-certificate";

const DAYS = 20;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-certificate-"));
const [keyFile, certificateFile] = [path.join(folder, "key"), path.join(folder, "pem")];
const hasOpenssl = spawnSync("openssl", ["version"]).error === undefined;
let server: tls.Server;
let origin: string;
let own: string;

beforeAll(async () => {
  if (!hasOpenssl) return;
  const subject = ["-nodes", "-subj", "/CN=localhost", "-days", String(DAYS)];
  const curve = ["-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const names = ["-addext", "subjectAltName=DNS:localhost"];
  const files = ["-keyout", keyFile, "-out", certificateFile];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", ...curve, ...subject, ...names, ...files],
    {
      stdio: "ignore",
    },
  );
  own = fs.readFileSync(certificateFile, "utf8");
  server = tls.createServer({ key: fs.readFileSync(keyFile), cert: own });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!hasOpenssl)(
  "a certificate is trusted until its end, and not at all by who does not know its authority, for another name, or past that end",
  async () => {
    const now = new Date();
    const seconds = await trustedSeconds(origin, { now, ca: own });
    expect(seconds).toBeGreaterThan((DAYS - 1) * 86_400);
    expect(seconds).toBeLessThanOrEqual(DAYS * 86_400);
    expect(await trustedSeconds(origin, { now })).toBe(0);
    const other = origin.replace("localhost", "127.0.0.1");
    expect(await trustedSeconds(other, { now, ca: own })).toBe(0);
    const later = new Date(now.getTime() + (DAYS + 1) * 86_400_000);
    expect(await trustedSeconds(origin, { now: later, ca: own })).toBe(0);
  },
);

test("where nothing answers nobody trusts it, and what is not https has none", async () => {
  expect(await trustedSeconds("https://localhost:1", { now: new Date() })).toBe(0);
  expect(await trustedSeconds("http://localhost:1", { now: new Date() })).toBeNull();
});

test.skipIf(!hasOpenssl)(
  "a process that opens no connection but to known hosts still looks at its own",
  async () => {
    const takeBack = keepTo(new Set());
    try {
      expect(await trustedSeconds(origin, { now: new Date(), ca: own })).toBeGreaterThan(0);
    } finally {
      takeBack();
    }
  },
);
