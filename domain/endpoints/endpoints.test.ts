import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { dispatches, endpoints } from "@/db/schema";
import type { Person } from "@/domain/context";
import { acting } from "@/tests/support/context";
import { dispatchesTo, givenEndpoint } from "@/tests/support/endpoints";
import { givenAccount, givenMember } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { addEndpoint } from "./add";
import { changeEndpoint } from "./change";
import { changeEndpointSecret } from "./change-secret";
import { findOwnEndpoint } from "./find";
import { listOwnEndpoints } from "./list";
import { removeEndpoint } from "./remove";
import { replayDispatch } from "./replay";
import { testEndpoint } from "./test";

const NOW = "2026-11-20 12:00";
let accountId: string;
let owner: Person;
let viewer: Person;
let stranger: Person;

beforeEach(async () => {
  accountId = (await givenAccount()).id;
  owner = await givenMember(accountId, "owner");
  viewer = await givenMember(accountId, "viewer");
  stranger = await givenMember((await givenAccount()).id, "owner");
});

const as = (person: Person) => acting(person, NOW);
const webhook = () => givenEndpoint(as(owner), { accountId });
const found = async (person: Person, endpointId: string) =>
  findOwnEndpoint(as(person), { endpointId });

test("P18: an owner names a webhook; its secret is made here, sealed, and on record without address", async () => {
  const id = await webhook();
  const shown = await found(owner, id);
  expect(shown).toMatchObject({
    address: "https://hooks.example.com/a",
    host: "hooks.example.com",
  });
  expect(Buffer.from((shown.secret ?? "").replace("whsec_", ""), "base64")).toHaveLength(32);
  expect(await recordOf(id)).toEqual(["endpoint.added"]);
  const { rows } = await db
    .execute(sql`
    select convert_from(address, 'SQL_ASCII') as address from endpoints where id = ${id}`)
    .catch(() => ({ rows: [{ address: "bytes" }] }));
  expect(JSON.stringify(rows)).not.toContain("hooks.example.com");
});

test("who may only read sees that it stands, and neither address nor secret", async () => {
  const id = await webhook();
  expect(await found(viewer, id)).toMatchObject({ address: null, secret: null, canManage: false });
  const listed = async () => (await listOwnEndpoints(as(viewer), { accountId })).endpoints;
  expect(await listed()).toMatchObject([{ lastStatus: null }]);
  await testEndpoint(as(owner), { endpointId: id });
  expect(await listed()).toMatchObject([{ lastStatus: "queued" }]);
});

