import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, disposals, type Request, requestFiles } from "@/db/schema";
import { REQUEST_TYPES } from "@/db/vocabulary/requests";
import type { Person } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import { asOwner } from "@/tests/support/owner";
import { givenAccount, givenMember, givenProduct } from "@/tests/support/people";
import {
  asSeen,
  givenApproval,
  givenRequestDesk,
  givenFile,
  givenPlan,
  givenRequest,
  givenTaken,
} from "@/tests/support/requests";

import { appealDecision } from "./appeal";
import { assignRequest } from "./assign";
import { proposeDecision } from "./decide";
import { openOwnFile } from "./open-own-file";
import { readStaffRequest } from "./read-staff-request";
import { readOwnRequest } from "./read-own";
import { DISPOSAL_TYPES } from "./rights";
import { approveDecision, sendBackDecision } from "./review";
import { openRequestFile } from "./show-contents";
import { writeToRequester } from "./write";

const { handler, colleague, approver, requester } = await givenRequestDesk();

const at = (person: Person) => acting(person, "2026-03-06 09:00");
const bytes = (text: string) => new TextEncoder().encode(text);
const COPY = { fileName: "我的数据.csv", bytes: bytes("时间,对方\n2026-01-02,甲\n") };

async function givenCopyRequest(traits: Partial<Request> = {}) {
  const request = await givenRequest(requester.id, { type: "copy", ground: null, ...traits });
  await givenTaken(request, handler);
  return request;
}

const propose = async (request: Request, files: (typeof COPY)[]) =>
  proposeDecision(acting(handler, "2026-03-04 10:00"), {
    ...(await asSeen(request)),
    ...{ decision: "fulfilled", code: null, explanation: "副本见附件。", files },
  });

const ownFile = async (person: Person, request: Request, fileId: string) =>
  openOwnFile(at(person), { number: request.number, fileId });

