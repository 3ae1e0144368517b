import { z } from "zod";

import { type Api } from "./api";
import { eventsOf, lastEvent } from "./events";
import { faultInput } from "./faults";
import { json, type Incoming, type Outgoing } from "./http";
import { type AcceptedMail, type Entry } from "./record";

const webhookFaultInput = z.discriminatedUnion("fault", [
  z.strictObject({ fault: z.literal("webhook_double"), times: z.number().int().min(1).default(1) }),
  z.strictObject({ fault: z.literal("webhook_reorder"), times: z.number().int().min(2) }),
  z.strictObject({ fault: z.literal("webhook_hold") }),
  z.strictObject({ fault: z.literal("webhook_release") }),
]);

const listInput = z.object({
  to: z.string().optional(),
  since: z.coerce.date().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

const PREFIX = "/__control";
const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const LOCAL_PEERS = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];

/** Whether the path belongs to the control surface. */
export function isControl(path: string): boolean {
  return path.startsWith(`${PREFIX}/`);
}

/** The control surface: programs faults and shows what was accepted, to this machine only. */
export async function answerControl(
  api: Api,
  request: Incoming,
  peer: string | undefined,
): Promise<Outgoing> {
  const isLocal = LOCAL_PEERS.includes(peer ?? "") && LOCAL_HOST.test(request.headers.host ?? "");
  if (!isLocal) return json(403, { message: "The control surface answers this machine only." });

  const [, resource, id] = request.path.slice(1).split("/");
  switch (`${request.method} ${resource}`) {
    case "POST faults":
      return programFault(api, request);
    case "DELETE faults":
      api.faults.clear();
      return json(200, {});
    case "GET mails":
      return id === undefined ? listMails(api, request.query) : showMail(api, id);
    case "GET stats":
      return json(200, stats(api));
    default:
      return json(404, { message: "There is no such control." });
  }
}

function programFault(api: Api, { headers, body }: Incoming): Outgoing {
  // A page of another site can post text, but not JSON, to this port.
  if (!headers["content-type"]?.startsWith("application/json")) {
    return json(415, { message: "Send JSON." });
  }
  let input: unknown;
  try {
    input = JSON.parse(body.toString("utf8"));
  } catch {
    return json(400, { message: "The body is not JSON." });
  }
  const onWebhooks = webhookFaultInput.safeParse(input);
  if (onWebhooks.success) {
    applyToWebhooks(api, onWebhooks.data);
    return json(200, {});
  }
  const onRequests = faultInput.safeParse(input);
  if (!onRequests.success) return json(400, { message: z.prettifyError(onRequests.error) });

  api.faults.program(onRequests.data);
  return json(200, {});
}

function applyToWebhooks({ webhooks }: Api, input: z.output<typeof webhookFaultInput>): void {
  switch (input.fault) {
    case "webhook_double":
      webhooks.double(input.times);
      return;
    case "webhook_reorder":
      webhooks.reorder(input.times);
      return;
    case "webhook_hold":
      webhooks.hold();
      return;
    case "webhook_release":
      webhooks.release();
      return;
  }
}

async function listMails(api: Api, query: URLSearchParams): Promise<Outgoing> {
  const input = listInput.safeParse(Object.fromEntries(query));
  if (!input.success) return json(400, { message: z.prettifyError(input.error) });

  const { to, since, limit } = input.data;
  const address = to?.toLowerCase();
  const fits = (entry: Entry) =>
    (!address || entry.to.includes(address)) && (!since || entry.at >= since.getTime());

  const found: Entry[] = [];
  const entries = api.record.entries();
  for (let index = entries.length - 1; index >= 0 && found.length < limit; index -= 1) {
    const entry = entries[index];
    if (entry && fits(entry)) found.push(entry);
  }
  const mails = await Promise.all(
    found.map(async (entry) => {
      const mail = await api.record.read(entry);
      return { ...summaryOf(mail), lastEvent: lastEvent(entry, api.stepMs, api.now()) };
    }),
  );
  return json(200, { mails });
}

async function showMail(api: Api, id: string): Promise<Outgoing> {
  const entry = api.record.find(id);
  if (!entry) return json(404, { message: "There is no such mail." });

  const mail = await api.record.read(entry);
  const events = eventsOf(entry, api.stepMs)
    .filter(({ at }) => at <= api.now())
    .map(({ type, at }) => ({ type, at: new Date(at).toISOString() }));
  return json(200, {
    ...summaryOf(mail),
    html: mail.html,
    lastEvent: lastEvent(entry, api.stepMs, api.now()),
    events,
  });
}

function summaryOf(mail: AcceptedMail) {
  const { id, at, key, index, from, to, replyTo, subject, text, tags, headers, sha256 } = mail;
  return { id, at, key, index, from, to, replyTo, subject, text, tags, headers, sha256 };
}

function stats({ record, keys, counts, faults, webhooks }: Api) {
  return {
    mails: record.entries().length,
    keys: keys.count(),
    repeats: counts.repeats,
    refused: counts.refused,
    faults: faults.pending(),
    webhooks: webhooks.stats(),
  };
}
