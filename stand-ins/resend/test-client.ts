import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { type StandInOptions } from "./options";
import { startResendStandIn, type ResendStandIn } from "./start";

export const API_KEY = "re_test_key";
export const WEBHOOK_SECRET = `whsec_${Buffer.from("a secret for the tests only").toString("base64")}`;

export type MailInput = { from: string; to: string; subject: string; html: string; text: string };

/** A mail to somebody, different for each recipient. */
export function mailTo(to: string, more: Record<string, unknown> = {}): MailInput {
  return {
    from: "云桥科技 <notice@yunqiao.example>",
    to,
    subject: `隐私指引变更 ${to}`,
    html: `<p>您好 ${to}</p>`,
    text: `您好 ${to}`,
    ...more,
  };
}

/** Stand-ins for one test file, in folders of their own; `end` closes and removes them all. */
export function standIns() {
  const running: ResendStandIn[] = [];
  const folders: string[] = [];

  return {
    async folder(): Promise<string> {
      const folder = await mkdtemp(path.join(tmpdir(), "resend-stand-in-"));
      folders.push(folder);
      return folder;
    },
    async start(options: Partial<StandInOptions> = {}): Promise<ResendStandIn> {
      const dataFolder = options.dataFolder ?? (await this.folder());
      const standIn = await startResendStandIn({
        apiKey: API_KEY,
        webhookSecret: WEBHOOK_SECRET,
        stepMs: 5,
        ...options,
        dataFolder,
      });
      running.push(standIn);
      return standIn;
    },
    async end(): Promise<void> {
      await Promise.allSettled(running.splice(0).map((standIn) => standIn.close()));
      await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
    },
  };
}

export type Answer = { status: number; headers: Headers; body: unknown };

/** Posts to a stand-in as any HTTP client would. */
export async function post(
  url: string,
  content: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `Bearer ${API_KEY}`,
      "content-type": "application/json",
      ...headers,
    },
    body: typeof content === "string" ? content : JSON.stringify(content),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export async function get(url: string): Promise<Answer> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${API_KEY}` } });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Waits until a check holds. @throws after five seconds */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error("It did not happen within five seconds");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
