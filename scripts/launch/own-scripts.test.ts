import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

import { buildScript, type OwnScript } from "./own-scripts";

test.each<[OwnScript, number, string]>([
  ["gaozhi-bell.js", 15, "gaozhi-bell"],
  ["manners.js", 2, "clipboard"],
  ["push.js", 1, "showNotification"],
])(
  "%s is one script of at most %i kB as it is sent, the same at each build",
  async (name, kB, word) => {
    const script = await buildScript(name);
    expect(script).toContain(word);
    expect(script).not.toMatch(/\b(import|require)\b/);
    expect(gzipSync(script).length).toBeLessThanOrEqual(kB * 1024);
    expect(await buildScript(name)).toBe(script);
  },
);
