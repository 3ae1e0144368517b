import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { dispatches, endpoints, users } from "@/db/schema";
import { OPTIONAL_PUSHES } from "@/db/vocabulary/broadcasts";
import type { PolicyChangeFacts } from "@/domain/broadcasts/facts";
import { listDispatches } from "@/domain/broadcasts/list-dispatches";
import { readRecipient } from "@/domain/broadcasts/read-recipient";
import { readOwnPart } from "@/domain/access/own-data";
import { hashSessionToken, newSessionToken } from "@/domain/access/secrets";
import { signOut } from "@/domain/access/session";
import { signInAsDemoPerson } from "@/domain/access/sign-in-as";
import { ANONYMOUS, asJob, type Person } from "@/domain/context";
import { erasePeople } from "@/domain/retention/erase-people";
import { provide } from "@/lib/env";
import { sha256Hex } from "@/lib/hash";
import { unsealText } from "@/lib/seal";
import { pushPublicKey } from "@/lib/web-push";
import { pushService } from "@/stand-ins/push/service";
import { FACTS, tellProduct } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenVisitor } from "@/tests/support/door";
import { givenEndpoint } from "@/tests/support/endpoints";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { ADDRESS, listDispatchesToCompose, SECRET } from "../broadcasts/claim-dispatches";
import { endpointEnded } from "../broadcasts/end-endpoint";
import { addBrowser, renewBrowser } from "./add-browser";
import { listOwnBrowsers } from "./list-browsers";
import { removeBrowser, removeEndpoint } from "./remove";
import { MOST_BROWSERS, MOST_TESTS } from "./rules";
import { testEndpoint } from "./test";

const PUSH_KEY = Buffer.alloc(32, 7).toString("base64url");
const NOW = "2026-11-20 09:30";
const service = pushService(() => "https://push.example");

let desk: Awaited<ReturnType<typeof givenNoticeDesk>>;
let affected: Awaited<ReturnType<typeof givenAffected>>;
let spared: Awaited<ReturnType<typeof givenAffected>>;
beforeAll(() => provide({ PUSH_KEY }));
beforeEach(async () => {
  desk = await givenNoticeDesk();
  affected = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  spared = await givenAffected(desk.productId, { platforms: { ios: "8.0.1" } });
});

const asked = () => {
  const { endpoint, keys } = service.subscribe(pushPublicKey(PUSH_KEY));
  return { address: endpoint, ...keys, locale: "zh-CN" as const, device: "Chrome · macOS" };
};

async function givenBrowser(of: Person, browser = asked()): Promise<string> {
  await addBrowser(acting(of, NOW), browser);
  const own = await listOwnBrowsers(acting(of, NOW), {});
  const isIt = (one: (typeof own)[number]) => one.addressHash === sha256Hex(browser.address);
  return own.find((one) => isIt(one) && !one.endedAt)?.id ?? "";
}

async function told(visibility: "public" | "restricted" = "public") {
  const incident = await givenIncident(desk, { visibility });
  const audience = { named: affected.app.sdkAppId };
  const draft = await givenNotice(desk, { incidentId: incident.id, audience });
  const { broadcastId } = await published(desk, draft);
  return broadcastId ?? "";
}

const postsTo = (endpointId: string) =>
  db.select().from(dispatches).where(eq(dispatches.endpointId, endpointId));

test("P18: a person has notices pushed to a browser by consent, sealed, on record without address; asking again changes nothing", async () => {
  const { owner } = affected;
  const browser = asked();
  const id = await givenBrowser(owner, browser);
  await Promise.all(Array.from({ length: 8 }, () => addBrowser(acting(owner, NOW), browser)));
  expect(await listOwnBrowsers(acting(owner, NOW), {})).toMatchObject([
    { id, name: "Chrome · macOS", host: "push.example", endedAt: null, lastStatus: null },
  ]);
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id));
  expect(unsealText(row!.address!, ADDRESS)).toBe(browser.address);
  expect(JSON.parse(unsealText(row!.secret!, SECRET))).toEqual({
    ...{ p256dh: browser.p256dh, auth: browser.auth },
  });
  expect(row?.address?.includes(browser.address)).toBe(false);
  expect(await recordOf(id)).toEqual(["endpoint.added"]);
});

