import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The longest first, so that no processor is left with one of them while the other has no more. */
const LONGEST = [
  "/story-by-the-clock.test.ts",
  "/faults/faults.test.ts",
  "/text/limits.test.ts",
  "/domain/plans.test.ts",
  "/story-by-the-calendar.test.ts",
  "/worker-killed.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return index < 0 ? LONGEST.length : index;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: here("./") },
      // It throws wherever React's server condition is not set, which is everywhere but in Next.
      { find: "server-only", replacement: here("tests/support/empty.ts") },
      { find: /^next\/server$/, replacement: here("tests/support/next-server.ts") },
    ],
  },
  // As the product runs: not the builds for development, which check themselves on every step, nor
  // those for bundlers, which Node cannot load.
  ssr: { resolve: { conditions: ["node", "production"], externalConditions: ["node"] } },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", ".next/**", ".data/**", "tests/e2e/**"],
    globalSetup: ["tests/support/database.ts"],
    setupFiles: ["tests/support/each-file.ts"],
    env: { LOG_LEVEL: "silent" },
    maxWorkers: 2,
    // One process for many files, so that the product is loaded twice and not 155 times: see each-file.ts.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // It asks for "next/navigation", which only a bundler finds.
    server: { deps: { inline: ["next-intl"] } },
    // They end what hangs, and say nothing of speed: a busy machine may let a test wait.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
