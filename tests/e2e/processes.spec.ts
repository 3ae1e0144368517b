import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import { hashSessionToken } from "@/domain/access/secrets";
import { approveNotice } from "@/domain/incidents/review-notice";
import {
  proposeAnnouncementWithdrawal,
  withdrawAnnouncement,
} from "@/domain/incidents/withdraw-announcement";
import { CLUSTER_FOLDER } from "@/lib/paths";
import { addDays, shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";
import { freePort } from "@/scripts/launch/free-port";
import { migrate } from "@/scripts/launch/migrations";
import { acting } from "@/tests/support/context";
import {
  givenAffected,
  givenAnnouncement,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
  submitted,
} from "@/tests/support/notices";
import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

import { type Browser, expect, test } from "./support/test";
import { endWeb, startWeb, type WebProcess } from "./support/web-processes";

const COUNT = 3;
const TRIES = 5;
/** Milliseconds from the start of the processes to the midnight of their clocks. */
const TO_MIDNIGHT = 25_000;
const NOW = "2026-11-22 15:00";

const at = ({ port }: WebProcess, address: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}${address}`, { headers, redirect: "manual" });

/** What tells one content of a page from another. */
const contentOf = async (web: WebProcess, address: string) =>
  (await at(web, address)).headers.get("etag") ?? "none";

/**
 * Milliseconds after `changed` at which a process last took a request that it answered with what had
 * been; 0 where it took none.
 */
async function stale(web: WebProcess, asked: { address: string; old: string; changed: number }) {
  let last = 0;
  for (;;) {
    const begun = Date.now();
    if ((await contentOf(web, asked.address)) !== asked.old) return last;
    last = Math.max(last, begun - asked.changed);
    expect(last, `${asked.address} still says what it said`).toBeLessThan(20_000);
  }
}

/** Milliseconds after a moment at which a process last gave what it had kept from before it; 0 where it gave none. */
async function keptBeyond(web: WebProcess, moment: number): Promise<number> {
  let last = 0;
  for (;;) {
    const begun = Date.now();
    const status = (await at(web, "/zh-CN/rights")).headers.get("cache-status") ?? "";
    // One that was on its way at midnight may be the first that was made anew.
    if (Date.now() > moment && status.includes("fwd=miss")) return last;
    last = Math.max(last, begun - moment);
    expect(last, "what was kept before midnight is given on").toBeLessThan(20_000);
  }
}

test("over three web processes what is published, withdrawn or over at Shanghai's midnight is seen by everybody within a second", async () => {
  test.setTimeout(120_000);
  const midnight = shanghaiMidnight(addDays(shanghaiDay(new Date()), 1)).getTime();
  const aheadMs = midnight - Date.now() - TO_MIDNIGHT;
  const processes = await Promise.all(Array.from({ length: COUNT }, () => startWeb({ aheadMs })));
  const seen: number[] = [];
  const watch = async (address: string, change: () => Promise<unknown>) => {
    const old = await Promise.all(processes.map((web) => contentOf(web, address)));
    expect(old).not.toContain("none");
    await change();
    const changed = Date.now();
    seen.push(
      ...(await Promise.all(
        processes.map((web, index) => stale(web, { address, old: old[index] ?? "", changed })),
      )),
    );
  };
  try {
    const theirs = midnight - aheadMs;
    const left = theirs - Date.now();
    expect(left, "the processes were up before their midnight").toBeGreaterThan(0);
    // Beside the changes: how long these take is the machine's affair.
    const beyondMidnight = sleep(Math.max(0, left - 500)).then(() =>
      Promise.all(processes.map((web) => keptBeyond(web, theirs))),
    );
    const desk = await givenNoticeDesk();
    const { app } = await givenAffected(desk.productId, {});
    const audience = { named: app.sdkAppId };
    for (let count = 0; count < TRIES; count += 1) {
      const incident = await givenIncident(desk, { visibility: "public" });
      const draft = await givenNotice(desk, { incidentId: incident.id, audience });
      const { id: noticeId, contentHash } = await submitted(desk, draft);
      await watch("/zh-CN/incidents", () =>
        approveNotice(acting(desk.approver, NOW), { noticeId, contentHash, typedPeople: 1 }),
      );
      const announced = await published(desk, await givenAnnouncement(desk, { audience }), {
        typedPeople: 1,
      });
      const withdrawn = { noticeId: announced.id, reason: "维护改期。" };
      await proposeAnnouncementWithdrawal(acting(desk.author, NOW), withdrawn);
      await watch("/zh-CN/announcements", () =>
        withdrawAnnouncement(acting(desk.approver, NOW), {
          noticeId: announced.id,
          typedPeople: 1,
        }),
      );
    }
    const changes = seen.length;
    seen.push(...(await beyondMidnight));

    process.stdout.write(
      `staleness: ${COUNT} processes, ${changes} sightings of ${2 * TRIES} changes and ${seen.length - changes} of midnight; longest ${Math.max(...seen)} ms\n`,
    );
    expect(Math.max(...seen)).toBeLessThan(1_000);
  } finally {
    await endWeb(processes);
  }
});

test("with the database away strangers read on, who is signed in is told so in their language, Prometheus knows, all comes back by itself, and a fault bears the id it is logged by", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const database = await startThrowAway();
  const token = "a-session-of-the-test";
  let processes: WebProcess[] = [];
  try {
    await migrate(database.ownerUrl, database.url);
    await signIn(database.url, token);
    const listen = `127.0.0.1:${await freePort()}`;
    const environment = { DATABASE_URL: database.url, METRICS_LISTEN: listen };
    const web = await startWeb({ environment });
    processes = [web];
    const cookie = `gaozhi-session=${token}`;
    expect((await at(web, "/zh-CN/invitations", { cookie })).status).toBe(200);
    await expect
      .poll(async () => (await at(web, "/zh-CN/policies")).headers.get("cache-status"))
      .toContain("hit");
    const kept = await at(web, "/zh-CN/policies");
    const readers = await readersOf(web, { browser, token });

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

    const page = await at(web, "/en/ops", { cookie });
    expect([page.status, page.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await page.text()).toContain("Not available for a moment");
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
    await readers.meetAbsence();

    await database.revive();
    await expect
      .poll(async () => (await at(web, "/zh-CN/invitations", { cookie })).status)
      .toBe(200);
    await readers.goOn();
    isWatched = false;
    await watching;
    const told = await (await fetch(`http://${listen}/metrics`)).text();
    for (const series of [
      'gaozhi_http_requests_total{route="/[locale]/invitations",method="GET",status="503"}',
      'gaozhi_front_answers_total{result="unavailable"}',
      'gaozhi_front_answers_total{result="hit"}',
      'gaozhi_database_hearing{state="live"} 1',
      'gaozhi_pool_connections{state="idle"}',
    ])
      expect(told).toContain(series);

    await execute(database.ownerUrl, "alter table member_invitations rename to gone");
    const broken = await at(web, "/zh-CN/invitations", { cookie });
    const id = broken.headers.get("x-request-id") ?? "none";
    expect(broken.status).toBe(500);
    expect(await broken.text()).toContain(`<code>${id}</code>`);
    await expect.poll(() => web.said()).toContain(`"request":"${id}"`);
    process.stdout.write(`database away: ${JSON.stringify(answers)}\n`);
    const wrong = Object.keys(answers).filter((answer) => !/ (?:200|401|404|503)$/.test(answer));
    expect(wrong, "neither the sign-in page (307) nor a bare fault (500)").toEqual([]);
  } finally {
    await endWeb(processes);
    await database.revive();
    await endThrowAway(database);
  }
});

