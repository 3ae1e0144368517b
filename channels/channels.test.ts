import { readdirSync } from "node:fs";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ENDPOINT_CHANNELS, type EndpointChannel } from "@/db/vocabulary/endpoints";
import type { IncidentNoticeFacts, Told } from "@/domain/broadcasts/facts";
import { inRoot } from "@/lib/paths";
import { postOutward } from "@/lib/post-outward";
import { startEndpoints } from "@/stand-ins/endpoints/start";
import { provide } from "@/lib/env";
import { pushPublicKey } from "@/lib/web-push";
import { signTc3 } from "@/lib/tc3";
import { smsService } from "@/stand-ins/sms/service";
import { smsSettings } from "@/tests/support/endpoints";
import { ID, INCIDENT, POLICY, telling } from "@/tests/support/telling";

import { CATALOGUE } from "./catalogue";

const SECRET = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const OLD_SECRET = `whsec_${Buffer.alloc(32, 2).toString("base64")}`;
let receiver: Awaited<ReturnType<typeof startEndpoints>>;
const PUSH_KEY = Buffer.alloc(32, 7).toString("base64url");
beforeAll(async () => {
  provide({ PUSH_KEY, ...smsSettings("https://sms.example") });
  receiver = await startEndpoints({ feishuSecret: "feishu", dingtalkSecret: "SECding" });
  const { endpoint, keys } = receiver.push.subscribe(pushPublicKey(PUSH_KEY));
  PATHS.push = new URL(endpoint).pathname;
  SECRETS.push = [JSON.stringify(keys)];
});
afterAll(() => {
  provide({ SMS_OPERATOR: "" });
  return receiver.close();
});

const PATHS: Record<EndpointChannel, string> = {
  webhook: "/hook",
  wecom: "/cgi-bin/webhook/send?key=1",
  feishu: "/open-apis/bot/v2/hook/1",
  dingtalk: "/robot/send?access_token=1",
  ...{ push: "", sms: "" },
};
const SECRETS: Record<EndpointChannel, string[]> = {
  ...{ webhook: [SECRET], wecom: [], feishu: ["feishu"], dingtalk: ["SECding"] },
  ...{ push: [], sms: [] },
};
/** Those that write what they like; a text message says what its template says. */
const FREE = ENDPOINT_CHANNELS.filter((channel) => channel !== "sms");

type Wish = { told?: Told | null; path?: string; secrets?: string[]; now?: Date };

async function post(channel: EndpointChannel, wish: Wish = {}) {
  const { told = POLICY, path = PATHS[channel], secrets = SECRETS[channel] } = wish;
  const { compose, request, read } = CATALOGUE[channel];
  const target = { address: receiver.url + path, secrets, id: ID, now: wish.now ?? new Date() };
  const came = await postOutward(request(compose(telling(told)), target), {
    also: [receiver.host],
  });
  return came.kind === "answered" ? read(came) : came;
}

