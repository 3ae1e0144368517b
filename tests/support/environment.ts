import { provide } from "@/lib/env";

/** The environment of a test file, and of a process of the fault and load runs, over a database of its own. */
export function provideFor(databaseUrl: string): void {
  provide({
    NODE_ENV: "test",
    GAOZHI_MODE: "test",
    DATABASE_URL: databaseUrl,
    APP_ORIGIN: "http://localhost:3000",
    AUTH_SECRET: "a-secret-for-the-tests-that-is-long-enough",
    DATA_KEY: Buffer.alloc(32, 7).toString("base64url"),
    RESEND_API_KEY: "re_test",
    RESEND_WEBHOOK_SECRET: "whsec_dGVzdHMtc2lnbi13aXRoLXRoaXMtc2VjcmV0",
    MAIL_FROM: "云桥科技 <notice@yunqiao.example>",
    LOG_LEVEL: "silent",
  });
}
