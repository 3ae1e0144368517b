import { defineConfig } from "@playwright/test";

import { inRoot } from "@/lib/paths";

import shared from "../../playwright.config";

/**
 * Pictures of pages and mails, compared by their boxes: npm run pictures. Only what needs the portal
 * (PICTURES_OF_PORTAL, set by scripts/pictures.ts) waits for it.
 */
const { globalSetup, ...rest } = shared;

export default defineConfig({
  ...rest,
  ...(process.env.PICTURES_OF_PORTAL && { globalSetup: inRoot("tests/e2e/support/stack.ts") }),
  testDir: ".",
  testMatch: "**/*.pictures.ts",
  timeout: 120_000,
  outputDir: inRoot("test-results"),
});