test("P18: each browser of each person told has a row of its own; nobody else's has, and the board shows them", async () => {
  const { account, owner } = affected;
  const viewer = await givenMember(account.id, "viewer");
  const own = [await givenBrowser(owner)];
  await addBrowser(acting(owner, NOW), asked());
  const of = { viewer: await givenBrowser(viewer), spared: await givenBrowser(spared.owner) };
  const broadcastId = await told();
  for (const id of [...own, of.viewer])
    expect(await postsTo(id)).toMatchObject([{ broadcastId, status: "queued" }]);
  expect(await postsTo(of.spared)).toEqual([]);
  const { totals, rows } = await listDispatches(acting(desk.author, NOW), { broadcastId });
  expect(totals).toEqual([{ channel: "push", status: "queued", count: 3, fee: 0 }]);
  expect(rows.map((row) => row.owner).toSorted()).toEqual(
    [owner.name, owner.name, viewer.name].toSorted(),
  );
  const { events } = await readRecipient(acting(desk.author, NOW), {
    ...{ broadcastId, userId: owner.id },
  });
  expect(events.filter(({ kind }) => kind === "push.queued")).toHaveLength(2);
});

test("P41: what a person muted shows up in no browser of theirs; incidents and major changes always do", async () => {
  const { owner, account } = affected;
  const other = await givenMember(account.id, "member");
  const [muted, all] = [await givenBrowser(owner), await givenBrowser(other)];
  await db
    .update(users)
    .set({ mutedPushes: [...OPTIONAL_PUSHES] })
    .where(eq(users.id, owner.id));
  const tell = (facts: Partial<PolicyChangeFacts>) =>
    tellProduct(acting(desk.approver, NOW), desk.productId, { ...FACTS, ...facts });
  const minor = await tell({ isMajor: false });
  const major = await tell({ isMajor: true });
  const incident = await told();
  const toldTo = async (id: string) =>
    new Set((await postsTo(id)).map(({ broadcastId }) => broadcastId));
  expect(await toldTo(muted)).toEqual(new Set([major.id, incident]));
  expect(await toldTo(all)).toEqual(new Set([minor.id, major.id, incident]));
});

test("P18: of a restricted incident a browser has a row only where its person was told", async () => {
  const browser = await givenBrowser(affected.owner);
  const viewer = await givenMember(affected.account.id, "viewer");
  const others = await givenBrowser(viewer);
  await told("restricted");
  expect(await postsTo(browser)).toHaveLength(1);
  expect(await postsTo(others)).toEqual([]);
});

test("a notification names the account only of who is told for one", async () => {
  const { owner, account, app } = affected;
  const platforms = { android: "8.0.1" } as const;
  const second = await givenAffected(desk.productId, { platforms }, owner);
  const colleague = await givenMember(account.id, "viewer");
  const [ofBoth, ofOne] = [await givenBrowser(second.owner), await givenBrowser(colleague)];
  const incident = await givenIncident(desk, { visibility: "public" });
  const audience = { platforms: ["android" as const] };
  await published(desk, await givenNotice(desk, { incidentId: incident.id, audience }));
  const composed = await listDispatchesToCompose(asJob("post-dispatches", beijing(NOW)), {});
  const told = async (endpointId: string) => {
    const [post] = await postsTo(endpointId);
    return composed.find(({ dispatchId }) => dispatchId === post?.id);
  };
  expect(await told(ofOne)).toMatchObject({
    ...{ account: { uin: account.uin, name: account.name }, sdkAppIds: [app.sdkAppId] },
  });
  expect(await told(ofBoth)).toMatchObject({
    account: { uin: "", name: "" },
    sdkAppIds: [app.sdkAppId, second.app.sdkAppId].toSorted(),
  });
});

/** What the door knows this browser and another by, in each test anew. */
let [mark, another] = ["", ""];
beforeEach(() => {
  [mark, another] = [randomUUID(), randomUUID()];
});
const givenMarked = async (of: Person, browserHash = mark) => {
  const browser = asked();
  await addBrowser(acting(of, NOW), { ...browser, browserHash });
  const own = await listOwnBrowsers(acting(of, NOW), {});
  return own.find(({ addressHash }) => addressHash === sha256Hex(browser.address))?.id ?? "";
};
const anybody = { actor: ANONYMOUS, now: beijing(NOW) };
const renew = (browser = asked(), browserHash = mark) => {
  const { address, p256dh, auth } = browser;
  return renewBrowser(anybody, { address, p256dh, auth, browserHash });
};
const rowOf = async (id: string) =>
  (await db.select().from(endpoints).where(eq(endpoints.id, id)))[0];

