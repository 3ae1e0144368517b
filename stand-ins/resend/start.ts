import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { answerApi, type Api } from "./api";
import { answerControl, isControl } from "./control";
import { refusal } from "./emails";
import { createFaults } from "./faults";
import { deliver, receive } from "./http";
import { openJournal } from "./journal";
import { createKeys } from "./keys";
import { DOCUMENTED_RETRIES_MS, type StandInOptions } from "./options";
import { PROBLEMS } from "./problem";
import { createRate } from "./rate";
import { openRecord } from "./record";
import { createWebhooks } from "./webhooks";

export type ResendStandIn = Awaited<ReturnType<typeof startResendStandIn>>;

const UNLIMITED = 1_000_000;
const STEP_MS = 150;

/**
 * Starts a server on 127.0.0.1 that answers like the Resend API and remembers in `dataFolder`
 * what it accepted, across restarts. What it does and does not do is in README.md beside it.
 * @throws Error when the folder or the port can't be used
 */
export async function startResendStandIn(options: StandInOptions) {
  const { webhookUrl, webhookSecret, now = Date.now, stepMs = STEP_MS } = options;
  const record = await openRecord(options.dataFolder);
  const journal = await openJournal(options.dataFolder);
  const keys = createKeys(now);
  for (const { key, endpoint, sha256, answer, at } of record.requests) {
    if (key !== null) keys.keep(endpoint, key, { sha256, answer, at: Date.parse(at) });
  }
  const webhooks = createWebhooks(
    {
      url: webhookUrl,
      secret: webhookSecret,
      stepMs,
      retriesMs: options.webhookRetriesMs ?? DOCUMENTED_RETRIES_MS,
      now,
    },
    record,
    journal,
  );
  const api: Api = {
    apiKey: options.apiKey,
    record,
    keys,
    webhooks,
    faults: createFaults(),
    rate: createRate(options.ratePerSecond ?? UNLIMITED, now),
    counts: { repeats: 0, refused: {} },
    now,
    stepMs,
  };
  const server = createServer((request, response) => {
    serve(api, { request, response }, options.onRequest).catch(() => {
      if (response.headersSent) response.destroy();
      else deliver(refusal(PROBLEMS.applicationError), response);
    });
  });
  const port = await listen(server, options).catch(async (error: unknown) => {
    await record.close();
    throw error;
  });
  for (const entry of record.entries()) webhooks.plan(entry);

  return {
    url: `http://${options.address ?? "127.0.0.1"}:${port}`,
    port,
    record,
    faults: api.faults,
    webhooks,
    async close(): Promise<void> {
      webhooks.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await journal.close();
      await record.close();
    },
  };
}

async function serve(
  api: Api,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  onRequest: StandInOptions["onRequest"],
): Promise<void> {
  const incoming = await receive(request);
  if (!incoming) {
    deliver(refusal(PROBLEMS.tooLarge, { connection: "close" }), response);
    return;
  }
  if (isControl(incoming.path)) {
    deliver(await answerControl(api, incoming, request.socket.remoteAddress), response);
    return;
  }
  const key = incoming.headers["idempotency-key"];
  const { method, path, body } = incoming;
  onRequest?.({ method, path, body, key: key === undefined ? null : String(key) });
  deliver(await answerApi(api, incoming), response);
}

function listen(
  server: ReturnType<typeof createServer>,
  { port = 0, address: host = "127.0.0.1" }: StandInOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
