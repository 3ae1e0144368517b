import { createCipheriv, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import pg from "pg";
import { afterEach, expect, inject, test } from "vitest";

import { db } from "@/db/client";
import * as schema from "@/db/schema";
import { requestDecisions, requestFiles, requests } from "@/db/schema";
import { newAppSecret } from "@/domain/access/factor-secrets";
import { changeEndpointSecret } from "@/domain/endpoints/change-secret";
import { env, provide } from "@/lib/env";
import { inRoot } from "@/lib/paths";
import { currentMark, MARK, seal, unseal, unsealText } from "@/lib/seal";
import { copyRow } from "@/tests/support/copies";
import { givenEndpoint } from "@/tests/support/endpoints";
import { givenCompleteDraft } from "@/tests/support/filing";
import { asOwner } from "@/tests/support/owner";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import {
  givenApproval,
  givenFile,
  givenProposal,
  givenRequestDesk,
  givenTaken,
} from "@/tests/support/requests";
import { onDatabaseOf } from "@/tests/support/template";
import { givenLink } from "@/tests/support/tickets";

import { reseal, SEALED } from "./reseal";

const OLD = env().DATA_KEY;
const NEW = randomBytes(32).toString("base64url");
afterEach(() => provide({ DATA_KEY: OLD, DATA_KEY_OTHERS: "" }));

/** As values were sealed before they named their keys: nonce, tag, ciphertext. */
function sealedLongAgo(text: string, context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(OLD, "base64url"), nonce);
  cipher.setAAD(Buffer.from(context));
  const content = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), content]);
}