test("P18: a browser whose push service changed its address says so by its own mark, and replaces its own row alone", async () => {
  const own = await givenMarked(affected.owner);
  const other = await givenMarked(spared.owner, another);
  const before = await rowOf(other);
  const browser = asked();
  await renew(browser);
  const row = await rowOf(own);
  expect(unsealText(row!.address!, ADDRESS)).toBe(browser.address);
  expect(JSON.parse(unsealText(row!.secret!, SECRET))).toEqual({
    ...{ p256dh: browser.p256dh, auth: browser.auth },
  });
  // Again, by no mark, by a strange one, and to where another stands: nothing changes.
  const standing = asked();
  await addBrowser(acting(spared.owner, NOW), standing);
  await renew(browser);
  for (const strange of ["", "mark-of-nobody"]) await renew(asked(), strange);
  await renew(standing);
  expect(await rowOf(own)).toEqual(row);
  expect(await rowOf(other)).toEqual(before);
  await expect(renew({ ...asked(), address: "https://10.0.0.8/push" })).rejects.toMatchObject({
    messageKey: "endpoints.errors.noBrowser",
  });
  expect(await recordOf(own)).toEqual(["endpoint.added", "endpoint.changed"]);
});

test("P18: it stands again where its push service had said that it is gone, never where its person ended it", async () => {
  const { owner } = affected;
  const id = await givenMarked(owner);
  await endpointEnded(asJob("post-dispatches", beijing(NOW)), { endpointId: id });
  await renew();
  const standing = (await listOwnBrowsers(acting(owner, NOW), {})).filter((one) => !one.endedAt);
  expect(standing).toMatchObject([{ name: "Chrome · macOS" }]);
  await removeBrowser(acting(owner, NOW), { endpointId: standing[0]?.id ?? "" });
  await renew();
  const own = await listOwnBrowsers(acting(owner, NOW), {});
  expect(own.map(({ endReason }) => endReason).toSorted()).toEqual(["gone", "removed"]);
});

test("P18: who signs out hears nothing more in that browser, and everywhere in none", async () => {
  const { owner } = affected;
  const ends = async () =>
    Object.fromEntries(
      (await listOwnBrowsers(acting(owner, NOW), {})).map(({ id, endReason }) => [id, endReason]),
    );
  const [here, there] = [await givenMarked(owner), await givenMarked(owner, another)];
  // Who signs out there without having turned it on ends nothing of theirs.
  const stranger = spared.owner;
  const signedIn = await givenSession(stranger);
  await signOut(acting(stranger, NOW), { tokenHash: signedIn, browserHash: mark });
  expect(await ends()).toEqual({ [here]: null, [there]: null });
  await signOut(acting(owner, NOW), { tokenHash: await givenSession(owner), browserHash: mark });
  expect(await ends()).toEqual({ [here]: "signed_out", [there]: null });
  expect(await recordOf(here)).toEqual(["endpoint.added", "endpoint.ended"]);
  const tokenHash = await givenSession(owner);
  await signOut(acting(owner, NOW), { tokenHash, everywhere: true });
  expect(await ends()).toEqual({ [here]: "signed_out", [there]: "signed_out" });
  // Gone with it is what the browser was known by.
  await renew(asked(), another);
  expect(Object.values(await ends())).toEqual(["signed_out", "signed_out"]);
});

async function givenSession({ id }: Person): Promise<string> {
  const tokenHash = hashSessionToken(newSessionToken());
  await signInAsDemoPerson(anybody, { userId: id, tokenHash, visitor: givenVisitor() });
  return tokenHash;
}

test("a browser that somebody else uses now is theirs: what was pushed there for the first person ends", async () => {
  const { owner } = affected;
  const browser = asked();
  const id = await givenBrowser(owner, browser);
  await testEndpoint(acting(owner, NOW), { endpointId: id });
  const next = await givenBrowser(spared.owner, browser);
  expect(next).not.toBe(id);
  expect(await listOwnBrowsers(acting(owner, NOW), {})).toMatchObject([
    { id, endReason: "handed_over", lastStatus: "cancelled" },
  ]);
  expect(await recordOf(id)).toEqual(["endpoint.added", "endpoint.tested", "endpoint.ended"]);
});

test("whoever turns it on in a browser takes it over, also where it has another address since", async () => {
  const id = await givenMarked(affected.owner);
  const next = await givenMarked(spared.owner);
  expect([await rowOf(id), await rowOf(next)]).toMatchObject([
    { endReason: "handed_over" },
    { endReason: null },
  ]);
  expect(await recordOf(id)).toEqual(["endpoint.added", "endpoint.ended"]);
});

test("a person ends and tests their own browsers alone", async () => {
  const { owner } = affected;
  const colleague = await givenMember(affected.account.id, "owner");
  const id = await givenBrowser(owner);
  for (const by of [colleague, spared.owner])
    for (const act of [testEndpoint, removeEndpoint])
      await expect(act(acting(by, NOW), { endpointId: id })).rejects.toMatchObject({
        code: "not_found",
      });
  await testEndpoint(acting(owner, NOW), { endpointId: id });
  expect(await postsTo(id)).toMatchObject([{ broadcastId: null, status: "queued" }]);
  await removeEndpoint(acting(owner, NOW), { endpointId: id });
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id));
  expect(row).toMatchObject({ address: null, secret: null, endReason: "removed" });
});

