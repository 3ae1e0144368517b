import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

import { buildBell } from "./bell";

test("the bell is one script of at most 15 kB as it is sent, the same at each build", async () => {
  const script = await buildBell();
  expect(script).toContain("gaozhi-bell");
  expect(script).not.toMatch(/\b(import|require)\b/);
  expect(gzipSync(script).length).toBeLessThanOrEqual(15 * 1024);
  expect(await buildBell()).toBe(script);
});