describe("P23: a copy is delivered with its answer", () => {
  test("sealed, listed with size and hash, seen by the reviewer, opened by the requester alone, on the record", async () => {
    const request = await givenCopyRequest();
    const { decisionId } = await propose(request, [COPY]);
    const waiting = await readStaffRequest(at(approver), request);
    const [listed] = waiting.decisions[0]!.files;
    expect(listed).toMatchObject({ name: "我的数据.csv", size: COPY.bytes.length });
    expect(listed!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(waiting.files).toEqual([]);
    const seen = await openRequestFile(at(approver), {
      number: request.number,
      fileId: listed!.id,
    });
    expect(Buffer.from(seen.content).equals(Buffer.from(COPY.bytes))).toBe(true);
    const [row] = await db.select().from(requestFiles).where(eq(requestFiles.id, listed!.id));
    expect(row!.content.toString("utf8")).not.toContain("甲");

    // Nothing of a proposal before it is an answer.
    expect((await readOwnRequest(at(requester), request)).files).toEqual([]);
    await expect(ownFile(requester, request, listed!.id)).rejects.toThrow("errors.notFound");
    await givenApproval(request, approver, decisionId);
    const { answers, files } = await readOwnRequest(at(requester), request);
    expect(answers[0]?.files).toMatchObject([{ id: listed!.id, sha256: listed!.sha256 }]);
    expect(files).toEqual([]);
    const opened = await ownFile(requester, request, listed!.id);
    expect(Buffer.from(opened.bytes).toString("utf8")).toContain("甲");
    const looks = await db
      .select()
      .from(auditEntries)
      .where(sql`action = 'request.file_viewed' and subject_id = ${request.id}`);
    expect(looks.map(({ actorId }) => actorId).toSorted()).toEqual(
      [approver.id, requester.id].toSorted(),
    );
    await expect(ownFile(approver, request, listed!.id)).rejects.toThrow("errors.notFound");
  });

  test("a session left open does not take it away: within 15 minutes its holder has proven who they are", async () => {
    const request = await givenCopyRequest();
    const { decisionId } = await propose(request, [COPY]);
    await givenApproval(request, approver, decisionId);
    const proof = await givenFile(request, requester);
    const fileId = (await readOwnRequest(at(requester), request)).answers[0]!.files[0]!.id;
    const provenAt = (time: string) => ({
      ...requester,
      sessionId: randomUUID(),
      signedInAt: beijing(`2026-03-06 ${time}`),
    });
    await expect(ownFile(provenAt("08:44"), request, fileId)).rejects.toMatchObject({
      messageKey: "access.errors.staleFactor",
    });
    await ownFile(provenAt("08:45"), request, fileId);
    // What they brought themselves they may look at without.
    await ownFile(provenAt("08:00"), request, proof.id);
  });

  test("who looks on for the account reads the answer, and finds no file", async () => {
    const product = await givenProduct();
    const account = await givenAccount({ productId: product.id });
    const [owner, legal] = [
      await givenMember(account.id, "owner"),
      await givenMember(account.id, "legal"),
    ];
    const request = await givenRequest(owner.id, {
      ...{ type: "copy", ground: null, requesterKind: "developer", accountId: account.id },
    });
    await givenTaken(request, handler);
    const { decisionId } = await propose(request, [COPY]);
    await givenApproval(request, approver, decisionId);
    const mine = await readOwnRequest(at(owner), request);
    const theirs = await readOwnRequest(at(legal), request);
    expect(mine.answers[0]?.files).toHaveLength(1);
    expect(theirs.answers[0]).toMatchObject({ files: [] });
    const fileId = mine.answers[0]!.files[0]!.id;
    await expect(ownFile(legal, request, fileId)).rejects.toThrow("errors.notFound");
    await ownFile(owner, request, fileId);
  });

  test("answered anew after an appeal, every answer stays to be read with its files, under its date", async () => {
    const request = await givenCopyRequest();
    const first = await propose(request, [COPY]);
    await givenApproval(request, approver, first.decisionId);
    const number = request.number;
    await appealDecision(acting(requester, "2026-03-06 10:00"), { number, reason: "不完整" });
    const appealed = await readOwnRequest(at(requester), request);
    expect(appealed.answers).toMatchObject([{ id: first.decisionId, isAppealed: true }]);

    const again = { ...(await asSeen(request)), handlerId: colleague.id };
    await assignRequest(acting(colleague, "2026-03-06 11:00"), again);
    const second = await proposeDecision(acting(colleague, "2026-03-06 12:00"), {
      ...(await asSeen(request)),
      ...{ decision: "fulfilled", code: null, explanation: "补充副本。", files: [COPY] },
    });
    const third = { ...(await asSeen(request)), decisionId: second.decisionId };
    await approveDecision(acting(approver, "2026-03-06 13:00"), third);

    const { answers } = await readOwnRequest(acting(requester, "2026-03-07 09:00"), request);
    expect(answers).toMatchObject([
      {
        ...{ id: second.decisionId, explanation: "补充副本。", isAppealed: false },
        givenAt: beijing("2026-03-06 13:00"),
      },
      {
        ...{ id: first.decisionId, explanation: "副本见附件。", isAppealed: true },
        givenAt: beijing("2026-03-05 10:00"),
      },
    ]);
    for (const { files } of answers) await ownFile(requester, request, files[0]!.id);
    const { decisions } = await readStaffRequest(at(handler), request);
    expect(decisions.map(({ givenAt, files }) => [givenAt, files.length])).toEqual([
      [beijing("2026-03-06 13:00"), 1],
      [beijing("2026-03-05 10:00"), 1],
    ]);
  });

  test("what was sent back never reaches the requester; proof and answers are counted apart", async () => {
    const request = await givenCopyRequest();
    const proof = await givenFile(request, requester);
    const first = await propose(request, [COPY]);
    await sendBackDecision(at(approver), {
      ...(await asSeen(request)),
      ...{ decisionId: first.decisionId, reason: "不完整" },
    });
    const second = await propose(request, [COPY, { ...COPY, bytes: bytes("其余\n") }]);
    await givenApproval(request, approver, second.decisionId);
    const own = await readOwnRequest(at(requester), request);
    expect(own.answers[0]?.files).toHaveLength(2);
    expect(own.files.map(({ id }) => id)).toEqual([proof.id]);
    const { decisions } = await readStaffRequest(at(handler), request);
    const rejected = decisions.find(({ id }) => id === first.decisionId)!.files[0]!;
    await expect(ownFile(requester, request, rejected.id)).rejects.toThrow("errors.notFound");
  });

  test("a file is known by its content; a refused one leaves no proposal behind", async () => {
    const request = await givenCopyRequest();
    const page = { fileName: "数据.csv", bytes: bytes("<html><script>alert(1)</script></html>") };
    await expect(propose(request, [page])).rejects.toMatchObject({
      fields: { files: ["requests.errors.file.webPage"] },
    });
    expect((await readStaffRequest(at(handler), request)).decisions).toEqual([]);
    const six = Array.from({ length: 6 }, (_, n) => ({ ...COPY, bytes: bytes(`${n}`) }));
    await expect(propose(request, six)).rejects.toMatchObject({
      fields: { files: ["requests.errors.file.tooMany"] },
    });
  });

  test("a message to the requester carries files too", async () => {
    const request = await givenCopyRequest();
    await writeToRequester(at(handler), {
      ...{ number: request.number, message: "请查收。", files: [COPY] },
    });
    const { messages, files } = await readOwnRequest(at(requester), request);
    expect(messages[0]?.files).toMatchObject([{ name: "我的数据.csv" }]);
    expect(files).toEqual([]);
    await ownFile(requester, request, messages[0]!.files[0]!.id);
  });
});

describe("data is disposed of only where the request calls for it", () => {
  const others = REQUEST_TYPES.filter((type) => !DISPOSAL_TYPES.some((one) => one === type));

  test.each(others)("%s: nothing is planned, by the verb or in the database", async (type) => {
    const request = await givenCopyRequest({ type });
    await expect(givenPlan(request, handler)).rejects.toThrow("requests.errors.noDisposal");
    const planned = db.insert(disposals).values({
      ...{ requestId: request.id, store: "profile", action: "delete", dueDate: "2026-03-20" },
      createdAt: new Date(),
    });
    await expect(planned).rejects.toThrow();
  });

  test("a plan from before is neither proposed nor approved until it is dropped", async () => {
    const request = await givenCopyRequest();
    const { decisionId } = await propose(request, []);
    await asOwner(async (tx) => {
      await tx.execute(sql`alter table disposals disable trigger disposals_keep_called_for`);
      await tx.insert(disposals).values({
        ...{ requestId: request.id, store: "profile", action: "delete", dueDate: "2026-03-20" },
        createdAt: new Date(),
      });
      await tx.execute(sql`alter table disposals enable trigger disposals_keep_called_for`);
    });
    const seen = { ...(await asSeen(request)), decisionId };
    await expect(approveDecision(at(approver), seen)).rejects.toThrow("requests.errors.noDisposal");
    await sendBackDecision(at(approver), { ...seen, reason: "没有人要求删除" });
    await expect(propose(request, [])).rejects.toMatchObject({
      fields: { decision: ["requests.errors.noDisposal"] },
    });
  });
});
