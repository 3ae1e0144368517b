import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { providerEvents } from "@/db/schema";
import { env } from "@/lib/env";

import { receiveResendWebhook } from "./webhook";

/** As Resend signs it, the Svix way. */
function signed(body: unknown, id: string): Request {
  const payload = typeof body === "string" ? body : JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const secret = Buffer.from(env().RESEND_WEBHOOK_SECRET.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", secret)
    .update(`${id}.${timestamp}.${payload}`)
    .digest("base64");
  return new Request("http://localhost/api/webhooks/resend", {
    method: "POST",
    headers: {
      "svix-id": id,
      "svix-timestamp": timestamp,
      "svix-signature": `v1,${signature}`,
    },
    body: payload,
  });
}

const event = (data: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  ...{ type: "email.delivered", created_at: "2026-11-28T10:00:00Z", ...more },
  data,
});

test.each([
  ["NUL in its reason", event({ bounce: { message: "no\u0000 such box" } })],
  ["half of a surrogate pair", event({ failed: { reason: "x\ud800" } })],
  ["NUL in its type", event({}, { type: "email.\u0000odd" })],
  ["a far year", event({}, { created_at: "+275760-09-13T00:00:00.000Z" })],
  ["a year before ours", event({}, { created_at: "-000044-03-15T00:00:00.000Z" })],
  ["no moment at all", event({}, { created_at: "soon" })],
  ["a long mail id", event({ email_id: "x".repeat(5000) })],
  ["NUL in its mail id", event({ email_id: "x\u0000" })],
])(
  "a signed event with %s is stored and answered, so that it is not sent again",
  async (_, body) => {
    const id = `msg_${crypto.randomUUID()}`;
    expect((await receiveResendWebhook(signed(body, id))).status).toBe(200);
    expect(await db.$count(providerEvents, eq(providerEvents.id, id))).toBe(1);
  },
);

test("a long id is one event, however often it comes", async () => {
  const id = "m".repeat(3000);
  const before = await db.$count(providerEvents);
  for (let n = 0; n < 2; n += 1)
    expect((await receiveResendWebhook(signed(event(), id))).status).toBe(200);
  expect(await db.$count(providerEvents)).toBe(before + 1);
});

test.each(["null", "[]", '"text"'])("what is signed and no event is refused: %s", async (body) => {
  expect((await receiveResendWebhook(signed(body, "msg_x"))).status).toBe(400);
});
