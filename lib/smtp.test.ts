import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { startSmtp } from "@/stand-ins/smtp/start";

import { metrics } from "./metrics";
import { closeWaiting, sendBySmtp } from "./smtp";

/** Of this machine, and not among the names to which a mail may go in the clear. */
const HOST = "127.0.0.2";
const LOGIN = { user: "portal", pass: "p@ss word" };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-smtp-"));
const hasOpenssl = spawnSync("openssl", ["version"]).error === undefined;

/** A certificate that is its own authority, for one address. */
function certified(address: string) {
  const [key, cert] = [path.join(folder, `${address}.key`), path.join(folder, `${address}.pem`)];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const names = ["-subj", "/CN=stand-in", "-addext", `subjectAltName=IP:${address}`];
  const files = ["-days", "2", "-keyout", key, "-out", cert];
  execFileSync("openssl", ["req", "-x509", ...curve, ...names, ...files], { stdio: "ignore" });
  return { key: fs.readFileSync(key, "utf8"), cert: fs.readFileSync(cert, "utf8") };
}

const BODY = JSON.stringify([
  { from: "云桥 <a@b.example>", to: "x@y.example", subject: "变更", html: "<p>一</p>", text: "一" },
]);
type Wish = { port: number; login?: { user: string; pass: string }; ca?: string; scheme?: string };
const send = ({ port, login, ca, scheme = "smtp" }: Wish) => {
  const who = login ? `${encodeURIComponent(login.user)}:${encodeURIComponent(login.pass)}@` : "";
  const config = { url: `${scheme}://${who}${HOST}:${port}`, plainHosts: [], timeoutMs: 5000 };
  return sendBySmtp({ body: BODY, key: "broadcast/1/2" }, { ...config, ...(ca && { ca }) });
};
const answered = async (answer: string) =>
  (await metrics.providerAnswers.get()).values.find(
    ({ labels }) => labels.call === "smtp" && labels.answer === answer,
  )?.value ?? 0;

describe.skipIf(!hasOpenssl)("a server of SMTP", () => {
  let own: ReturnType<typeof certified>;
  let other: ReturnType<typeof certified>;
  let server: Awaited<ReturnType<typeof startSmtp>>;
  beforeAll(async () => {
    [own, other] = [certified(HOST), certified("192.0.2.1")];
    server = await startSmtp({ host: HOST, secure: own, login: LOGIN });
  });
  afterAll(async () => {
    closeWaiting();
    await server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    closeWaiting();
    server.taken.length = 0;
  });

  test("takes a mail over TLS by a certificate that is trusted, from who logs in", async () => {
    const before = await answered("accepted");
    const outcome = await send({ port: server.port, login: LOGIN, ca: own.cert });
    expect(outcome.kind).toBe("accepted");
    expect(server.taken).toMatchObject([{ to: "x@y.example", isSecure: true }]);
    expect(await answered("accepted")).toBe(before + 1);
  });

  test("with a certificate that nobody trusts is not told who logs in, and all halts", async () => {
    const logins = server.logins();
    const outcome = await send({ port: server.port, login: LOGIN });
    expect(outcome).toMatchObject({ kind: "halt", reason: "tls_refused" });
    expect([server.taken, server.logins()]).toEqual([[], logins]);
    expect(await answered("tls_refused")).toBeGreaterThan(0);
  });

  test("with a certificate of another name is refused likewise", async () => {
    const stranger = await startSmtp({ host: HOST, secure: other });
    const outcome = await send({ port: stranger.port, ca: other.cert });
    expect(outcome).toMatchObject({ kind: "halt", reason: "tls_refused" });
    expect(stranger.taken).toEqual([]);
    await stranger.close();
  });

  test("that offers no TLS is told nothing", async () => {
    const plain = await startSmtp({ host: HOST, login: LOGIN });
    const outcome = await send({ port: plain.port, login: LOGIN });
    expect(outcome).toMatchObject({ kind: "halt", reason: "tls_refused" });
    expect([plain.taken, plain.logins()]).toEqual([[], 0]);
    await plain.close();
  });

  test("that refuses the login halts all, and says so in its words", async () => {
    const login = { ...LOGIN, pass: "wrong" };
    const outcome = await send({ port: server.port, login, ca: own.cert });
    expect(outcome).toMatchObject({
      ...{ kind: "halt", reason: "key_refused", detail: expect.stringContaining("535") },
    });
    expect(JSON.stringify(outcome)).not.toContain("wrong");
    expect(server.taken).toEqual([]);
  });

  test("that asks for a login and is given none halts all", async () => {
    const outcome = await send({ port: server.port, ca: own.cert });
    expect(outcome).toMatchObject({ kind: "halt", reason: "access_refused" });
  });
});
