import { createHmac } from "node:crypto";
import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders as Headers,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";

import { pushService } from "../push/service";
import { smsService } from "../sms/service";
import { cardIn, type ShownCard } from "./card";

/** A post as it arrived, and what it was answered. */
export type Received = {
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** Of a push what its browser reads. */
  body: string;
  status: number;
  /** A robot's code, or the operator's where it refuses; null for what is taken without one. */
  code: number | string | null;
  /** Whether it was taken: a webhook's 2xx, a card that is shown. */
  isTaken: boolean;
  /** What a group sees of a robot's card; null of what is none. */
  card: ShownCard | null;
};

/** What the next posts meet instead of a plain answer, one after the other. */
export type Fault =
  | { status: number; headers?: Record<string, string>; body?: string }
  /** Takes the post and says nothing: the connection breaks. */
  | "cut"
  /** Takes the post and never answers. */
  | "silent";

type Options = {
  port?: number;
  feishuSecret?: string;
  dingtalkSecret?: string;
  clock?: () => number;
};

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * Stands in for receivers of posts: any path is a webhook that takes everything; the paths of WeCom's,
 * Feishu's and DingTalk's robots keep the contracts of their documentation, README.md beside this, and
 * /push/ is a push service with its browsers; what names an action of SMS is its operator's.
 */
export async function startEndpoints(options: Options = {}) {
  const received: Received[] = [];
  const faults: Fault[] = [];
  const clock = options.clock ?? Date.now;
  const shown = new Map<string, number[]>();
  const push = pushService(() => place.url, clock);
  const sms = smsService();

  const cardAt = (path: string, query: URLSearchParams, body: string) => {
    const robot = ROBOTS.find((one) => one.path.test(path));
    if (!robot) return { status: 200, code: null, text: "" };
    const now = clock();
    const key = path + (query.get("key") ?? query.get("access_token") ?? "");
    const times = (shown.get(key) ?? []).filter((at) => at > now - MINUTE_MS);
    const code =
      robot.check({ query, body, now, options }) ||
      (times.length >= robot.perMinute ? robot.tooOften : 0);
    if (code === 0) shown.set(key, [...times, now]);
    return { status: 200, code, text: JSON.stringify(robot.say(code)) };
  };
  /** What is answered, and the body as its receiver reads it. */
  const answerTo = ({ pathname: path, searchParams }: URL, headers: Headers, bytes: Buffer) => {
    if (headers["x-tc-action"]) {
      const { text, ...taken } = sms.take({ headers, body: bytes.toString(), now: clock() });
      const body = bytes.toString().replace(/"PhoneNumberSet":\[[^\]]*\],/, "");
      const said = { status: 200, code: taken.code, text, body };
      const shown = () => sms.show(taken, clock());
      return headers["x-tc-action"] === "SendSms"
        ? { ...said, path: `/sms/${taken.number}`, shown }
        : { ...said, path: `/sms-reports/${taken.number}` };
    }
    if (path.startsWith("/push/")) {
      const { status, text } = push.take({ path, headers, body: bytes });
      return { status, code: null, text: "", body: text, path };
    }
    const body = bytes.toString("utf8");
    return { ...cardAt(path, searchParams, body), body, path };
  };

  const server = createServer((request, response) => {
    void readBody(request).then((bytes) => {
      const url = new URL(request.url ?? "/", "http://stand-in");
      const fault = faults.shift();
      const answered = answerTo(url, request.headers, bytes);
      const { status, code, text, body, path } = answered;
      const own = typeof fault === "object" ? fault : null;
      const isTaken = wasTaken(answered, own);
      received.push({
        path,
        query: Object.fromEntries(url.searchParams),
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        ),
        body,
        status: own?.status ?? status,
        code,
        isTaken,
        card: cardIn(path, body),
      });
      if (fault === "silent") return;
      if (fault === "cut") return void request.socket.destroy();
      answer(response, own ?? { status, body: text });
    });
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the stand-in has no port");
  const host = `127.0.0.1:${address.port}`;
  const place = { url: `http://${host}`, host };
  return {
    ...place,
    received,
    /** Browsers that listen to it. */
    push,
    /** The operator of text messages. */
    sms,
    /** The next posts meet these. */
    meet: (...next: Fault[]) => void faults.push(...next),
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

type Answered = { status: number; code: number | string | null; shown?: () => void };

/** Whether a post was taken, whatever its sender hears of it; an operator's message then is shown. */
function wasTaken({ status, code, shown }: Answered, own: { status: number } | null): boolean {
  const isTaken = own ? isSuccess(own.status) : !code && isSuccess(status);
  if (isTaken) shown?.();
  return isTaken;
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

function answer(
  response: ServerResponse,
  { status, headers = {}, body = "" }: Exclude<Fault, string>,
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

type Asked = { query: URLSearchParams; body: string; now: number; options: Options };
type Robot = {
  path: RegExp;
  perMinute: number;
  tooOften: number;
  /** The code of what is wrong with it; 0 where nothing is. */
  check: (asked: Asked) => number;
  say: (code: number) => object;
};

const hmac = (key: string, content: string): string =>
  createHmac("sha256", key).update(content).digest("base64");

function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const ROBOTS: readonly Robot[] = [
  {
    path: /^\/cgi-bin\/webhook\/send$/,
    perMinute: 20,
    tooOften: 45009,
    check: ({ query, body }) => {
      if (!query.get("key") || query.get("key") === "gone") return 93000;
      const { msgtype, markdown } = parsed(body);
      const content = (markdown as { content?: unknown } | undefined)?.content;
      const isMarkdown = msgtype === "markdown" && typeof content === "string";
      return isMarkdown && Buffer.byteLength(content) <= 4096 ? 0 : 40058;
    },
    say: (errcode) => ({ errcode, errmsg: errcode === 0 ? "ok" : "refused" }),
  },
  {
    path: /^\/open-apis\/bot\/v2\/hook\//,
    perMinute: 100,
    tooOften: 11232,
    check: ({ body, now, options: { feishuSecret } }) => {
      if (Buffer.byteLength(body) > 20 * 1024) return 9499;
      const { timestamp, sign, msg_type: type, card } = parsed(body);
      const seconds = Number(timestamp);
      const isFresh = Math.abs(now - seconds * 1000) < HOUR_MS;
      if (feishuSecret && (!isFresh || sign !== hmac(`${String(timestamp)}\n${feishuSecret}`, "")))
        return 19021;
      return type === "interactive" && typeof card === "object" ? 0 : 9499;
    },
    say: (code) => ({ code, msg: code === 0 ? "success" : "refused", data: {} }),
  },
  {
    path: /^\/robot\/send$/,
    perMinute: 20,
    tooOften: 130101,
    check: ({ query, body, now, options: { dingtalkSecret } }) => {
      if (query.get("access_token") === "gone") return 300001;
      const timestamp = query.get("timestamp") ?? "";
      const isFresh = Math.abs(now - Number(timestamp)) < HOUR_MS;
      const expected = dingtalkSecret && hmac(dingtalkSecret, `${timestamp}\n${dingtalkSecret}`);
      if (dingtalkSecret && (!isFresh || query.get("sign") !== expected)) return 310000;
      const { msgtype, actionCard } = parsed(body);
      const isCard = msgtype === "actionCard" && typeof actionCard === "object";
      return isCard && Buffer.byteLength(body) <= 20_000 ? 0 : 400402;
    },
    say: (errcode) => ({ errcode, errmsg: errcode === 0 ? "ok" : "refused" }),
  },
];
