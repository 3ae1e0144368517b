import { afterAll, afterEach, inject, vi } from "vitest";

import { db } from "@/db/client";

import { provideFor } from "./environment";
import { createFromTemplate, drop, onDatabaseOf } from "./template";

declare global {
  /** The environment a worker began with: its files share a process, and what one sets is not the next one's. */
  var environmentAtStart: NodeJS.ProcessEnv | undefined;
}

const begun = (globalThis.environmentAtStart ??= { ...process.env });
for (const name of Object.keys(process.env))
  if (!(name in begun)) Reflect.deleteProperty(process.env, name);
Object.assign(process.env, begun);

const templateUrl = inject("templateUrl");
const url = await createFromTemplate(templateUrl);

provideFor(onDatabaseOf(url, inject("applicationUrl")));

/** What a component or a library complains about in a test is a failure, not noise. */
const complaints: unknown[][] = [];
vi.spyOn(console, "error").mockImplementation((...words) => complaints.push(words));
afterEach(() => {
  const heard = complaints.splice(0);
  if (heard.length > 0)
    throw new Error(`console.error was called: ${heard.map(String).join("; ")}`);
});

afterAll(async () => {
  vi.restoreAllMocks();
  await drop(templateUrl, url);
  // The pool is the next file's as well: it must have noticed that these connections are gone.
  await vi.waitUntil(() => db.$client.totalCount === 0, { interval: 5 });
  globalThis.gaozhiLastLoss = undefined;
});