test("a channel is a folder: its name in the vocabulary, its addresses, its posts", () => {
  const folders = readdirSync(inRoot("channels"), { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name);
  expect(folders.sort()).toEqual([...ENDPOINT_CHANNELS].sort());
  for (const folder of folders)
    expect(readdirSync(inRoot(`channels/${folder}`)).sort()).toEqual([
      ...["address.ts", "post.ts"],
      // What runs in the browser that is pushed to.
      ...(folder === "push" ? ["worker.ts"] : []),
      // What its operator says afterwards.
      ...(folder === "sms" ? ["reports.ts"] : []),
    ]);
});

test.each(FREE)(
  "P18: %s: a change, an incident longer than it takes, and a test arrive",
  async (channel) => {
    for (const told of [POLICY, { kind: "incident_notice", facts: INCIDENT } as const, null]) {
      expect(await post(channel, { told })).toEqual({ kind: "delivered" });
      const { body } = receiver.received.at(-1)!;
      expect(body).toContain("100000000001");
      if (told) expect(body).toContain(told.kind === "policy_change" ? "3.2" : "令牌泄露");
    }
  },
);

test.each(FREE)(
  "%s: of a restricted incident as it is withheld there is number, and public summary",
  (channel) => {
    const facts: IncidentNoticeFacts = {
      ...INCIDENT,
      ...{
        visibility: "restricted",
        title: {},
        contact: "",
        parts: { ...INCIDENT.parts, situation: {}, adviceDevelopers: [], adviceEndUsers: {} },
      },
    };
    const body = CATALOGUE[channel].compose(telling({ kind: "incident_notice", facts }));
    expect(body).toContain("I-2026-000001");
    expect(body).toContain("公开摘要");
  },
);

test.each([...ENDPOINT_CHANNELS])(
  "%s: a rehearsal says that it is one, in both languages, and alarms nobody",
  (channel) => {
    const facts = { ...INCIDENT, incidentNumber: "E-2026-000001", rehearsal: true as const };
    for (const [locale, mark] of [
      ["zh-CN", "【演练】"],
      ["en", "[Rehearsal]"],
    ] as const) {
      const body = CATALOGUE[channel].compose(
        telling({ kind: "incident_notice", facts }, { locale }),
      );
      expect(body).toContain(mark);
      expect(body).not.toMatch(/"red"|color=|"isUrgent":true/);
    }
    const { type, data } = JSON.parse(
      CATALOGUE.webhook.compose(telling({ kind: "incident_notice", facts })),
    ) as { type: string; data: { facts: object; title: Record<string, string> } };
    expect(type).toBe("incident_rehearsal.told");
    expect(data.facts).toMatchObject({ rehearsal: true });
    expect(data.title).toEqual({ "zh-CN": "【演练】令牌泄露", en: "[Rehearsal] Token leak" });
  },
);

test.each(FREE)("%s composes the same bytes of the same telling", (channel) => {
  const { compose } = CATALOGUE[channel];
  expect(compose(telling(POLICY))).toBe(compose(telling(POLICY)));
});

describe("a webhook", () => {
  test("is verified by the package standardwebhooks, with either secret while both sign", async () => {
    await post("webhook", { secrets: [SECRET, OLD_SECRET] });
    const { body, headers } = receiver.received.at(-1)!;
    for (const secret of [SECRET, OLD_SECRET])
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({
        id: ID,
        type: "policy_change.told",
        data: { account: "100000000001", apps: ["1400001287"], facts: { label: "3.2" } },
      });
    const other = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;
    expect(() => new Webhook(other).verify(body, headers)).toThrow();
    expect(() => new Webhook(SECRET).verify(`${body} `, headers)).toThrow();
    expect(() => new Webhook(SECRET).verify(body, { ...headers, "webhook-id": "msg_1" })).toThrow();
  });

  test("of an old moment is refused by its receiver", async () => {
    await post("webhook", { now: new Date(Date.now() - 10 * 60_000) });
    const { body, headers } = receiver.received.at(-1)!;
    expect(() => new Webhook(SECRET).verify(body, headers)).toThrow();
  });

  test.each([
    [200, "delivered"],
    [204, "delivered"],
    [301, "retry"],
    [400, "retry"],
    [404, "retry"],
    [410, "gone"],
    [500, "retry"],
  ])("answered with %s: %s", async (status, kind) => {
    receiver.meet({ status });
    expect(await post("webhook")).toMatchObject({ kind });
  });

  test("waits as long as it is asked to, and no longer than an hour", async () => {
    receiver.meet({ status: 429, headers: { "retry-after": "120" } });
    expect(await post("webhook")).toMatchObject({ kind: "retry", retryAfterMs: 120_000 });
    receiver.meet({ status: 503, headers: { "retry-after": "999999" } });
    expect(await post("webhook")).toMatchObject({ kind: "retry", retryAfterMs: 3_600_000 });
  });
});

describe("a text message", () => {
  const NUMBER = "+8613800138000";
  const at = new Date("2026-11-20T02:00:00Z");
  const told = { kind: "incident_notice", facts: INCIDENT } as const;
  const operator = async (change: (body: string) => string = (body) => body, now = at) => {
    const { compose, request } = CATALOGUE.sms;
    const post = request(compose(telling(told)), { address: NUMBER, secrets: [], id: ID, now });
    const headers = { ...post.headers, host: new URL(post.url).host };
    return smsService().take({ headers, body: change(String(post.body)), now: Number(at) }).code;
  };

  test("is signed as the operator's documentation computes it", () => {
    const body = String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`;
    const { authorization } = signTc3({
      ...{ id: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", key: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE" },
      ...{
        host: "cvm.tencentcloudapi.com",
        service: "cvm",
        body,
        now: new Date(1_551_113_065_000),
      },
    });
    expect(authorization).toMatch(
      /Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168$/,
    );
  });

  test("names number and kind of the incident by its template; altered or old it is refused", async () => {
    const body = JSON.parse(CATALOGUE.sms.compose(telling(told))) as object;
    expect(body).toEqual({
      ...{ SmsSdkAppId: "1400000000", SignName: "云桥科技", TemplateId: "1001" },
      TemplateParamSet: ["I-2026-000001", expect.any(String)],
      SessionContext: ID,
    });
    expect(JSON.stringify(body)).not.toContain("令牌");
    expect(await operator()).toBeNull();
    const signature = "AuthFailure.SignatureFailure";
    expect(await operator((text) => text.replace("000001", "000002"))).toBe(signature);
    expect(await operator(undefined, new Date(Number(at) - 600_000))).toBe(signature);
  });

  test.each([
    ["Ok", { kind: "delivered", fee: 2 }],
    ["LimitExceeded.PhoneNumberThirtySecondLimit", { kind: "retry" }],
    ["InternalError.Timeout", { kind: "uncertain" }],
    ["FailedOperation.PhoneNumberInBlacklist", { kind: "gone" }],
    ["FailedOperation.InsufficientBalanceInSmsPackage", { kind: "failed" }],
  ])("answered with %s", (Code, result) => {
    const text = JSON.stringify({ Response: { SendStatusSet: [{ Code, Fee: 2 }] } });
    const answered = { kind: "answered", status: 200, headers: {}, text } as const;
    expect(CATALOGUE.sms.read(answered)).toMatchObject(result);
  });

  test("is uncertain where the answer is none, and refused where it has no template", () => {
    const answered = { kind: "answered", status: 200, headers: {}, text: "" } as const;
    expect(CATALOGUE.sms.read(answered)).toMatchObject({ kind: "uncertain" });
    expect(() => CATALOGUE.sms.compose(telling(POLICY))).toThrow("no message is registered");
  });
});

describe("a browser", () => {
  test("P18: reads what it is to show; only it can", async () => {
    expect(await post("push", { told: { kind: "incident_notice", facts: INCIDENT } })).toEqual({
      kind: "delivered",
    });
    const { body, headers } = receiver.received.at(-1)!;
    expect(JSON.parse(body)).toMatchObject({
      ...{ tag: ID, lang: "zh-CN", isUrgent: true },
      title: expect.stringContaining("令牌泄露") as string,
      url: expect.stringMatching(/^https:\/\/notices\.example\/zh-CN\/incidents\//) as string,
    });
    expect(headers).toMatchObject({ urgency: "high", ttl: "259200" });
    expect(headers.topic).toMatch(/^[\w-]{32}$/);
    const [keys = ""] = SECRETS.push;
    const other = receiver.push.subscribe(pushPublicKey(PUSH_KEY)).keys;
    const mixed = JSON.stringify({ ...(JSON.parse(keys) as object), auth: other.auth });
    expect(await post("push", { secrets: [mixed] })).toMatchObject({ kind: "failed" });
  });

  test("whose consent was taken back, or whom nobody knows, is gone", async () => {
    const { endpoint, keys } = receiver.push.subscribe(pushPublicKey(PUSH_KEY));
    receiver.push.end(endpoint);
    const gone = { path: new URL(endpoint).pathname, secrets: [JSON.stringify(keys)] };
    expect(await post("push", gone)).toEqual({ kind: "gone", reason: "HTTP 410" });
    expect(await post("push", { ...gone, path: "/push/none" })).toMatchObject({ kind: "gone" });
  });

  test("subscribed under another key refuses us, and is not taken for gone", async () => {
    const { endpoint, keys } = receiver.push.subscribe("another");
    const other = { path: new URL(endpoint).pathname, secrets: [JSON.stringify(keys)] };
    expect(await post("push", other)).toEqual({ kind: "failed", reason: "HTTP 403" });
  });

  test.each([
    [429, { kind: "retry", retryAfterMs: 60_000 }],
    [503, { kind: "retry", retryAfterMs: 60_000 }],
    [413, { kind: "failed" }],
  ])("answered with %s: %o", async (status, result) => {
    receiver.meet({ status, headers: { "retry-after": "60" } });
    expect(await post("push")).toMatchObject(result);
  });
});
