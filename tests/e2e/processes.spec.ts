import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import pg from "pg";

import { hashSessionToken } from "@/domain/access/secrets";
import { CLUSTER_FOLDER } from "@/lib/paths";
import { migrate } from "@/scripts/launch/migrations";
import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

import { endWeb, startWeb, type WebProcess } from "./support/web-processes";

const at = ({ port }: WebProcess, address: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}${address}`, { headers, redirect: "manual" });

test("with the database away strangers read on, who is signed in is told so in their language, and all comes back by itself", async () => {
  test.setTimeout(120_000);
  const database = await startThrowAway();
  const token = "a-session-of-the-test";
  let processes: WebProcess[] = [];
  try {
    await migrate(database.url);
    await signIn(database.url, token);
    const web = await startWeb({ environment: { DATABASE_URL: database.url } });
    processes = [web];
    const cookie = `gaozhi-session=${token}`;
    expect((await at(web, "/zh-CN/invitations", { cookie })).status).toBe(200);
    const kept = await at(web, "/zh-CN/policies");
    expect(kept.headers.get("cache-status")).toContain("gaozhi");

    const answers: Record<string, number> = {};
    let isWatched = true;
    const watching = Promise.all(
      ["/zh-CN/invitations", "/en/policies", "/en/policies/none", "/api/v1/inbox"].map(
        async (address) => {
          while (isWatched) {
            const { status } = await at(web, address, { cookie });
            const key = `${address} ${status}`;
            answers[key] = (answers[key] ?? 0) + 1;
          }
        },
      ),
    );
    await sleep(300);
    kill(database.dataDir);
    await expect
      .poll(async () => (await at(web, "/zh-CN/invitations", { cookie })).status)
      .toBe(503);

    const told = await at(web, "/en/ops", { cookie });
    expect([told.status, told.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await told.text()).toContain("Not available for a moment");
    expect(await (await at(web, "/zh-CN/home", { cookie })).text()).toContain("暂时无法打开");
    const machine = await at(web, "/api/v1/inbox", { "accept-language": "en" });
    expect(machine.headers.get("content-type")).toContain("application/problem+json");
    expect(await machine.json()).toMatchObject({ status: 503, code: "unavailable" });
    const stranger = await at(web, "/zh-CN/policies");
    expect([stranger.status, stranger.headers.get("etag")]).toEqual([
      200,
      kept.headers.get("etag"),
    ]);
    expect((await at(web, "/zh-CN/rights")).status, "not held, so not made up").toBe(503);
    expect((await at(web, "/healthz")).status).toBe(200);

    await database.revive();
    await expect
      .poll(async () => (await at(web, "/zh-CN/invitations", { cookie })).status)
      .toBe(200);
    isWatched = false;
    await watching;
    process.stdout.write(`database away: ${JSON.stringify(answers)}\n`);
    const wrong = Object.keys(answers).filter((answer) => !/ (?:200|401|404|503)$/.test(answer));
    expect(wrong, "neither the sign-in page (307) nor a bare fault (500)").toEqual([]);
  } finally {
    await endWeb(processes);
    await database.revive();
    await endThrowAway(database);
  }
});

/** A person and their session, as the tables hold them. */
async function signIn(url: string, token: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const now = new Date();
  const end = new Date(now.getTime() + 3_600_000);
  const { rows } = await client.query<{ id: string }>(
    "insert into users (email, name, created_at) values ('ana@people.example', 'Ana', $1) returning id",
    [now],
  );
  await client.query(
    "insert into sessions (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)",
    [hashSessionToken(token), rows[0]?.id, now, end],
  );
  await client.end();
}

/** kill -9, as the system does it to a server that takes too much memory. */
function kill(dataDir: string): void {
  const file = path.join(dataDir, CLUSTER_FOLDER, "postmaster.pid");
  process.kill(Number(fs.readFileSync(file, "utf8").split("\n")[0]), "SIGKILL");
}
