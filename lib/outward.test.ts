import http from "node:http";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";

import { keepTo, knownHosts } from "./outward";

const server = http.createServer((_, response) => response.end("here"));
let port = 0;
let takeBack: () => void;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  ({ port } = server.address() as AddressInfo);
  takeBack = keepTo(new Set([`127.0.0.1:${port}`]));
});
afterAll(() => {
  takeBack();
  server.closeAllConnections();
  server.close();
});

const failureOf = (emitter: NodeJS.EventEmitter) =>
  new Promise((resolve) => emitter.once("error", resolve));
const REFUSED = { code: "EUNKNOWNHOST" };

test("what a setting names is reached, by every client", async () => {
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("here");
  const answer = await new Promise<http.IncomingMessage>((resolve) =>
    http.get({ host: "127.0.0.1", port }, resolve),
  );
  expect(answer.resume().statusCode).toBe(200);
});

test("nothing else is, by whichever client: another port, name or address", async () => {
  await expect(fetch(`http://127.0.0.1:${port + 1}/`)).rejects.toMatchObject({ cause: REFUSED });
  await expect(fetch("http://169.254.169.254/latest")).rejects.toMatchObject({ cause: REFUSED });
  await expect(fetch("https://evil.example/")).rejects.toMatchObject({ cause: REFUSED });
  expect(await failureOf(http.get(`http://localhost:${port}/`))).toMatchObject(REFUSED);
  expect(await failureOf(net.connect(25, "127.0.0.1"))).toMatchObject(REFUSED);
  expect(await failureOf(net.connect({ port: 25 }))).toMatchObject(REFUSED);
  expect(await failureOf(tls.connect(443, "evil.example"))).toMatchObject(REFUSED);
  const client = new pg.Client({ connectionString: "postgresql://a:b@evil.example/c" });
  await expect(client.connect()).rejects.toMatchObject(REFUSED);
});

test("a socket of the machine's file system is not held up", async () => {
  const file = path.join(os.tmpdir(), `gaozhi-${process.pid}-nobody.sock`);
  expect(await failureOf(net.connect(file))).toMatchObject({ code: "ENOENT" });
  expect(await failureOf(net.connect({ path: file }))).toMatchObject({ code: "ENOENT" });
});

test("the known are the database, the mail and identity provider and the collector of the settings, and itself", () => {
  const settings = {
    ...{ DATABASE_URL: "postgresql://u:p@db.internal/gaozhi", PORT: 3000, OIDC_HOSTS: [] },
    ...{ RESEND_BASE_URL: undefined, OIDC_ISSUER: undefined, MAILBOX_URL: undefined },
  };
  const own = ["localhost:3000", "127.0.0.1:3000", "::1:3000"];
  expect([...knownHosts(settings)]).toEqual(["db.internal:5432", "api.resend.com:443", ...own]);
  const more = {
    ...{ ...settings, RESEND_BASE_URL: "http://127.0.0.1:4000" },
    ...{
      OIDC_ISSUER: "https://id.example/realms/a",
      OIDC_HOSTS: ["keys.example", "a.example:8443"],
    },
    OTEL_EXPORTER_OTLP_ENDPOINT: "https://collector.example:4318",
  };
  expect([...knownHosts(more)]).toEqual([
    ...["db.internal:5432", "127.0.0.1:4000", "id.example:443", "collector.example:4318"],
    ...["keys.example:443", "a.example:8443", ...own],
  ]);
});
