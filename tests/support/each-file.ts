import { afterAll, afterEach, inject, vi } from "vitest";

import { provide } from "@/lib/env";

import { createFromTemplate, drop } from "./template";

const templateUrl = inject("templateUrl");
const url = await createFromTemplate(templateUrl);

provide({
  NODE_ENV: "test",
  GAOZHI_MODE: "test",
  DATABASE_URL: url,
  APP_ORIGIN: "http://localhost:3000",
  AUTH_SECRET: "a-secret-for-the-tests-that-is-long-enough",
  DATA_KEY: Buffer.alloc(32, 7).toString("base64url"),
  RESEND_API_KEY: "re_test",
  RESEND_WEBHOOK_SECRET: "whsec_dGVzdHMtc2lnbi13aXRoLXRoaXMtc2VjcmV0",
  MAIL_FROM: "云桥科技 <notice@yunqiao.example>",
  LOG_LEVEL: "silent",
});

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