async function asRotating<Result>(act: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const url = onDatabaseOf(env().DATABASE_URL, inject("templateUrl"));
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** How many values stand in each sealed column, and how many of them by DATA_KEY. */
async function count(): Promise<Record<string, [all: number, current: number]>> {
  const counts: Record<string, [number, number]> = {};
  for (const { table, column, context } of SEALED) {
    const current = sql`substring(${column} from 1 for ${sql.raw(String(MARK))}) = ${currentMark()}`;
    const [row] = await db
      .select({
        all: sql<string>`count(${column})`,
        current: sql<string>`count(*) filter (where ${current})`,
      })
      .from(table);
    counts[context] = [Number(row?.all), Number(row?.current)];
  }
  return counts;
}

test("every sealed column of the tables is known to who re-seals", () => {
  const folder = inRoot("db", "schema");
  const declared = readdirSync(folder).flatMap((file) =>
    [...readFileSync(`${folder}/${file}`, "utf8").matchAll(/(\w+): sealed\(\)/g)].map(
      ([, name]) => name,
    ),
  );
  expect(SEALED.map(({ column }) => column.name).toSorted()).toEqual(declared.toSorted());
});

test("everything is sealed anew while rows are written, through a connection cut in the middle, and opens by the new key alone", async () => {
  const { handler, approver, filed, requester } = await givenRequestDesk();
  const request = await filed({
    facts: sealedLongAgo("请删除我的聊天记录", "request.facts"),
  });
  const at = new Date("2026-03-04T02:00:00Z");
  await filed({
    ...{ type: "child_data", stoppedAt: at, stopConfirmedAt: at, stopConfirmedBy: handler.id },
    stopWords: seal("停止推送", "request.stop"),
    details: seal(JSON.stringify({ what: "资料" }), "request.details"),
    replyTo: seal("江一帆", "request.reply_to"),
  });
  await copyRow("requests", { id: request.id, times: 250, changes: { number: sql`'C-' || n` } });
  const file = await givenFile(request, requester, "身份证".repeat(1_000));
  await givenTaken(request, handler);
  const { decisionId } = await givenProposal(request, handler, {
    decision: "refused",
    code: "R-a",
  });
  await givenApproval(request, approver, decisionId);
  await givenCompleteDraft(requester);
  await givenLink(await givenStaff("support"), { ticketNumber: "T-1", purpose: "file_request" });
  await db.insert(schema.requestMessages).values({
    ...{ requestId: request.id, direction: "internal", authorId: handler.id, at: new Date() },
    body: seal("内部意见", "request.message"),
  });
  await db.insert(schema.factors).values({
    ...{ userId: handler.id, kind: "app", name: "手机", secret: newAppSecret() },
    createdAt: new Date(),
  });
  await db.insert(schema.numberChecks).values({
    ...{ userId: handler.id, number: seal("13800138000", "number_check.number"), numberKey: "k" },
    ...{ locale: "zh-CN", requestedAt: new Date(), expiresAt: new Date() },
  });
  const account = await givenAccount();
  const owner = { actor: await givenMember(account.id, "owner"), now: new Date() };
  const endpointId = await givenEndpoint(owner, { accountId: account.id });
  await changeEndpointSecret(owner, { endpointId });
  for (const [context, [all]] of Object.entries(await count()))
    expect([context, all]).not.toEqual([context, 0]);

  provide({ DATA_KEY: NEW, DATA_KEY_OTHERS: OLD });
  const cut = asRotating((client) =>
    reseal(client, (place) => {
      if (place === "requests.facts") client.connection.stream.destroy();
    }),
  );
  await expect(cut).rejects.toThrow();
  const half = await count();
  expect(half["request.facts"]?.[1]).toBeGreaterThan(0);
  expect(half["request.facts"]?.[1]).toBeLessThan(half["request.facts"]?.[0] ?? 0);

  const done = await db.select().from(requests).where(eq(requests.number, "C-1"));
  const meanwhile = await filed({ facts: seal("新写的", "request.facts") });
  const outcomes = await asRotating((client) => reseal(client, () => undefined));
  expect(outcomes.every(({ closed }) => closed === 0)).toBe(true);
  for (const [all, current] of Object.values(await count())) expect(current).toBe(all);
  const again = await asRotating((client) => reseal(client, () => undefined));
  expect(again.every(({ resealed }) => resealed === 0)).toBe(true);

  provide({ DATA_KEY: NEW, DATA_KEY_OTHERS: "" });
  const [row] = await db.select().from(requests).where(eq(requests.id, request.id));
  expect(unsealText(row!.facts, "request.facts")).toBe("请删除我的聊天记录");
  const [kept] = await db.select().from(requestFiles).where(eq(requestFiles.id, file.id));
  expect(unsealText(kept!.content, "request.file")).toBe("身份证".repeat(1_000));
  const [decided] = await db
    .select()
    .from(requestDecisions)
    .where(eq(requestDecisions.id, decisionId));
  expect(unsealText(decided!.explanation, "request.explanation")).not.toBe("");
  // What stood under the new key already is not written again.
  const [untouched] = await db.select().from(requests).where(eq(requests.id, meanwhile.id));
  expect(untouched!.facts).toEqual(meanwhile.facts);
  const [copy] = await db.select().from(requests).where(eq(requests.number, "C-1"));
  if (done[0]!.facts.subarray(0, MARK).equals(currentMark()))
    expect(copy!.facts).toEqual(done[0]!.facts);
});

test("what no key opens is counted and left, and everything else goes on", async () => {
  const { filed } = await givenRequestDesk();
  const stranger = Buffer.concat([Buffer.from([1]), randomBytes(60)]);
  const lost = await filed({ facts: stranger });
  provide({ DATA_KEY: NEW, DATA_KEY_OTHERS: OLD });
  const outcomes = await asRotating((client) => reseal(client, () => undefined));
  expect(outcomes.find(({ place }) => place === "requests.facts")?.closed).toBe(1);
  const [row] = await db.select().from(requests).where(eq(requests.id, lost.id));
  expect(row!.facts).toEqual(stranger);
  await db
    .update(requests)
    .set({ facts: seal("x", "request.facts") })
    .where(eq(requests.id, lost.id));
});

test("a judged decision is sealed anew by the owner alone, and nothing else of it changes", async () => {
  const { handler, approver, filed } = await givenRequestDesk();
  const request = await filed();
  await givenTaken(request, handler);
  const { decisionId } = await givenProposal(request, handler, {
    decision: "refused",
    code: "R-a",
  });
  await givenApproval(request, approver, decisionId);
  const set = (what: Partial<typeof requestDecisions.$inferInsert>) => (own: typeof db) =>
    own.update(requestDecisions).set(what).where(eq(requestDecisions.id, decisionId));
  const explanation = seal("换了", "request.explanation");

  await expect(set({ explanation })(db)).rejects.toThrow();
  await expect(asOwner((own) => set({ explanation, reviewNote: "换" })(own))).rejects.toThrow();
  await expect(
    asOwner((own) => own.delete(requestDecisions).where(eq(requestDecisions.id, decisionId))),
  ).rejects.toThrow();
  await asOwner((own) => set({ explanation })(own));
});

test("a value names its key: it opens by that one however many there are, and by no other", () => {
  const sealed = seal("用户 10086", "request.facts");
  provide({ DATA_KEY: NEW, DATA_KEY_OTHERS: `${randomBytes(32).toString("base64url")},${OLD}` });
  expect(sealed.subarray(0, MARK)).not.toEqual(currentMark());
  expect(unsealText(sealed, "request.facts")).toBe("用户 10086");
  expect(unsealText(sealedLongAgo("从前", "request.facts"), "request.facts")).toBe("从前");
  provide({ DATA_KEY: NEW, DATA_KEY_OTHERS: "" });
  expect(() => unseal(sealed, "request.facts")).toThrow();
});
