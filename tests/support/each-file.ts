import { afterAll, afterEach, inject, vi } from "vitest";

import { provideFor } from "./environment";
import { createFromTemplate, drop } from "./template";

const templateUrl = inject("templateUrl");
const url = await createFromTemplate(templateUrl);

provideFor(url);

/** What a component or a library complains about in a test is a failure, not noise. */
const complaints: unknown[][] = [];
vi.spyOn(console, "error").mockImplementation((...words) => complaints.push(words));
afterEach(() => {
  const heard = complaints.splice(0);
  if (heard.length > 0)
    throw new Error(`console.error was called: ${heard.map(String).join("; ")}`);
});

afterAll(async () => {
  const { closeDatabase } = await import("@/db/client");
  await closeDatabase();
  await drop(templateUrl, url);
});
