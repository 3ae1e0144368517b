import { defineConfig } from "@playwright/test";

import { inRoot } from "./lib/paths";
import { findBrowser } from "./scripts/launch/browser";
import { takeStack } from "./tests/e2e/support/stack";

// Read again by each of Playwright's own processes: a worker finds the browser and its own stack here.
process.env.E2E_BROWSER ??= findBrowser() ?? "";
takeStack();

export default defineConfig({
  testDir: "tests",
  testMatch: ["e2e/*.spec.ts", "pictures/core.pictures.ts"],
  snapshotPathTemplate: inRoot("tests", "pictures", "core", "{arg}{ext}"),
  globalSetup: "./tests/e2e/support/stack.ts",
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  outputDir: "test-results",
  use: {
    baseURL: `http://localhost:${process.env.E2E_PORT}`,
    browserName: "chromium",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    screenshot: "only-on-failure",
    // With the pages as they were at each step; a film beside them is not worth its time.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      ...(process.env.E2E_BROWSER && { executablePath: process.env.E2E_BROWSER }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A renderer for all pages of a person, not a new one for every second page.
        "--renderer-process-limit=1",
      ],
    },
  },
});
