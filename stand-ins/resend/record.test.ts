import { spawn } from "node:child_process";
import { readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, expect, test } from "vitest";

import { readRecord } from "./record";
import { API_KEY, get, mailTo, post, standIns, WEBHOOK_SECRET } from "./test-client";

const servers = standIns();
afterAll(() => servers.end());

const batchOf = (count: number) =>
  Array.from({ length: count }, (_, n) => mailTo(`reader${n}@one.example`));

test("mails, ids and keys survive a restart", async () => {
  const dataFolder = await servers.folder();
  const before = await servers.start({ dataFolder });
  const headers = { "idempotency-key": "bc/1" };
  const first = await post(`${before.url}/emails/batch`, batchOf(3), headers);
  const recorded = await before.record.all();
  await before.close();

  const after = await servers.start({ dataFolder });
  const second = await post(`${after.url}/emails/batch`, batchOf(3), headers);
  expect(second.body).toEqual(first.body);
  expect(await after.record.all()).toEqual(recorded);
  expect(await get(`${after.url}/emails/${recorded[0]!.id}`)).toMatchObject({ status: 200 });
  expect(await readRecord(dataFolder)).toEqual(recorded);
});

test("a request that was cut off while it was written is as if it never came", async () => {
  const dataFolder = await servers.folder();
  const before = await servers.start({ dataFolder });
  await post(`${before.url}/emails/batch`, batchOf(2), { "idempotency-key": "bc/1" });
  await post(`${before.url}/emails/batch`, batchOf(100), { "idempotency-key": "bc/2" });
  await before.close();
  const file = path.join(dataFolder, "mails.jsonl");
  await truncate(file, (await readFile(file)).length - 10);

  const after = await servers.start({ dataFolder });
  expect(after.record.entries()).toHaveLength(2);
  await post(`${after.url}/emails/batch`, batchOf(100), { "idempotency-key": "bc/2" });
  expect(await readRecord(dataFolder)).toHaveLength(102);
});

test("line separators and lone surrogates in a mail come back as they were", async () => {
  const dataFolder = await servers.folder();
  const before = await servers.start({ dataFolder });
  const html = "一\u2028二\u2029三\u0000\ud800\n𠮷";
  await post(`${before.url}/emails`, mailTo("a@one.example", { html }));
  await before.close();

  const after = await servers.start({ dataFolder });
  expect(await after.record.all()).toMatchObject([{ html }]);
});

test("a record that can't be written answers 500 and holds nothing", async () => {
  const standIn = await servers.start();
  await standIn.record.close();
  const answer = await post(`${standIn.url}/emails`, mailTo("a@one.example"), {
    "idempotency-key": "k",
  });
  expect(answer).toMatchObject({ status: 500, body: { name: "application_error" } });
  expect(standIn.record.entries()).toHaveLength(0);
});

test("a damaged record stops the start instead of losing mails silently", async () => {
  const dataFolder = await servers.folder();
  await writeFile(path.join(dataFolder, "mails.jsonl"), "not a line of ours\n");
  await expect(servers.start({ dataFolder })).rejects.toThrow("damaged at byte 0");
});

test("the program says ready, and what it answered for is there after kill -9", async () => {
  const dataFolder = await servers.folder();
  const program = startProgram(dataFolder);
  const url = await program.ready;
  await post(`${url}/emails/batch`, batchOf(100));
  program.process.kill("SIGKILL");
  await program.ended;

  expect(await readRecord(dataFolder)).toHaveLength(100);
});

test("the program ends with SIGTERM and when its parent's pipe closes", async () => {
  const first = startProgram(await servers.folder());
  await first.ready;
  first.process.kill("SIGTERM");
  expect(await first.ended).toBe(0);

  const second = startProgram(await servers.folder());
  await second.ready;
  second.process.stdin.end();
  expect(await second.ended).toBe(0);
});

test("a program without its settings names them and fails", async () => {
  const program = startProgram("");
  await expect(program.ready).rejects.toThrow("RESEND_STANDIN_DATA is not set");
  expect(await program.ended).toBe(1);
});

test("two requests at once are written one after the other", async () => {
  const standIn = await servers.start();
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      post(`${standIn.url}/emails/batch`, batchOf(10), { "idempotency-key": `bc/${n}` }),
    ),
  );
  const recorded = await standIn.record.all();
  const order = recorded.map(({ key }) => key);
  expect(order.filter((key, n) => key !== order[n - 1])).toHaveLength(20);
});

function startProgram(dataFolder: string) {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, "run.ts")],
    {
      env: {
        ...process.env,
        RESEND_STANDIN_DATA: dataFolder,
        RESEND_API_KEY: API_KEY,
        RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET,
      },
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = new Promise<string>((resolve, reject) => {
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (/^ready$/m.test(output)) resolve(/http:\S+/.exec(output)?.[0] ?? "");
    });
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    void ended.then(() => reject(new Error(errors)));
  });
  return { process: child, ready, ended };
}
