import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, broadcasts, deliveries, dispatches } from "@/db/schema";
import { listRecordKeys } from "@/domain/audit/checkpoint";
import { finishBroadcasts } from "@/domain/broadcasts/finish";
import { reconcile } from "@/domain/broadcasts/reconcile";
import { asJob, type Person } from "@/domain/context";
import { postDispatches } from "@/jobs/post-dispatches";
import { unpackBundle } from "@/lib/bundle-zip";
import { checkBundle } from "@/lib/check-proof";
import { provide } from "@/lib/env";
import { sha256Hex } from "@/lib/hash";
import { startEndpoints } from "@/stand-ins/endpoints/start";
import { prepareAll } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenEndpoint } from "@/tests/support/endpoints";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";
import { givenSigner, seal } from "@/tests/support/sealed-record";

import { evidenceBundle } from "./evidence-bundle";
import { gatherEvidence } from "./evidence-gathered";

const LATER = "2026-03-25 09:00";
/** More than one tile of the tree would be 256; an odd number has ways of different lengths. */
const OTHERS = 5;
let receiver: Awaited<ReturnType<typeof startEndpoints>>;
let [auditor, owner]: Person[] = [];
let about = { broadcastId: "", accountId: "" };
let keys: string[] = [];

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const bytesOf = (words: string) => new TextEncoder().encode(words);
const by = (person: Person | undefined) => {
  if (!person) throw new Error("nobody asks");
  return acting(person, LATER);
};
const taken = async (person = owner) =>
  (await unpackBundle((await evidenceBundle(by(person), about)).bytes)).files;

async function givenHooked(productId: string, path: string) {
  const { id: accountId } = await givenAccount({ productId });
  const member = await givenMember(accountId, "owner");
  const ctx = acting(member, LATER);
  await givenEndpoint(ctx, { accountId, address: `${receiver.url}${path}` });
  return { accountId, member, ctx };
}

beforeAll(async () => {
  receiver = await startEndpoints();
  provide({ ENDPOINT_HOSTS: receiver.host });
  const desk = await givenInForce();
  const { productId } = desk;
  const { accountId, member, ctx } = await givenHooked(productId, "/own");
  owner = member;
  const robot = `${receiver.url}/cgi-bin/webhook/send?key=1`;
  await givenEndpoint(ctx, { accountId, channel: "wecom", address: robot });
  for (let n = 0; n < OTHERS; n += 1) await givenHooked(productId, `/other/${n}`);
  auditor = await givenStaff("auditor");
  const version = await givenApproved(desk, MAJOR_CHANGE);
  await prepareAll(beijing(LATER));
  const [telling] = await db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(and(eq(broadcasts.subjectId, version.id), eq(broadcasts.kind, "policy_change")));
  about = { broadcastId: telling?.id ?? "", accountId };
  await postDispatches(() => false);
  await db
    .update(deliveries)
    .set({ status: "delivered", providerId: sql`id::text` })
    .where(eq(deliveries.channel, "email"));
  await finishBroadcasts(asJob("deliver-mails", beijing(LATER)), {});
  await seal(givenSigner(), beijing(LATER));
  keys = (await listRecordKeys(by(auditor), {})).map(({ publicKey }) => publicKey);
});
afterAll(() => receiver.close());

const listIn = (files: Map<string, Uint8Array>) =>
  JSON.parse(text(files.get("told/posts.json"))) as {
    size: number;
    posts: { file: string; sha256: string; channel: string }[];
  };

test("M8: each post's bytes are in the account's bundle as its receiver got them, and lead to the one hash on the record", async () => {
  const files = await taken();
  const found = await checkBundle(files, keys);
  expect(found).toMatchObject({ fault: null, isKnown: true });
  expect(found.list?.posted).toMatchObject([{ file: "told/posts.json" }]);
  const { size, posts } = listIn(files);
  expect(size).toBe(OTHERS + 2);
  expect(posts.map(({ channel }) => channel).toSorted()).toEqual(["webhook", "wecom"]);
  for (const { file, sha256, channel } of posts) {
    const path = channel === "webhook" ? "/own" : "/cgi-bin/webhook/send";
    const got = receiver.received.find((one) => one.path === path)?.body ?? "";
    expect(text(files.get(file))).toBe(got);
    expect(sha256).toBe(sha256Hex(got));
  }
  // Neither an address, which is a key, nor anything of the others.
  const all = [...files].map(([, bytes]) => text(bytes)).join("\n");
  expect(all).not.toContain("/other/");
  expect(all).not.toContain("key=1");
});

test("the hash stands on the record once, with how many, and the books agree", async () => {
  const entries = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, "broadcast.posted"));
  expect(entries).toMatchObject([
    { subjectId: about.broadcastId, after: { posts: OTHERS + 2, postsHash: expect.any(String) } },
  ]);
  expect(await reconcile(by(auditor), { id: about.broadcastId })).toMatchObject({ agrees: true });
});

test("a body, or a way, that was changed together with the list is named", async () => {
  const changedIn = async (file: string, change: (was: string) => string) => {
    const files = await taken();
    const list = JSON.parse(text(files.get("manifest.json")));
    const changed = change(text(files.get(file)));
    for (const one of list.files) if (one.path === file) one.sha256 = sha256Hex(changed);
    files.set(file, bytesOf(changed));
    files.set("manifest.json", bytesOf(`${JSON.stringify(list, null, 2)}\n`));
    return (await checkBundle(files, keys)).fault;
  };
  const [first] = listIn(await taken()).posts;
  const { file = "", sha256 = "" } = first ?? {};
  const part = "posted";
  expect(await changedIn(file, (was) => `${was} `)).toMatchObject({ file, part });
  const list = "told/posts.json";
  for (const change of [
    (was: string) => was.replace(sha256, sha256Hex("another")),
    (was: string) => was.replace(/"place": \d+/, '"place": 6'),
    (was: string) => was.replace(/"way": \[\s+"../, '"way": ["ff'),
  ])
    expect(await changedIn(list, change), change.toString()).toMatchObject({ part });
  expect(await changedIn(list, (was) => was.replace(/"root": "../, '"root": "ff'))).toMatchObject({
    ...{ file: list, part: "sealed" },
  });
});

test("all evidence of the account holds them likewise", async () => {
  const { pieces } = await gatherEvidence(by(owner), { scope: "account", id: about.accountId });
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  const { files } = await unpackBundle(Uint8Array.from(Buffer.concat(parts)));
  const found = await checkBundle(files, keys);
  expect(found).toMatchObject({ fault: null, isKnown: true });
  expect(found.list?.posted).toMatchObject([
    { file: expect.stringMatching(/^tellings\/0001-policy_change\/posts\.json$/) },
  ]);
});

test("the database keeps the bytes to their hash; changed both, the books disagree", async () => {
  const change = (set: object) =>
    db.update(dispatches).set(set).where(eq(dispatches.broadcastId, about.broadcastId));
  await expect(change({ body: "{}" })).rejects.toThrow();
  await change({ body: "{}", bodyHash: sql`encode(sha256('{}'), 'hex')` });
  const { agrees, checks } = await reconcile(by(auditor), { id: about.broadcastId });
  expect(agrees).toBe(false);
  expect(checks.filter(({ expected, found }) => expected !== found)).toMatchObject([
    { what: "recordPosts" },
  ]);
});
