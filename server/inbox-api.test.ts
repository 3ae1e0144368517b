import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";

import type { Person } from "@/domain/context";
import { editNotice } from "@/domain/incidents/edit-notice";
import { followAnnouncement } from "@/domain/incidents/follow-announcement";
import { env, provide } from "@/lib/env";
import { acting } from "@/tests/support/context";
import {
  composed,
  givenAffected,
  givenAnnouncement,
  givenNoticeDesk,
  NOTICE_DAY,
  noticeNow,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember, givenPerson } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";
import { signConsoleToken } from "@/stand-ins/console/token";
import { noticeKind, noticeTitle } from "@/wording/notice-line";

import type { InboxState } from "./api-operations";
import { readConsoleToken } from "./console-token";
import { inboxOptions, inboxRoute } from "./inbox-api";

const KEY = "a-key-of-the-console-that-is-long-enough";
const CONSOLE = "https://console.example";
const getInbox = inboxRoute({ title: noticeTitle, kind: noticeKind });
let owner: Person;

beforeAll(async () => {
  provide({ CONSOLE_KEY: KEY, CONSOLE_ORIGINS: `${CONSOLE},https://other.example` });
  const desk = await givenInForce();
  owner = await givenMember((await givenAccount({ productId: desk.productId })).id, "owner");
  await givenApproved(desk, MAJOR_CHANGE);
});

const tokenOf = (email: string, now = new Date()) =>
  signConsoleToken(email, { key: KEY, audience: env().APP_ORIGIN, now });

async function call(token: string, { origin = CONSOLE, query = "" } = {}) {
  const request = new Request(`http://localhost/api/v1/inbox${query}`, {
    headers: { authorization: `Bearer ${token}`, origin },
  });
  const response = await getInbox(request);
  return { status: response.status, headers: response.headers, answer: await response.json() };
}

describe("GET /api/v1/inbox", () => {
  test("tells the person whom the console names what is unread, with links into the portal", async () => {
    const { status, answer, headers } = await call(tokenOf(owner.email), { query: "?locale=en" });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ unread: 1, href: `${env().APP_ORIGIN}/en/inbox` });
    expect(answer.messages).toHaveLength(1);
    expect(answer.messages[0].href).toMatch(/^http:\/\/localhost:3000\/en\/inbox\/[0-9a-f-]{36}$/);
    expect(answer.popup).toMatchObject({ id: answer.messages[0].id });
    expect(headers.get("cache-control")).toBe("private, no-store");
    const stranger = await givenPerson("陌生人");
    expect((await call(tokenOf(stranger.email))).answer).toMatchObject({ unread: 0, messages: [] });
  });

  test("an announcement that was ended says so beside what ended it", async () => {
    const desk = await givenNoticeDesk();
    const { owner: reader } = await givenAffected(desk.productId, {});
    const first = await published(desk, await givenAnnouncement(desk), { typedPeople: 1 });
    const author = acting(desk.author, NOTICE_DAY.approved);
    const { id } = await followAnnouncement(author, { noticeId: first.id, kind: "end" });
    await editNotice(author, composed({ id, revision: 1 }, { type: "announcement" }));
    await published(desk, await noticeNow(id), { typedPeople: 1 });

    const { answer } = await call(tokenOf(reader.email));
    const said = answer.messages.map((one: InboxState["messages"][number]) => [
      ...[one.kind, one.followedBy],
    ]);
    expect(said).toHaveLength(2);
    expect(said).toEqual(
      expect.arrayContaining([
        ["公告", ["end"]],
        ["公告结束", []],
      ]),
    );
  });

  test("a person may ask so often a minute, and every answer says what is left", async () => {
    const eager = await givenPerson("心急");
    const answers = [];
    for (let uses = 0; uses < 62; uses += 1) answers.push(await call(tokenOf(eager.email)));
    expect(answers.map(({ status }) => status)).toEqual([...Array(60).fill(200), 429, 429]);
    const [{ headers: first }, { headers: last, answer }] = [answers[0]!, answers[61]!];
    expect(first.get("ratelimit-policy")).toBe('"person";q=60;w=60');
    expect(first.get("ratelimit")).toMatch(/^"person";r=59;t=\d+$/);
    expect(last.get("ratelimit")).toMatch(/^"person";r=0;t=\d+$/);
    expect(Number(last.get("retry-after"))).toBeGreaterThan(0);
    expect(answer).toMatchObject({ status: 429, code: "rate_limited" });
    expect((await call(tokenOf(owner.email))).status).toBe(200);
  });

  test("only pages of the listed origins may read it", async () => {
    const token = tokenOf(owner.email);
    const [listed, other] = [
      await call(token),
      await call(token, { origin: "https://evil.example" }),
    ];
    expect(listed.headers.get("access-control-allow-origin")).toBe(CONSOLE);
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
    const asks = await inboxOptions(
      new Request("http://localhost/", { headers: { origin: CONSOLE } }),
    );
    expect([asks.status, asks.headers.get("access-control-allow-headers")]).toEqual([
      204,
      "authorization",
    ]);
  });

  test("nothing but a token of the key, for this portal, of ten minutes at most, opens it", async () => {
    const now = new Date();
    const expected = { key: KEY, audience: env().APP_ORIGIN, now };
    const right = tokenOf(owner.email);
    expect(readConsoleToken(right, expected)).toBe(owner.email);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const iat = Math.floor(now.getTime() / 1000);
    const forged = (claims: object, head: object = { alg: "HS256" }) => {
      const told = { sub: owner.email, aud: env().APP_ORIGIN, iat, exp: iat + 300, ...claims };
      const text = `${part(head)}.${part(told)}`;
      return `${text}.${createHmac("sha256", KEY).update(text).digest("base64url")}`;
    };
    expect(readConsoleToken(forged({}), expected)).toBe(owner.email);
    const wrong = [
      "",
      "a.b.c",
      right.slice(0, -2),
      `${right}.x`,
      signConsoleToken(owner.email, { ...expected, key: "another-key-that-is-long-enough-too" }),
      signConsoleToken(owner.email, { ...expected, audience: "https://other.example" }),
      tokenOf(owner.email, new Date(now.getTime() - 601_000)),
      forged({ exp: iat + 601 }),
      forged({ iat: iat + 120, exp: iat + 300 }),
      forged({ exp: undefined }),
      forged({ sub: "no address" }),
      forged({}, { alg: "none" }),
      forged({}, { alg: "HS512" }),
    ];
    for (const token of wrong) {
      expect(readConsoleToken(token, expected), token).toBeNull();
      expect((await call(token)).status).toBe(401);
    }
    expect((await call(tokenOf("nobody@people.example"))).status).toBe(401);
  });
});