describe("nobody else", () => {
  const acts = {
    change: (person: Person, endpointId: string) =>
      changeEndpoint(as(person), {
        ...{ endpointId, name: "x", topics: ["policies"], locale: "en" },
      }),
    secret: (person: Person, endpointId: string) =>
      changeEndpointSecret(as(person), { endpointId }),
    test: (person: Person, endpointId: string) => testEndpoint(as(person), { endpointId }),
    remove: (person: Person, endpointId: string) => removeEndpoint(as(person), { endpointId }),
  };

  test.each(Object.entries(acts))(
    "%s: refused to a viewer, not there for a stranger",
    async (_, act) => {
      const id = await webhook();
      await expect(act(viewer, id)).rejects.toMatchObject({ code: "not_allowed" });
      await expect(act(stranger, id)).rejects.toMatchObject({ code: "not_found" });
      expect(await recordOf(id)).toEqual(["endpoint.added"]);
    },
  );

  test("adds one or reads it", async () => {
    const id = await webhook();
    await expect(found(stranger, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(listOwnEndpoints(as(stranger), { accountId })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(givenEndpoint(as(viewer), { accountId })).rejects.toMatchObject({
      code: "not_allowed",
    });
  });
});

test.each([
  ["webhook", "http://hooks.example.com/", "not_https"],
  ["webhook", "https://hooks.example.com:8443/", "not_https"],
  ["webhook", "https://10.0.0.1/", "not_public"],
  ["webhook", "https://2130706433/", "not_public"],
  ["wecom", "https://hooks.example.com/cgi-bin/webhook/send?key=1", "otherChannel"],
  ["wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "otherChannel"],
  ["feishu", "https://open.feishu.cn/open-apis/bot/v2/user/1", "otherChannel"],
  ["dingtalk", "https://oapi.dingtalk.com/robot/send", "otherChannel"],
] as const)("an address that %s may not be given: %s", async (channel, address, key) => {
  await expect(givenEndpoint(as(owner), { accountId, channel, address })).rejects.toMatchObject({
    fields: { address: [`endpoints.errors.address.${key}`] },
  });
});

test.each([
  ["wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"],
  ["feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/a-1"],
  ["feishu", "https://open.larksuite.com/open-apis/bot/v2/hook/a-1"],
  ["dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=1"],
] as const)("an address of %s: %s", async (channel, address) => {
  const id = await givenEndpoint(as(owner), { accountId, channel, address, secret: "given" });
  expect((await found(owner, id)).secret).toBeNull();
});

test("an address is named once, and an account has ten endpoints at most", async () => {
  await webhook();
  await expect(webhook()).rejects.toMatchObject({
    fields: { address: ["endpoints.errors.address.known"] },
  });
  for (let n = 1; n < 10; n += 1)
    await givenEndpoint(as(owner), { accountId, address: `https://hooks.example.com/${n}` });
  const eleventh = givenEndpoint(as(owner), { accountId, address: "https://hooks.example.com/b" });
  await expect(eleventh).rejects.toMatchObject({ messageKey: "endpoints.errors.tooMany" });
});

test("without a topic it is told of nothing, so it is refused at the field", async () => {
  await expect(
    addEndpoint(as(owner), {
      ...{ accountId, channel: "webhook", name: "a", locale: "en", topics: [] },
      address: "https://hooks.example.com/a",
    }),
  ).rejects.toMatchObject({ fields: { topics: ["endpoints.errors.noTopic"] } });
});

test("changed once, on record once", async () => {
  const id = await webhook();
  const wish = {
    endpointId: id,
    name: "值班",
    topics: ["incidents" as const],
    locale: "en" as const,
  };
  await changeEndpoint(as(owner), wish);
  await changeEndpoint(as(owner), wish);
  expect(await recordOf(id)).toEqual(["endpoint.added", "endpoint.changed"]);
  expect(await found(owner, id)).toMatchObject({ name: "值班", topics: ["incidents"] });
});

test("a new secret leaves the one before for a day", async () => {
  const id = await webhook();
  const before = (await found(owner, id)).secret;
  await changeEndpointSecret(as(owner), { endpointId: id });
  const after = await found(owner, id);
  expect(after.secret).not.toBe(before);
  expect(after.bothSecretsUntil).toEqual(new Date("2026-11-21T04:00:00Z"));
  const later = await findOwnEndpoint(acting(owner, "2026-11-21 12:01"), { endpointId: id });
  expect(later.bothSecretsUntil).toBeNull();
});

test("a robot's secret is its receiver's to change", async () => {
  const address = "https://open.feishu.cn/open-apis/bot/v2/hook/a";
  const id = await givenEndpoint(as(owner), { accountId, channel: "feishu", address });
  await expect(changeEndpointSecret(as(owner), { endpointId: id })).rejects.toMatchObject({
    messageKey: "endpoints.errors.secretElsewhere",
  });
});

test("ten tests an hour", async () => {
  const id = await webhook();
  for (let n = 0; n < 10; n += 1) await testEndpoint(as(owner), { endpointId: id });
  await expect(testEndpoint(as(owner), { endpointId: id })).rejects.toMatchObject({
    messageKey: "endpoints.errors.tooManyTests",
  });
  await testEndpoint(acting(owner, "2026-11-20 13:01"), { endpointId: id });
  expect(await dispatchesTo(id)).toHaveLength(11);
});

test("removed, it has no address, what waits is cancelled, and it takes nothing more", async () => {
  const id = await webhook();
  await testEndpoint(as(owner), { endpointId: id });
  await removeEndpoint(as(owner), { endpointId: id });
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id));
  expect(row).toMatchObject({ address: null, secret: null, endReason: "removed" });
  expect((await dispatchesTo(id)).map(({ status }) => status)).toEqual(["cancelled"]);
  await expect(removeEndpoint(as(owner), { endpointId: id })).rejects.toMatchObject({
    messageKey: "endpoints.errors.ended",
  });
  expect((await recordOf(id)).at(-1)).toBe("endpoint.removed");
});

test("what is over is posted again; what is under way is not", async () => {
  const id = await webhook();
  await testEndpoint(as(owner), { endpointId: id });
  const [dispatch] = await dispatchesTo(id);
  const dispatchId = dispatch?.id ?? "";
  const replay = () => replayDispatch(as(owner), { endpointId: id, dispatchId });
  await expect(replay()).rejects.toMatchObject({ messageKey: "endpoints.errors.notReplayable" });
  await db
    .update(dispatches)
    .set({ status: "failed", tries: 9 })
    .where(eq(dispatches.id, dispatchId));
  await replay();
  expect((await dispatchesTo(id))[0]).toMatchObject({ status: "queued", tries: 0 });
  const other = await givenEndpoint(as(owner), {
    accountId,
    address: "https://hooks.example.com/b",
  });
  await expect(replayDispatch(as(owner), { endpointId: other, dispatchId })).rejects.toMatchObject({
    code: "not_found",
  });
});
