import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: here("./") },
      // It throws wherever React's server condition is not set, which is everywhere but in Next.
      { find: "server-only", replacement: here("tests/support/empty.ts") },
    ],
  },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", ".next/**", ".data/**", "tests/e2e/**"],
    globalSetup: ["tests/support/database.ts"],
    setupFiles: ["tests/support/each-file.ts"],
    env: { LOG_LEVEL: "silent" },
    maxWorkers: 2,
    // It asks for "next/navigation", which only a bundler finds.
    server: { deps: { inline: ["next-intl"] } },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
