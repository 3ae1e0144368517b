import { spawnSync } from "node:child_process";
import fs from "node:fs";
import type http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";

import { measureProcess, metrics } from "@/lib/metrics";
import { serveMetrics } from "@/lib/metrics-server";
import { inRoot } from "@/lib/paths";

const TOKEN = "a-token-of-at-least-thirty-two-characters";
const servers: http.Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function serve(token?: string, measure?: () => Promise<void>): Promise<string> {
  const server = await serveMetrics({ listen: "127.0.0.1:0", token }, measure);
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

measureProcess();
/** Every name that a process prints, with the labels it may have. */
const printed = new Map<string, readonly string[]>(
  metrics.registry.getMetricsAsArray().map((metric) => {
    const { labelNames = [] } = metric as { labelNames?: readonly string[] };
    return [metric.name, labelNames];
  }),
);

const dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })),
});
const alerts = fs.readFileSync(inRoot("deploy", "alerts.yml"), "utf8");
const shown = dashboard
  .parse(JSON.parse(fs.readFileSync(inRoot("deploy", "dashboard.json"), "utf8")))
  .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

/** A name as a process prints it, from that of one of a histogram's series. */
const base = (name: string) =>
  printed.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, "");

const NAME = /\b(?:gaozhi|process|nodejs)_\w+/g;

test.each([
  ["alerts.yml", alerts],
  ["dashboard.json", shown.join("\n")],
])("%s asks only for what a process prints, by labels it has", (_, text) => {
  const names = [...text.matchAll(NAME)].map(([name]) => base(name));
  expect(new Set(names).size).toBeGreaterThan(10);
  expect(names.filter((name) => !printed.has(name))).toEqual([]);

  const selected = [...text.matchAll(/\b(gaozhi_\w+)\{([^}]*)\}/g)];
  expect(selected.length).toBeGreaterThan(0);
  for (const [, name = "", selector = ""] of selected) {
    const labels = [...selector.matchAll(/(\w+)\s*(?:=~|!=|=)/g)].map(([, label]) => label ?? "");
    expect(printed.get(base(name)), name).toEqual(expect.arrayContaining(labels));
  }
});

test("every measure of ours is on the dashboard or in an alert", () => {
  const used = new Set(
    [...`${alerts}\n${shown.join("\n")}`.matchAll(NAME)].map(([name]) => base(name)),
  );
  const ours = [...printed.keys()].filter((name) => name.startsWith("gaozhi_"));
  expect(ours.filter((name) => !used.has(name))).toEqual([
    "gaozhi_front_kept_pages",
    "gaozhi_jobs_waiting",
  ]);
});

test("what is printed has each name, and is measured when it is asked for", async () => {
  let asked = 0;
  const origin = await serve(undefined, async () => {
    asked += 1;
    metrics.queueLength.set(42);
  });
  const answer = await fetch(`${origin}/metrics`);
  const text = await answer.text();
  expect(answer.headers.get("content-type")).toContain("text/plain");
  for (const name of printed.keys()) expect(text).toContain(`# HELP ${name} `);
  expect(text).toContain("gaozhi_mail_queue_length 42");
  expect(asked).toBe(1);
  expect((await fetch(`${origin}/other`)).status).toBe(404);
});

test("with a token it opens to who shows it, and to nobody else", async () => {
  const origin = await serve(TOKEN);
  const status = async (authorization?: string) =>
    (await fetch(`${origin}/metrics`, authorization ? { headers: { authorization } } : {})).status;
  expect(await status()).toBe(401);
  expect(await status(`Bearer ${TOKEN}x`)).toBe(401);
  expect(await status(`Bearer ${TOKEN}`)).toBe(200);
});

test("what cannot be measured is no figure", async () => {
  const origin = await serve(undefined, () => Promise.reject(new Error("away")));
  expect((await fetch(`${origin}/metrics`)).status).toBe(500);
});

const hasPromtool = spawnSync("promtool", ["--version"]).error === undefined;
test.skipIf(!hasPromtool)("the alert rules are what Prometheus takes", () => {
  const { status, stdout, stderr } = spawnSync(
    "promtool",
    ["check", "rules", inRoot("deploy", "alerts.yml")],
    { encoding: "utf8" },
  );
  expect(`${stdout}${stderr}`).toContain("SUCCESS");
  expect(status).toBe(0);
});
