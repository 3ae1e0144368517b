import { fork } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { inRoot } from "@/lib/paths";
import { ensureBuilt } from "@/scripts/launch/build";
import { createFromTemplate, drop } from "@/tests/support/template";

import type { Found } from "./measure";
import { type Entry, plotOf, reportOf } from "./report";

const RESULTS = inRoot("bench", "results");
const EMPTY = process.env.BENCH_TEMPLATE_URL ?? "";

/** Measures the workloads that the words name, or all, one after the other, and tells what was found. */
const wanted = process.argv.slice(2).map((word) => word.toLowerCase());
const all = await inOwnProcess<Entry["workload"][]>();
const named = (word: string) => {
  const byNumber = all.filter(({ id }) => id.toLowerCase() === word);
  return byNumber.length > 0
    ? byNumber
    : all.filter(({ name }) => name.toLowerCase().includes(word));
};
const isWanted = new Set(wanted.flatMap(named));
const chosen = all.filter((one) => (wanted.length === 0 ? !one.isApart : isWanted.has(one)));
if (chosen.length === 0) {
  const known = all.map(({ id, name }) => `${id} ${name}`).join(", ");
  process.stderr.write(`没有这样的项目 · no such workload; there are: ${known}\n`);
  process.exit(1);
}
if (chosen.some(({ isBuilt }) => isBuilt)) await ensureBuilt("inherit");

const began = new Date();
const entries: Entry[] = [];
let failed = 0;
let told: Promise<string> | undefined;
for (const workload of chosen) {
  const begin = performance.now();
  const found = await measure(workload);
  const seconds = (performance.now() - begin) / 1000;
  const entry = { workload, found, seconds };
  entries.push(entry);
  process.stdout.write(`\n${reportOf([entry])}`);
  // After each, so that a run that is ended leaves what it has.
  if (wanted.length === 0) keep();
}
process.exitCode = failed === 0 ? 0 : 1;

/** One that fails says so in its place, and the others are measured all the same. */
async function measure(workload: Entry["workload"]): Promise<Found> {
  const url = await createFromTemplate(workload.on === "told" ? await toldCrowds() : EMPTY);
  try {
    return await inOwnProcess<Found>({ id: workload.id, url });
  } catch (error) {
    failed += 1;
    return { figures: [], ratios: [], left: [`it failed: ${String(error)}.`] };
  } finally {
    await drop(EMPTY, url);
  }
}

/** A database with crowds that have been told, made once however many workloads begin with it. */
function toldCrowds(): Promise<string> {
  return (told ??= (async () => {
    const url = await createFromTemplate(EMPTY);
    await inOwnProcess({ id: "crowds", url });
    return url;
  })());
}

function keep(): void {
  fs.rmSync(RESULTS, { recursive: true, force: true });
  fs.mkdirSync(RESULTS, { recursive: true });
  fs.writeFileSync(path.join(RESULTS, "README.md"), reportOf(entries, began));
  for (const { workload, found } of entries) {
    const plot = plotOf(found.figures);
    if (plot) fs.writeFileSync(path.join(RESULTS, `${workload.id}.svg`), plot);
  }
}

/** What a process of its own, over a database of its own, sends back. @throws when it ends without a word */
async function inOwnProcess<Answer>(asked?: { id: string; url: string }): Promise<Answer> {
  const child = fork(inRoot("tests", "bench", "run-one.ts"), asked ? [asked.id] : [], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, BENCH_DATABASE_URL: asked?.url ?? "" },
  });
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    child.once("message", (sent) => (answer = sent as Answer));
    child.once("exit", (code) =>
      answer === undefined ? reject(new Error(`its process ended with ${code}`)) : resolve(answer),
    );
  });
}
