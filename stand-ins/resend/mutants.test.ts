import { createServer, type Server } from "node:http";
import { afterAll, expect, test } from "vitest";

import { reconcile, type Differences } from "./reconcile";
import { API_KEY, mailTo, post, standIns, type MailInput } from "./test-client";

const servers = standIns();
const proxies: Server[] = [];
afterAll(async () => {
  await servers.end();
  for (const proxy of proxies) proxy.close();
});

type Exchange = { headers: Record<string, string>; mails: MailInput[]; batch: number };
type Upstream = (exchange: Exchange) => Promise<{ status: number; text: string }>;
type Mutant = (exchange: Exchange, upstream: Upstream) => ReturnType<Upstream>;

const BATCHES = 3;
const BATCH_SIZE = 10;
const NONE: Differences = { lost: [], doubled: [], unexpected: [] };

test("an honest provider holds each mail once, whatever is tried again", async () => {
  expect(await sendThrough((exchange, upstream) => upstream(exchange))).toEqual(NONE);
});

const MUTANTS: Record<string, Mutant> = {
  "answers without accepting": async ({ mails }) => invented(mails),
  "drops the last mail of a batch": async ({ mails, ...exchange }, upstream) => {
    await upstream({ ...exchange, mails: mails.slice(0, -1) });
    return invented(mails);
  },
  "drops every second batch": (exchange, upstream) =>
    exchange.batch % 2 === 0 ? Promise.resolve(invented(exchange.mails)) : upstream(exchange),
  "sends a batch twice": async (exchange, upstream) => {
    await upstream(withoutKey(exchange));
    return upstream(exchange);
  },
  "forgets the keys": (exchange, upstream) => upstream(withoutKey(exchange)),
  "sends one mail twice": async (exchange, upstream) => {
    await upstream({ ...withoutKey(exchange), mails: exchange.mails.slice(0, 1) });
    return upstream(exchange);
  },
  "changes a subject": (exchange, upstream) =>
    upstream(changeFirst(exchange, { subject: "something else" })),
  "changes a text": (exchange, upstream) => upstream(changeFirst(exchange, { text: "" })),
  "changes the HTML by one space": (exchange, upstream) =>
    upstream(changeFirst(exchange, { html: `${exchange.mails[0]?.html} ` })),
  "sends to somebody else": (exchange, upstream) =>
    upstream(changeFirst(exchange, { to: "stranger@else.example" })),
  "swaps the contents of two mails": (exchange, upstream) => {
    const [first, second, ...rest] = exchange.mails;
    const mails = [
      { ...first!, html: second!.html, text: second!.text },
      { ...second!, html: first!.html, text: first!.text },
      ...rest,
    ];
    return upstream({ ...exchange, mails });
  },
};

test.each(Object.entries(MUTANTS))("a provider that %s is caught", async (_name, mutant) => {
  expect(await sendThrough(mutant)).not.toEqual(NONE);
});

test("a record that lost a line or holds one twice is caught", async () => {
  const mails = [mailTo("a@one.example"), mailTo("b@one.example")];
  const recorded = mails.map((mail) => ({ ...mail, to: [mail.to] }));
  expect(reconcile(mails, recorded)).toEqual(NONE);
  expect(reconcile(mails, recorded.slice(1))).toMatchObject({ lost: ["a@one.example"] });
  expect(reconcile(mails, [...recorded, recorded[1]!])).toMatchObject({
    doubled: ["b@one.example"],
  });
});

/** Sends batches through a mutant, each twice as after an unclear answer, and reconciles. */
async function sendThrough(mutant: Mutant): Promise<Differences> {
  const standIn = await servers.start();
  const url = await proxy(standIn.url, mutant);
  const expected: MailInput[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const mails = Array.from({ length: BATCH_SIZE }, (_, n) => mailTo(`r${n}@b${batch}.example`));
    expected.push(...mails);
    const send = () => post(`${url}/emails/batch`, mails, { "idempotency-key": `bc/${batch}` });
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
  }
  return reconcile(expected, await standIn.record.all());
}

async function proxy(target: string, mutant: Mutant): Promise<string> {
  let requests = 0;
  const upstream: Upstream = async ({ headers, mails }) => {
    const response = await fetch(`${target}/emails/batch`, {
      method: "POST",
      headers,
      body: JSON.stringify(mails),
    });
    return { status: response.status, text: await response.text() };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const mails: MailInput[] = JSON.parse(Buffer.concat(chunks).toString("utf8"));
      const headers = {
        authorization: `Bearer ${API_KEY}`,
        "idempotency-key": String(request.headers["idempotency-key"]),
      };
      // Both tries of a batch get its number, so that a dropped batch stays dropped.
      const batch = Math.floor(requests / 2) + 1;
      requests += 1;
      void mutant({ headers, mails, batch }, upstream).then(({ status, text }) =>
        response.writeHead(status, { "content-type": "application/json" }).end(text),
      );
    });
  });
  proxies.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

function invented(mails: MailInput[]) {
  return {
    status: 200,
    text: JSON.stringify({ data: mails.map(() => ({ id: crypto.randomUUID() })) }),
  };
}

function withoutKey(exchange: Exchange): Exchange {
  const { authorization = "" } = exchange.headers;
  return { ...exchange, headers: { authorization } };
}

function changeFirst(exchange: Exchange, change: Partial<MailInput>): Exchange {
  const [first, ...rest] = exchange.mails;
  return { ...exchange, mails: [{ ...first!, ...change }, ...rest] };
}
