import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, apps, auditEntries, members } from "@/db/schema";
import { givenAccount, givenMember, givenProduct } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";
import { givenToken } from "@/tests/support/tickets";

import { getAccount, putAccountCall } from "./account-api";

let issued = 810_000_000_000;
let number = 1_600_000_000;
const newUin = () => String(issued++);
const newSdkAppId = () => String(number++);
let token = "";
let product = "";

beforeAll(async () => {
  ({ token } = await givenToken({ scopes: ["accounts_read", "accounts_write"] }));
  product = (await givenProduct()).slug;
});

type Sending = { body?: unknown; headers?: Record<string, string>; as?: string };

async function call(
  method: "GET" | "PUT",
  uin: string,
  { body, headers, as = token }: Sending = {},
) {
  const request = new Request(`http://localhost:3000/api/v1/accounts/${uin}`, {
    method,
    headers: {
      ...(as && { authorization: `Bearer ${as}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const route = { params: Promise.resolve({ uin }) };
  const response = await (method === "GET" ? getAccount : putAccountCall)(request, route);
  const text = await response.text();
  const answer = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, answer };
}

const owner = (uin: string) => ({
  email: `owner-${uin}@sync.example`,
  name: "江映雪",
  role: "owner",
});
const app = (sdkAppId: string) => ({
  ...{ sdkAppId, product, name: "轻语" },
  platforms: { android: { sdkVersion: "8.1.0", lastSeen: "2026-11-20T08:00:00Z" } },
});

describe("PUT /api/v1/accounts/{uin}", () => {
  test("enters an account with its members, apps and versions, and says the same to GET", async () => {
    const [uin, sdkAppId] = [newUin(), newSdkAppId()];
    const body = { revision: 1, name: "星澜科技", members: [owner(uin)], apps: [app(sdkAppId)] };
    const put = await call("PUT", uin, { body });
    expect(put.status).toBe(201);
    expect(put.answer).toEqual({
      ...{
        uin,
        name: "星澜科技",
        tier: null,
        homeRegion: null,
        revision: 1,
        closed: false,
        members: [owner(uin)],
      },
      apps: [
        {
          ...{ sdkAppId, product, name: "轻语", region: "cn", apiOnly: false },
          platforms: { android: { sdkVersion: "8.1.0", lastSeen: "2026-11-20T08:00:00.000Z" } },
        },
      ],
    });
    const get = await call("GET", uin);
    expect([get.status, get.answer]).toEqual([200, put.answer]);
    const etag = get.headers.get("etag") ?? "";
    expect(put.headers.get("etag")).toBe(etag);
    const again = await call("GET", uin, { headers: { "if-none-match": etag } });
    expect([again.status, again.headers.get("etag")]).toEqual([304, etag]);
  });

  test("is on record as an import is: the whole and each single change under one id", async () => {
    const [uin, sdkAppId] = [newUin(), newSdkAppId()];
    await call("PUT", uin, {
      body: { revision: 1, name: "甲", members: [owner(uin)], apps: [app(sdkAppId)] },
    });
    const [account] = await db.select().from(accounts).where(eq(accounts.uin, uin));
    const [created] = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, account!.id));
    expect(created).toMatchObject({ action: "account.created", actorKind: "token" });
    const { importId } = created!.after as { importId: string };
    expect(await recordOf(importId)).toEqual(["account.imported"]);
    const [{ id: appId } = { id: "" }] = await db
      .select()
      .from(apps)
      .where(eq(apps.sdkAppId, sdkAppId));
    expect(await recordOf(appId)).toEqual(["app.saved"]);
  });

  test("the same revision with the same content changes nothing; with other content, or an older one, it is 409", async () => {
    const uin = newUin();
    const body = { revision: 7, name: "甲", members: [owner(uin)] };
    await call("PUT", uin, { body });
    const before = await recordLength();
    expect(await call("PUT", uin, { body })).toMatchObject({ status: 200 });
    for (const [change, detail] of [
      [{ name: "乙" }, /第 7 版/],
      [{ revision: 6 }, /第 7 版/],
    ] as const) {
      const { status, answer } = await call("PUT", uin, { body: { ...body, ...change } });
      expect([status, answer.code]).toEqual([409, "conflict"]);
      expect(answer.detail).toMatch(detail);
    }
    expect(await recordLength()).toBe(before);
    expect((await call("GET", uin)).answer.name).toBe("甲");
  });

  test("what a whole list leaves out is closed or has left, never erased; what is left out stays", async () => {
    const [uin, one, two] = [newUin(), newSdkAppId(), newSdkAppId()];
    const second = { email: `second-${uin}@sync.example`, name: "陆离", role: "member" };
    await call("PUT", uin, {
      body: { revision: 1, name: "甲", members: [owner(uin), second], apps: [app(one), app(two)] },
    });
    await call("PUT", uin, { body: { revision: 2, name: "甲" } });
    expect((await call("GET", uin)).answer).toMatchObject({ members: [{}, {}], apps: [{}, {}] });

    const { status, answer } = await call("PUT", uin, {
      body: { revision: 3, name: "甲", members: [owner(uin)], apps: [app(two)] },
    });
    expect([status, answer.members, (answer.apps as unknown[]).length]).toEqual([
      200,
      [owner(uin)],
      1,
    ]);
    const [left] = await db.select().from(apps).where(eq(apps.sdkAppId, one));
    expect(left?.closedAt).toBeInstanceOf(Date);
    expect(await recordOf(left!.id)).toEqual(["app.saved", "app.closed"]);
    expect(await db.$count(members, eq(members.accountId, left!.accountId))).toBe(2);
  });

  test("an account that is closed there is closed here with all that is its own, and not opened again", async () => {
    const uin = newUin();
    const said = { name: "甲", members: [owner(uin)], apps: [app(newSdkAppId())] };
    await call("PUT", uin, { body: { revision: 1, ...said } });
    const { status, answer } = await call("PUT", uin, {
      body: { revision: 2, ...said, closed: true },
    });
    expect([status, answer.closed, answer.members, answer.apps]).toEqual([200, true, [], []]);
    const [account] = await db.select().from(accounts).where(eq(accounts.uin, uin));
    expect(await recordOf(account!.id)).toEqual(["account.created", "account.closed"]);
    const again = await call("PUT", uin, { body: { revision: 3, ...said } });
    expect([again.status, again.answer.code]).toEqual([422, "invalid"]);
    expect(
      await call("PUT", newUin(), { body: { revision: 1, name: "无", closed: true } }),
    ).toMatchObject({
      status: 404,
    });
  });

  test("a tier ranks the account; left out it stays, null takes it away, each change on record once", async () => {
    const uin = newUin();
    const tierOf = async (change: Record<string, unknown>) => {
      const { answer } = await call("PUT", uin, { body: { name: "甲", ...change } });
      return (answer as { tier: unknown }).tier;
    };
    expect(await tierOf({ revision: 1, tier: "旗舰版" })).toBe("旗舰版");
    expect(await tierOf({ revision: 2, name: "乙" })).toBe("旗舰版");
    expect(await tierOf({ revision: 3, name: "乙", tier: "标准版" })).toBe("标准版");
    expect(await tierOf({ revision: 4, name: "乙", tier: null })).toBeNull();
    expect(await tierOf({ revision: 5, name: "乙", tier: null })).toBeNull();
    const [{ id = "" } = {}] = await db.select().from(accounts).where(eq(accounts.uin, uin));
    expect(await recordOf(id)).toEqual([
      "account.created",
      ...Array<string>(3).fill("account.edited"),
    ]);
    const wrong = { revision: 6, name: "乙", tier: "级".repeat(41) };
    expect(await call("PUT", uin, { body: wrong })).toMatchObject({ status: 422 });
  });

  test("P15: where it is at home routes its mails; left out it stays, null takes it away, and only a region or a country is one", async () => {
    const uin = newUin();
    const homeOf = async (change: Record<string, unknown>) => {
      const { answer } = await call("PUT", uin, { body: { name: "甲", ...change } });
      return (answer as { homeRegion: unknown }).homeRegion;
    };
    expect(await homeOf({ revision: 1, homeRegion: "SE" })).toBe("eea");
    expect(await homeOf({ revision: 2, name: "乙" })).toBe("eea");
    expect(await homeOf({ revision: 3, name: "乙", homeRegion: "cn" })).toBe("cn");
    expect(await homeOf({ revision: 4, name: "乙", homeRegion: null })).toBeNull();
    const [{ id = "" } = {}] = await db.select().from(accounts).where(eq(accounts.uin, uin));
    expect(await recordOf(id)).toEqual([
      "account.created",
      ...Array<string>(3).fill("account.edited"),
    ]);
    for (const homeRegion of ["EU", "se", "ZZ", "", 7])
      expect(
        await call("PUT", uin, { body: { revision: 5, name: "丙", homeRegion } }),
      ).toMatchObject({
        status: 422,
        answer: { errors: [{ pointer: "#/homeRegion" }] },
      });
  });

  test("an older sighting of a version takes none back; another version begins unseen", async () => {
    const [uin, sdkAppId] = [newUin(), newSdkAppId()];
    const seen = async (revision: number, sdkVersion: string, lastSeen?: string) => {
      const platforms = { android: { sdkVersion, ...(lastSeen && { lastSeen }) } };
      const apps = [{ ...app(sdkAppId), platforms }];
      const { answer } = await call("PUT", uin, { body: { revision, name: "甲", apps } });
      return (answer.apps as { platforms: { android: { lastSeen: unknown } } }[])[0]?.platforms
        .android.lastSeen;
    };
    expect(await seen(1, "8.1.0", "2026-11-20T08:00:00Z")).toBe("2026-11-20T08:00:00.000Z");
    expect(await seen(2, "8.1.0", "2026-11-19T08:00:00+08:00")).toBe("2026-11-20T08:00:00.000Z");
    expect(await seen(3, "8.1.0")).toBe("2026-11-20T08:00:00.000Z");
    expect(await seen(4, "8.2.0")).toBeNull();
  });

  test("an account keeps an owner: nothing of the call stands", async () => {
    const account = await givenAccount();
    await givenMember(account.id, "owner");
    const member = { email: `m-${account.uin}@sync.example`, name: "无主", role: "member" };
    const { status, answer } = await call("PUT", account.uin, {
      body: { revision: 1, name: "改了", members: [member] },
    });
    expect([status, answer.errors]).toEqual([
      422,
      [{ pointer: "#/members", detail: expect.stringMatching(/没有所有者/) }],
    ]);
    expect(
      await db.$count(members, and(eq(members.accountId, account.id), isNull(members.leftAt))),
    ).toBe(1);
    expect((await call("GET", account.uin)).answer.name).toBe(account.name);
  });

  test("If-Match holds a write back when somebody else has changed the account", async () => {
    const uin = newUin();
    const { headers } = await call("PUT", uin, { body: { revision: 1, name: "甲" } });
    const ifMatch = { "if-match": headers.get("etag") ?? "" };
    const first = await call("PUT", uin, { body: { revision: 2, name: "乙" }, headers: ifMatch });
    expect(first.status).toBe(200);
    const late = await call("PUT", uin, { body: { revision: 3, name: "丙" }, headers: ifMatch });
    expect([late.status, late.answer.code]).toEqual([412, "precondition_failed"]);
  });

  test("every wrong field is told by its pointer, an unknown one too; never 500", async () => {
    const [uin, taken] = [newUin(), newSdkAppId()];
    await call("PUT", newUin(), { body: { revision: 1, name: "别家", apps: [app(taken)] } });
    const bad: [unknown, number, string[]][] = [
      [{ name: "甲" }, 422, ["#/revision"]],
      [{ revision: 1, name: "甲", nmae: "x" }, 422, ["#"]],
      [{ revision: 0, name: "" }, 422, ["#/revision", "#/name"]],
      [
        { revision: 1, name: "甲", members: [{ email: "x", name: "y", role: "boss" }] },
        422,
        ["#/members/0/email", "#/members/0/role"],
      ],
      [{ revision: 1, name: "甲", members: [owner(uin), owner(uin)] }, 422, ["#/members"]],
      [
        { revision: 1, name: "甲", apps: [{ ...app(newSdkAppId()), product: "none" }] },
        422,
        ["#/apps/0/product"],
      ],
      [
        { revision: 1, name: "甲", apps: [app(newSdkAppId()), app(taken)] },
        422,
        ["#/apps/1/sdkAppId"],
      ],
      [
        { revision: 1, name: "甲", apps: [{ ...app(taken), platforms: {} }] },
        422,
        ["#/apps/0/platforms"],
      ],
      [{ revision: 1e300, name: "甲" }, 422, ["#/revision"]],
      [{ revision: 1, name: "a\u0000" }, 422, ["#/name", "#/name"]],
      ["[]", 422, ["#"]],
      ["{", 400, []],
    ];
    for (const [body, status, pointers] of bad) {
      const got = await call("PUT", uin, { body });
      const errors = (got.answer.errors ?? []) as { pointer: string }[];
      expect([got.status, errors.map(({ pointer }) => pointer)], JSON.stringify(body)).toEqual([
        status,
        pointers,
      ]);
    }
    expect(await db.$count(accounts, eq(accounts.uin, uin))).toBe(0);
    for (const odd of ["abc", "0", "%00", "中"]) expect((await call("GET", odd)).status).toBe(422);
    expect((await call("GET", newUin())).status).toBe(404);
  });

  test("reads need the right to read, writes the right to write; what is left of the minute is told", async () => {
    const uin = newUin();
    const read = (await givenToken({ scopes: ["accounts_read"] })).token;
    const links = (await givenToken()).token;
    const body = { revision: 1, name: "甲" };
    await call("PUT", uin, { body });
    expect((await call("PUT", uin, { body, as: read })).status).toBe(403);
    expect((await call("GET", uin, { as: links })).status).toBe(403);
    expect((await call("GET", uin, { as: "" })).status).toBe(401);
    const { headers } = await call("GET", uin, { as: read });
    expect(headers.get("ratelimit-policy")).toBe('"token";q=600;w=60');
    expect(headers.get("ratelimit")).toMatch(/^"token";r=598;t=\d+$/);
  });

  test("eight at once with growing revisions leave the last one", async () => {
    const uin = newUin();
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        call("PUT", uin, { body: { revision: index + 1, name: `第 ${index + 1} 版` } }),
      ),
    );
    expect((await call("GET", uin)).answer).toMatchObject({ revision: 8, name: "第 8 版" });
  });
});
