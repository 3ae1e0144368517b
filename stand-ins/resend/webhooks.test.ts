import { createServer, type Server } from "node:http";
import { afterAll, expect, test } from "vitest";

import { mailTo, post, standIns, until, WEBHOOK_SECRET } from "./test-client";
import { signedHeaders } from "./sign";

const servers = standIns();
const receivers: Server[] = [];
afterAll(async () => {
  await servers.end();
  for (const server of receivers) server.close();
});

type Received = { id: string; timestamp: string; signature: string; body: string; type: string };

test.each([
  ["reader@one.example", ["email.sent", "email.delivered"]],
  ["bounce@luming.example", ["email.sent", "email.bounced"]],
  ["complain.often@one.example", ["email.sent", "email.delivered", "email.complained"]],
  ["delay@one.example", ["email.sent", "email.delivery_delayed", "email.delivered"]],
])("a mail to %s becomes %j", async (to, types) => {
  const { received, url } = await receiver();
  const standIn = await servers.start({ webhookUrl: url });
  await post(`${standIn.url}/emails`, mailTo(to));
  await until(() => received.length === types.length);
  expect(received.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
});

test("a webhook carries the documented payload and a Svix signature over its raw body", async () => {
  const { received, url } = await receiver();
  const now = Date.parse("2026-03-15T06:05:00Z");
  const standIn = await servers.start({ webhookUrl: url, now: () => now });
  const tags = [{ name: "delivery", value: "d-1" }];
  await post(`${standIn.url}/emails`, mailTo("bounce@luming.example", { tags }));
  await until(() => received.length === 2);

  const bounced = received.find(({ type }) => type === "email.bounced")!;
  const [mail] = await standIn.record.all();
  expect(JSON.parse(bounced.body)).toEqual({
    type: "email.bounced",
    created_at: "2026-03-15T06:05:00.010Z",
    data: {
      created_at: mail!.at,
      email_id: mail!.id,
      message_id: `<${mail!.id}@mail.example>`,
      from: mail!.from,
      to: ["bounce@luming.example"],
      subject: mail!.subject,
      bounce: expect.objectContaining({ type: "Permanent", subType: "General" }),
      tags: { delivery: "d-1" },
    },
  });
  expect(signedHeaders(bounced, WEBHOOK_SECRET, now)).toEqual({
    "svix-id": bounced.id,
    "svix-timestamp": bounced.timestamp,
    "svix-signature": bounced.signature,
  });
});

test("a webhook that is not answered 2xx comes again under its id, then no more", async () => {
  const { received, url } = await receiver((count) => (count <= 4 ? 500 : 204));
  const standIn = await servers.start({ webhookUrl: url, webhookRetriesMs: [5, 5, 5, 5] });
  await post(`${standIn.url}/emails`, mailTo("a@one.example"));
  await until(() => standIn.webhooks.stats().acknowledged === 2);

  expect(new Set(received.map(({ id }) => id)).size).toBe(2);
  expect(received).toHaveLength(6);
  expect(standIn.webhooks.stats()).toMatchObject({ failedAttempts: 4, givenUp: 0, waiting: 0 });
});

test("a webhook nobody takes is given up after its last attempt", async () => {
  const { received, url } = await receiver(() => 302);
  const standIn = await servers.start({ webhookUrl: url, webhookRetriesMs: [5] });
  await post(`${standIn.url}/emails`, mailTo("a@one.example"));
  await until(() => standIn.webhooks.stats().givenUp === 2);
  expect(received).toHaveLength(4);
});

test("webhooks are doubled, reversed and held back on demand", async () => {
  const { received, url } = await receiver();
  const standIn = await servers.start({ webhookUrl: url, stepMs: 20 });
  const control = (fault: object) => post(`${standIn.url}/__control/faults`, fault);
  const send = () => post(`${standIn.url}/emails`, mailTo("a@one.example"));

  await control({ fault: "webhook_double", times: 2 });
  await send();
  await until(() => received.length === 4);
  expect(new Set(received.map(({ id }) => id)).size).toBe(2);

  received.length = 0;
  await control({ fault: "webhook_hold" });
  await send();
  await until(() => standIn.webhooks.stats().kept === 2);
  expect(received).toHaveLength(0);
  await control({ fault: "webhook_release" });
  await until(() => received.length === 2);

  received.length = 0;
  await control({ fault: "webhook_reorder", times: 2 });
  await send();
  await until(() => received.length === 2);
  expect(received.map(({ type }) => type)).toEqual(["email.delivered", "email.sent"]);
});

test("after a restart the webhooks that were not acknowledged come, under the same ids", async () => {
  const dataFolder = await servers.folder();
  const first = await receiver((_count, { type }) => (type === "email.sent" ? 200 : 500));
  const before = await servers.start({ dataFolder, webhookUrl: first.url });
  await post(`${before.url}/emails`, mailTo("a@one.example"));
  await until(() => first.received.length === 2 && before.webhooks.stats().failedAttempts === 1);
  await before.close();

  const second = await receiver();
  const after = await servers.start({ dataFolder, webhookUrl: second.url });
  await until(() => after.webhooks.stats().acknowledged === 1);
  const missed = first.received.find(({ type }) => type === "email.delivered")!;
  expect(second.received.map(({ id }) => id)).toEqual([missed.id]);
});

async function receiver(answer: (count: number, event: Received) => number = () => 200) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const { type }: { type: string } = JSON.parse(body);
      const header = (name: string) => String(request.headers[name]);
      const event = {
        id: header("svix-id"),
        timestamp: header("svix-timestamp"),
        signature: header("svix-signature"),
        body,
        type,
      };
      received.push(event);
      response.writeHead(answer(received.length, event)).end();
    });
  });
  receivers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { received, url: `http://127.0.0.1:${port}/api/webhooks/resend` };
}
