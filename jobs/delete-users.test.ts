import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import {
  apps,
  auditEntries,
  disposals,
  type Request,
  userDeletions,
  userResults,
} from "@/db/schema";
import type { DeletionRun } from "@/db/vocabulary/disposals";
import { asJob } from "@/domain/context";
import { saveStore } from "@/domain/disposals/stores";
import { Conflict, Invalid } from "@/domain/errors";
import { reconsiderDecision } from "@/domain/requests/decide";
import { completeDisposal } from "@/domain/requests/disposals";
import { finishByHand, keepAnswers, orderDeletion } from "@/domain/requests/order-deletion";
import { readReceipt, readReceiptUsers } from "@/domain/requests/receipt";
import { readUserDeletions, type UserBatch } from "@/domain/requests/user-deletions";
import { withdrawRequest } from "@/domain/requests/withdraw";
import { seal } from "@/lib/seal";
import { startAccountDeletion } from "@/stand-ins/account-deletion/start";
import { acting } from "@/tests/support/context";
import { givenAccount, givenProduct } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import {
  asSeen,
  givenApproval,
  givenProposal,
  givenRequest,
  givenRequestDesk,
  givenTaken,
} from "@/tests/support/requests";

import { askAt, type Came, deleteUsers } from "./delete-users";

const AT = "2026-03-06 09:00";
/** `USERS=10000` plays as many as a request may list; the suite plays a share. */
const USERS = Number(process.env["USERS"] ?? 300);
const KEY = "k".repeat(32);

const { handler, approver, requester } = await givenRequestDesk();
const at = (moment = AT) => acting(handler, moment);
let deletion: Awaited<ReturnType<typeof startAccountDeletion>>;
const names = (count: number, of: string) => Array.from({ length: count }, (_, n) => `${of}_${n}`);

beforeAll(async () => {
  const base = { executor: "账号平台", dueDays: 15, backupDays: 30 } as const;
  const method = { "zh-CN": "调用账号删除接口。", en: "" };
  await saveStore(at(), { ...base, method, store: "profile", carrier: "account_deletion" });
  await saveStore(at(), { ...base, method, store: "messages", carrier: "by_hand" });
  deletion = await startAccountDeletion({
    users: [...names(USERS, "u"), ...names(5, "few"), "kept_1"],
    key: KEY,
    protectedUsers: ["kept_1"],
  });
});
afterAll(() => deletion.stop());

/** A verified deletion of these users, planned for one store, and approved where wished. */
async function givenDeletion(users: readonly string[], isApproved = true) {
  const account = await givenAccount({ productId: (await givenProduct()).id });
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  const request = await givenRequest(requester.id, {
    ...{ appId: app!.id, accountId: account.id, requesterKind: "developer" },
    ...{ subjects: seal(users.join("\n"), "request.subjects"), subjectCount: users.length },
  });
  await givenTaken(request, handler);
  const [disposal] = await db
    .insert(disposals)
    .values({
      ...{ requestId: request.id, store: "profile", action: "delete" },
      ...{ dueDate: "2026-03-20", createdAt: at().now },
    })
    .returning();
  if (isApproved) {
    const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
    await givenApproval(request, approver, decisionId);
  }
  return { request, disposalId: disposal!.id };
}

const order = async (request: Request, disposalId: string, kind: DeletionRun) =>
  orderDeletion(at(), { ...(await asSeen(request)), disposalId, kind });

const ask = (batch: UserBatch): Promise<Came> =>
  askAt({ url: deletion.url, key: KEY, timeoutMs: 5_000 }, batch);

/** Calls until nothing is left, whatever was put off; the clock that runs is nobody's. */
async function runOut(by: (batch: UserBatch) => Promise<Came> = ask) {
  for (;;) {
    const again = await deleteUsers(() => false, { ask: by, pauseMs: 0 });
    if (!again) return;
    await db.update(userDeletions).set({ retryAt: null });
  }
}