test("P18: who has left the last account still reads where it is on, and takes the consent back", async () => {
  const { owner, account } = affected;
  const id = await givenBrowser(owner);
  const left = { ...owner, memberships: [] };
  expect(await listOwnBrowsers(acting(left, NOW), {})).toMatchObject([{ id, endedAt: null }]);
  const another = await givenMember(account.id, "owner");
  await expect(
    removeBrowser(acting({ ...another, memberships: [] }, NOW), { endpointId: id }),
  ).rejects.toMatchObject({ code: "not_found" });
  await removeBrowser(acting(left, NOW), { endpointId: id });
  expect(await listOwnBrowsers(acting(left, NOW), {})).toMatchObject([
    { id, endReason: "removed" },
  ]);
  await expect(addBrowser(acting(left, NOW), asked())).rejects.toMatchObject({
    code: "not_allowed",
  });
});

test("an account's endpoint is ended from its own page, and never as somebody's browser", async () => {
  const ctx = acting(affected.owner, NOW);
  const endpointId = await givenEndpoint(ctx, { accountId: affected.account.id });
  await expect(removeBrowser(ctx, { endpointId })).rejects.toMatchObject({ code: "not_found" });
});

test("tests of a browser that has ended count on: turning it off and on again makes no more of them", async () => {
  const ctx = acting(affected.owner, NOW);
  for (let n = 0; n < MOST_TESTS; n += 1) {
    const endpointId = await givenBrowser(affected.owner);
    await testEndpoint(ctx, { endpointId });
    await removeBrowser(ctx, { endpointId });
  }
  const endpointId = await givenBrowser(affected.owner);
  await expect(testEndpoint(ctx, { endpointId })).rejects.toMatchObject({
    messageKey: "endpoints.errors.tooManyTests",
  });
});

test("what is no browser, one too many, and an address within a network are refused", async () => {
  const ctx = acting(affected.owner, NOW);
  const add = (change: Partial<ReturnType<typeof asked>>) =>
    addBrowser(ctx, { ...asked(), ...change });
  for (const change of [
    ...[{ p256dh: "AAAA" }, { auth: "AAAA" }, { address: "https://10.0.0.8/push" }],
    ...[{ address: "http://push.example/a" }, { address: "https://127.0.0.1/push" }],
  ])
    await expect(add(change)).rejects.toMatchObject({
      messageKey: "endpoints.errors.noBrowser",
    });
  for (let n = 0; n < MOST_BROWSERS; n += 1) await add({});
  await expect(add({})).rejects.toMatchObject({ messageKey: "endpoints.errors.tooManyBrowsers" });
});

test("a portal without a key asks no browser and pushes to none", async () => {
  const id = await givenBrowser(affected.owner);
  provide({ PUSH_KEY: "" });
  try {
    await expect(addBrowser(acting(affected.owner, NOW), asked())).rejects.toMatchObject({
      messageKey: "endpoints.errors.pushOff",
    });
    await told();
    expect(await postsTo(id)).toEqual([]);
  } finally {
    provide({ PUSH_KEY });
  }
});

test("P23: a person reads in which browsers they turned it on; erased, nothing of these is left but that something was pushed", async () => {
  const { owner } = affected;
  const id = await givenBrowser(owner);
  await told();
  const whose = { of: "person", id: owner.id, email: owner.email } as const;
  const own = (part: string) => readOwnPart(acting(owner, NOW), { whose, part });
  expect((await own("browsers")).rows).toMatchObject([
    { device: "Chrome · macOS", host: "push.example", endedAt: null },
  ]);
  expect((await own("pushes")).rows).toMatchObject([
    { device: "Chrome · macOS", told: "incident_notice", postStatus: "queued" },
  ]);
  await db.transaction((tx) =>
    erasePeople(tx, { leavers: [{ id: owner.id, email: owner.email }], now: beijing(NOW) }),
  );
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id));
  expect(row).toMatchObject({
    ...{ name: "", host: "", addressHash: "", address: null, secret: null },
    endReason: "erased",
  });
  expect(await postsTo(id)).toMatchObject([{ status: "cancelled" }]);
});

test("an endpoint is an account's or a person's browser, never both and never nobody's", async () => {
  const id = await givenBrowser(affected.owner);
  for (const change of [
    { accountId: affected.account.id },
    { userId: null },
    { channel: "webhook" as const },
  ])
    await expect(
      db.update(endpoints).set(change).where(eq(endpoints.id, id)),
    ).rejects.toMatchObject({ cause: { constraint: "endpoints_have_an_owner" } });
});
