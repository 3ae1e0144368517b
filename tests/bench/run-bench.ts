import { fork } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { inRoot } from "@/lib/paths";
import { createFromTemplate } from "@/tests/support/template";

import type { Found } from "./measure";
import { type Entry, plotOf, reportOf } from "./report";

const RESULTS = inRoot("bench", "results");

/** Measures the workloads that the words name, or all, one after the other, and tells what was found. */
const wanted = process.argv.slice(2).map((word) => word.toLowerCase());
const all = await inOwnProcess<Entry["workload"][]>();
const chosen = all.filter(
  ({ id, name }) =>
    wanted.length === 0 ||
    wanted.some((word) => id.toLowerCase() === word || name.toLowerCase().includes(word)),
);
if (chosen.length === 0) {
  const known = all.map(({ id, name }) => `${id} ${name}`).join(", ");
  process.stderr.write(`没有这样的项目 · no such workload; there are: ${known}\n`);
  process.exit(1);
}

const began = new Date();
const entries: Entry[] = [];
for (const workload of chosen) {
  const begin = performance.now();
  const entry = { workload, found: await inOwnProcess<Found>(workload.id) };
  entries.push(entry);
  const seconds = Math.round((performance.now() - begin) / 1000);
  process.stdout.write(`\n${reportOf([entry])}(${seconds} s)\n`);
}
if (wanted.length === 0) keep();

function keep(): void {
  fs.rmSync(RESULTS, { recursive: true, force: true });
  fs.mkdirSync(RESULTS, { recursive: true });
  fs.writeFileSync(path.join(RESULTS, "README.md"), reportOf(entries, began));
  for (const { workload, found } of entries) {
    const plot = plotOf(found.figures);
    if (plot) fs.writeFileSync(path.join(RESULTS, `${workload.id}.svg`), plot);
  }
  process.stdout.write("bench/results/README.md\n");
}

/** What a process of its own, with a database of its own, sends back. @throws when it ends without a word */
async function inOwnProcess<Answer>(id?: string): Promise<Answer> {
  const template = process.env.BENCH_TEMPLATE_URL ?? "";
  const child = fork(inRoot("tests", "bench", "run-one.ts"), id ? [id] : [], {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
    env: { ...process.env, BENCH_DATABASE_URL: id ? await createFromTemplate(template) : "" },
  });
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    child.once("message", (sent) => (answer = sent as Answer));
    child.once("exit", (code) =>
      answer === undefined ? reject(new Error(`the workload ended with ${code}`)) : resolve(answer),
    );
  });
}