const resultsOf = (disposalId: string) =>
  db.select().from(userResults).where(eq(userResults.disposalId, disposalId));

class Killed extends Error {}

describe("P32: the vendor's interface deletes users, each with exactly one result", () => {
  test(
    `${USERS} users, through faults and kills at every point of a call`,
    { timeout: 600_000 },
    async () => {
      const users = names(USERS, "u");
      const { request, disposalId } = await givenDeletion([...users, "ghost", "kept_1"]);
      await order(request, disposalId, "delete");
      const calls = Math.ceil((USERS + 2) / 100);
      const faults = ["cut", "cut after", "half", "strange", { status: 500 }, null] as const;
      deletion.faults.push(...faults, { status: 429, retryAfter: 1 }, { code: 60009 }, null);
      let call = 0;
      /** Every third call the worker dies: before it asks, or once the interface has done it. */
      const dying = async (batch: UserBatch): Promise<Came> => {
        call += 1;
        if (call % 3 === 1 && call < 3 * calls) throw new Killed();
        const came = await ask(batch);
        if (call % 3 === 2 && call < 3 * calls) throw new Killed();
        return came;
      };
      for (let lives = 0; lives < 10 * calls + 20; lives += 1) {
        try {
          await runOut(dying);
          break;
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          await db.update(userDeletions).set({ retryAt: null });
        }
      }

      const results = await resultsOf(disposalId);
      expect(results).toHaveLength(USERS + 2);
      expect(results.filter(({ outcome }) => outcome === null)).toEqual([]);
      expect(users.filter((user) => deletion.held.has(user))).toEqual([]);
      // The interface deleted each once, however often it was asked.
      expect(users.filter((user) => deletion.deletions.get(user) !== 1)).toEqual([]);
      expect(deletion.seen.most).toBe(100);
      const codes = (position: number) => {
        const { outcome, code } = results.find((one) => one.position === position) ?? {};
        return { outcome, code };
      };
      expect(codes(USERS)).toEqual({ outcome: "absent", code: 70107 });
      expect(codes(USERS + 1)).toEqual({ outcome: "refused", code: 70398 });
      const [run] = await db
        .select()
        .from(userDeletions)
        .where(eq(userDeletions.disposalId, disposalId));
      expect(run).toMatchObject({ state: "done", kind: "delete" });
      const trail = await recordOf(request.id);
      expect(trail).toContain("request.deletion_ordered");
      expect(trail).toContain("request.deletion_put_off");
      expect(trail.filter((one) => one === "request.users_answered").length).toBeGreaterThanOrEqual(
        calls,
      );
    },
  );

  test("a dry run deletes nobody; afterwards it is asked whether they are gone; the receipt names nobody and can be checked", async () => {
    const users = [...names(5, "few"), "nobody_1"];
    const { request, disposalId } = await givenDeletion(users);
    await order(request, disposalId, "check");
    await expect(order(request, disposalId, "proof")).rejects.toBeInstanceOf(Conflict);
    await runOut();
    expect(names(5, "few").filter((user) => !deletion.held.has(user))).toEqual([]);
    const counts = async () =>
      (await readUserDeletions(at(), { number: request.number })).disposals[0]?.counts;
    expect(await counts()).toMatchObject({ known: 5, unknown: 1, deleted: 0 });

    await order(request, disposalId, "delete");
    const finish = async () =>
      completeDisposal(at("2026-03-06 11:00"), {
        ...(await asSeen(request)),
        ...{ disposalId, result: "6 个用户：删除 5，查无 1" },
      });
    await expect(finish()).rejects.toBeInstanceOf(Conflict);
    await runOut();
    expect(await counts()).toMatchObject({ deleted: 5, absent: 1, refused: 0 });
    await order(request, disposalId, "proof");
    await runOut();
    expect(await counts()).toMatchObject({ gone: 6, remaining: 0 });

    expect(await finish()).toEqual({ isAnswered: true });
    const reader = acting(requester, "2026-03-06 12:00");
    const receipt = await readReceipt(reader, { number: request.number });
    expect(receipt.users).toMatchObject([{ disposalId, total: 6, deleted: 5, absent: 1 }]);
    expect(receipt.stores).toMatchObject([{ backupsUntil: "2026-04-05" }]);
    const [list] = await readReceiptUsers(reader, { number: request.number });
    // As the requester's browser, or `printf | sha256sum`, does it.
    const hash = createHash("sha256").update(`${disposalId}\nfew_3`).digest("hex");
    expect(list!.users.find((one) => one.hash === hash)).toMatchObject({
      outcome: "deleted",
      isGone: true,
    });
    const stranger = createHash("sha256").update(`${disposalId}\nfew_9`).digest("hex");
    expect(list!.users.some((one) => one.hash === stranger)).toBe(false);
    const told = JSON.stringify([receipt, list]);
    expect(users.filter((user) => told.includes(user))).toEqual([]);
  });

  test("the interface that never answers is left alone, until somebody orders it again", async () => {
    const { request, disposalId } = await givenDeletion(["few_1"]);
    await order(request, disposalId, "delete");
    const vain = async (): Promise<Came> => ({
      kind: "vain",
      waitMs: null,
      reason: "TimeoutError",
    });
    await runOut(vain);
    const runOf = async () =>
      (await db.select().from(userDeletions).where(eq(userDeletions.disposalId, disposalId)))[0];
    expect(await runOf()).toMatchObject({ state: "failed", failures: 12 });
    await order(request, disposalId, "delete");
    expect(await runOf()).toMatchObject({ state: "waiting", failures: 0 });
    await runOut();
    expect(await runOf()).toMatchObject({ state: "done" });
  });

  test("P32: what the interface gave up on is finished by hand, with a reason on record, and the rest is not sent any more", async () => {
    const users = ["few_5", "few_6", "few_7"];
    const { request, disposalId } = await givenDeletion(users);
    for (const user of users) deletion.held.add(user);
    const reason = "接口连续失败，数据平台已按工单 T-9 删除";
    const finish = async (because = reason) =>
      finishByHand(at(), { ...(await asSeen(request)), disposalId, reason: because });
    await order(request, disposalId, "delete");
    await expect(finish()).rejects.toMatchObject({ messageKey: "disposals.errors.notFailed" });
    let call = 0;
    await runOut((batch) => {
      call += 1;
      if (call === 1) return ask({ ...batch, users: batch.users.slice(0, 1) });
      return Promise.resolve({ kind: "vain", waitMs: null, reason: "TimeoutError" });
    });
    await expect(finish("few_6 删不掉")).rejects.toBeInstanceOf(Invalid);
    await finish();
    await expect(finish()).rejects.toMatchObject({ messageKey: "disposals.errors.notFailed" });

    const outcomes = async () => (await resultsOf(disposalId)).map(({ outcome }) => outcome).sort();
    expect(await outcomes()).toEqual(["by_hand", "by_hand", "deleted"]);
    await order(request, disposalId, "delete");
    await runOut();
    // What a call that was still under way brings changes nothing of it.
    const late = { position: 2, code: 0, isKnown: null, outcome: "deleted" as const };
    await keepAnswers(asJob("delete-users", at().now), {
      ...{ disposalId, kind: "delete", answers: [late] },
    });
    expect(await outcomes()).toEqual(["by_hand", "by_hand", "deleted"]);
    expect(users.filter((user) => deletion.held.has(user))).toHaveLength(2);
    const entries = await db
      .select({ after: auditEntries.after })
      .from(auditEntries)
      .where(eq(auditEntries.action, "request.deletion_by_hand"));
    expect(entries).toEqual([{ after: { kind: "delete", users: 2, reason } }]);

    const done = { disposalId, result: "接口删除 1，人工删除 2" };
    await completeDisposal(at("2026-03-06 11:00"), { ...(await asSeen(request)), ...done });
    const reader = acting(requester, "2026-03-06 12:00");
    const receipt = await readReceipt(reader, { number: request.number });
    expect(receipt).toMatchObject({ isUnchanged: true, users: [{ deleted: 1, byHand: 2 }] });
    const [list] = await readReceiptUsers(reader, { number: request.number });
    const hash = createHash("sha256").update(`${disposalId}\nfew_7`).digest("hex");
    expect(list!.users.find((one) => one.hash === hash)).toMatchObject({ outcome: "by_hand" });
  });

  test("nothing is deleted before a second person has approved, nor in a store that people empty", async () => {
    const { request, disposalId } = await givenDeletion(["few_1"], false);
    await expect(order(request, disposalId, "delete")).rejects.toMatchObject({
      messageKey: "requests.errors.notApproved",
    });
    await db.update(disposals).set({ store: "messages" }).where(eq(disposals.id, disposalId));
    await expect(order(request, disposalId, "check")).rejects.toMatchObject({
      messageKey: "disposals.errors.byHand",
    });
  });

  test("of a request that its requester withdraws nobody is deleted any more", async () => {
    const { request, disposalId } = await givenDeletion(["few_3", "few_4"]);
    for (const user of ["few_3", "few_4"]) deletion.held.add(user);
    await order(request, disposalId, "delete");
    const withdraw = () => withdrawRequest(acting(requester, AT), { number: request.number });
    // The call that was under way is written down, for it has happened.
    await runOut(async (batch) => {
      const came = await ask({ ...batch, users: batch.users.slice(0, 1) });
      await withdraw();
      return came;
    });
    expect([...deletion.held]).toContain("few_4");
    expect(await resultsOf(disposalId)).toMatchObject([{ outcome: "deleted" }, { outcome: null }]);
    await expect(order(request, disposalId, "delete")).rejects.toMatchObject({
      messageKey: "requests.errors.notApproved",
    });
  });

  test("once users are being deleted, the decision is not laid aside any more", async () => {
    const { request, disposalId } = await givenDeletion(["few_2", "nobody_2"]);
    await order(request, disposalId, "check");
    await runOut();
    await reconsiderDecision(at(), await asSeen(request));
    const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
    await givenApproval(request, approver, decisionId);
    await order(request, disposalId, "delete");
    const refused = { messageKey: "disposals.errors.deletionBegun" };
    const reconsider = async () => reconsiderDecision(at(), await asSeen(request));
    await expect(reconsider()).rejects.toMatchObject(refused);
    deletion.held.add("few_2");
    await runOut();
    await expect(reconsider()).rejects.toMatchObject(refused);
  });

  test("a number that is no code of theirs is a strange answer, asked for again later", async () => {
    const answers = createServer((_request, response) => {
      const ResultItem = [{ UserID: "few_1", ResultCode: 3_000_000_000 }];
      response.end(JSON.stringify({ ErrorCode: 0, ResultItem }));
    }).listen(0, "127.0.0.1");
    await once(answers, "listening");
    const { port } = answers.address() as AddressInfo;
    const batch: UserBatch = {
      ...{ disposalId: randomUUID(), kind: "delete", sdkAppId: "1400000001" },
      users: [{ position: 0, user: "few_1" }],
    };
    const where = { url: `http://127.0.0.1:${port}`, key: KEY, timeoutMs: 5_000 };
    expect(await askAt(where, batch)).toMatchObject({ kind: "vain", reason: "strange answer" });
    answers.close();
  });

  test("the database itself keeps an outcome as it was", async () => {
    const [one] = await db.select().from(userResults).where(eq(userResults.outcome, "deleted"));
    await expect(
      db
        .update(userResults)
        .set({ outcome: "refused" })
        .where(sql`disposal_id = ${one!.disposalId} and position = ${one!.position}`),
    ).rejects.toThrow();
  });
});