/**
 * Three open pages, loaded while the database was there: a form somebody has filled in, the settings of
 * who is signed in, and one from which they go to another.
 */
async function readersOf(web: WebProcess, given: { browser: Browser; token: string }) {
  const origin = `http://127.0.0.1:${web.port}`;
  const open = async (address: string, cookies: readonly string[] = []) => {
    const context = await given.browser.newContext({ baseURL: origin });
    for (const value of cookies)
      await context.addCookies([{ name: "gaozhi-session", value, url: origin }]);
    const page = await context.newPage();
    await page.goto(address, { waitUntil: "networkidle" });
    return page;
  };
  const form = await open("/zh-CN/sign-in");
  const email = form.getByLabel("邮箱", { exact: true });
  const submit = form.getByRole("button", { name: "发送登录邮件" });
  const settings = await open("/en/settings", [given.token]);
  const going = await open("/zh-CN/settings", [given.token]);
  const endOthers = settings.getByRole("button", { name: "End all others" });
  return {
    async meetAbsence() {
      await email.fill("ana@people.example");
      await submit.click();
      await expect(form.getByRole("main").getByRole("alert")).toContainText("您写的内容还在");
      await expect(email).toHaveValue("ana@people.example");
      await endOthers.click();
      await expect(settings.getByRole("main").getByRole("alert")).toContainText(
        "We have no answer for the moment",
      );
      await going.getByRole("link", { name: "权利请求", exact: true }).click();
      await expect(going.getByRole("heading", { level: 1 })).toHaveText("暂时无法打开，请稍候");
    },
    /** The same pages, and what was typed sent a second time. */
    async goOn() {
      await submit.click();
      await expect(form.getByRole("heading", { level: 1 })).toHaveText("填写验证码");
      await endOthers.click();
      await expect(endOthers).toBeHidden();
      await going.getByRole("link", { name: "重试" }).click();
      await expect(going.getByRole("heading", { level: 1 })).toHaveText("权利请求");
      for (const page of [form, settings, going]) await page.context().close();
    },
  };
}

/** A person and their two sessions, as the tables hold them. */
async function signIn(url: string, token: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const now = new Date();
  const end = new Date(now.getTime() + 3_600_000);
  const { rows } = await client.query<{ id: string }>(
    "insert into users (email, name, created_at) values ('ana@people.example', 'Ana', $1) returning id",
    [now],
  );
  for (const one of [token, "another"])
    await client.query(
      "insert into sessions (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)",
      [hashSessionToken(one), rows[0]?.id, now, end],
    );
  await client.end();
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** kill -9, as the system does it to a server that takes too much memory. */
function kill(dataDir: string): void {
  const file = path.join(dataDir, CLUSTER_FOLDER, "postmaster.pid");
  process.kill(Number(fs.readFileSync(file, "utf8").split("\n")[0]), "SIGKILL");
}
