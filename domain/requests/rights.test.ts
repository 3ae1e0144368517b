import { describe, expect, test } from "vitest";

import { DATA_STORES, REQUEST_TYPES } from "@/db/vocabulary/requests";
import { acting, beijing } from "@/tests/support/context";
import { givenCompleteDraft, givenDetails, givenFiled } from "@/tests/support/filing";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import {
  asSeen,
  current,
  givenApproval,
  givenProposal,
  givenRequest,
  givenRequestDesk,
  givenRouted,
  givenStopped,
  givenTaken,
} from "@/tests/support/requests";

import { Invalid } from "../errors";
import { proposeDecision } from "./decide";
import { readDeveloperTask } from "./developer-task";
import { completeDisposal, dropDisposal, planDisposal } from "./disposals";
import { stepsOf } from "./filing-steps";
import { readDraft } from "./read-draft";
import { readOwnRequest } from "./read-own";
import { readReceipt } from "./receipt";
import { readStaffRequest } from "./read-staff-request";
import { saveStep } from "./save-step";
import { submitRequest } from "./submit";

const AT = "2026-03-02 09:00";
const { handler, approver, requester } = await givenRequestDesk();
const at = (person = handler, time = "2026-03-04 09:00") => acting(person, time);

/** What each form asks of an end user besides the facts, once more and by hand. */
const FORMS = {
  delete: [],
  consult: ["what"],
  copy: ["what", "format"],
  correct: ["wrong", "right"],
  withdraw_consent: ["feature"],
  deregister_end_user: ["settled"],
  child_data: ["guardian"],
  legal_basis: ["what"],
  complaint: ["remedy", "happened"],
  report: ["happened"],
  suggestion: [],
  question: [],
};

describe("P23: every right has a form of its own", () => {
  test.each(REQUEST_TYPES)(
    "%s: what its form asks is kept and read on both sides",
    async (type) => {
      const person = await givenStaff();
      const number = await givenFiled(person, { type, at: AT });
      const own = await readOwnRequest(at(person), { number });
      expect(own.details.map(({ detail }) => detail)).toEqual(FORMS[type]);
      const staff = await readStaffRequest(at(), { number });
      expect(staff.details).toEqual(own.details);
    },
  );

  test.each(REQUEST_TYPES.filter((type) => FORMS[type].length > 0))(
    "%s: what is left out is named at its field, and nothing is filed without",
    async (type) => {
      const person = await givenStaff();
      const draftId = await givenCompleteDraft(person, { type, at: AT });
      const save = saveStep(at(person), {
        draftId,
        answer: { step: "facts", facts: "补充", details: {} },
      });
      const named = FORMS[type].map((detail) => `details.${detail}`).toSorted();
      const refusal: unknown = await save.catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Invalid);
      expect(Object.keys((refusal as Invalid).fields).toSorted()).toEqual(named);
    },
  );

  test("a draft from before the form had its questions goes on there", async () => {
    const person = await givenStaff();
    const draftId = await givenCompleteDraft(person, { type: "suggestion", at: AT });
    await saveStep(at(person), { draftId, answer: { step: "type", type: "correct" } });
    await expect(submitRequest(at(person), { draftId, locale: "zh-CN" })).rejects.toMatchObject({
      fields: { facts: [] },
    });
  });

  test("a changed mind leaves no answer to another form behind", async () => {
    const person = await givenStaff();
    const draftId = await givenCompleteDraft(person, { type: "correct", at: AT });
    await saveStep(at(person), { draftId, answer: { step: "type", type: "copy" } });
    expect((await readDraft(at(person), { draftId })).answers.details).toEqual({});
  });

  test("P32: a deletion reaches from all an account holds to one user", async () => {
    const account = await givenAccount({ productId: (await givenProduct()).id });
    const owner = await givenMember(account.id, "owner");
    const own = { capacity: "own", type: "delete", accountId: account.id } as const;
    expect(stepsOf({ ...own, details: { scope: "account" } })).not.toContain("subjects");
    expect(stepsOf({ ...own, details: { scope: "app" } })).not.toContain("subjects");
    expect(stepsOf({ ...own, details: { scope: "users" } })).toContain("subjects");
    const wish = { ...own, at: AT, subjects: "user-1" };
    const one = await givenFiled(owner, { ...wish, details: { scope: "users" } });
    const all = await givenFiled(owner, { ...wish, details: { scope: "account" } });
    const read = (number: string) => readOwnRequest(at(owner), { number });
    expect(await read(one)).toMatchObject({ subjects: ["user-1"], subjectCount: 1 });
    expect(await read(all)).toMatchObject({
      ...{ subjects: [], subjectCount: 0 },
      details: [{ detail: "scope", text: "account" }],
    });
  });
});

describe("P10, P55: withdrawn consent stops what rests on it, and destroys what was collected", () => {
  test("the stop is ordered once it is known who withdraws, not before (P27)", async () => {
    const request = await givenRequest(requester.id, { type: "withdraw_consent", ground: null });
    expect((await current(request)).stopOrderedAt).toBeNull();
    await givenTaken(request, handler);
    expect((await current(request)).stopOrderedAt).toEqual(beijing("2026-03-03 10:00"));
    const granted = givenProposal(request, handler, { decision: "fulfilled" });
    await expect(granted).rejects.toMatchObject({
      fields: { decision: ["requests.errors.stopNotConfirmed"] },
    });
  });

  test("the confirmed stop opens a disposal with a day for every store, and a receipt ends it", async () => {
    const request = await givenRequest(requester.id, { type: "withdraw_consent", ground: null });
    await givenTaken(request, handler);
    await givenStopped(request, handler);
    const { disposals } = await readStaffRequest(at(), request);
    expect(disposals.map(({ store }) => store).toSorted()).toEqual([...DATA_STORES].toSorted());
    expect(new Set(disposals.map(({ dueDate }) => dueDate))).toEqual(new Set([request.dueDate]));
    for (const one of disposals.filter(({ store }) => store !== "profile" && store !== "logs"))
      await dropDisposal(at(), { ...(await asSeen(request)), disposalId: one.id });
    await planDisposal(at(), {
      ...(await asSeen(request)),
      ...{ store: "logs", action: "hold", holdReason: "law", holdText: "依法留存六个月。" },
      dueDate: "2026-03-20",
    });
    const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
    await givenApproval(request, approver, decisionId);
    const profile = disposals.find(({ store }) => store === "profile")!;
    await completeDisposal(at(handler, "2026-03-06 09:00"), {
      ...(await asSeen(request)),
      ...{ disposalId: profile.id, result: "删除 2 条资料" },
    });
    const receipt = await readReceipt(at(requester), request);
    expect(receipt.stores.map(({ store, action }) => [store, action])).toEqual([
      ["profile", "delete"],
      ["logs", "hold"],
    ]);
  });
});

test("P34: whoever is asked to close an end user's account is shown what product it is of", async () => {
  const request = await givenRequest(requester.id, { type: "deregister_end_user", ground: null });
  const { owner } = await givenRouted(request, handler);
  const task = await readDeveloperTask(at(owner), { number: request.number });
  expect(task).toMatchObject({ type: "deregister_end_user", productId: expect.any(String) });
});

test("P50: whoever asks for the legal basis is answered with one of the guide's grounds", async () => {
  const request = await givenRequest(requester.id, { type: "legal_basis", ground: null });
  await givenTaken(request, handler);
  const propose = async (bases: ("contract" | "law")[]) =>
    proposeDecision(at(), {
      ...(await asSeen(request)),
      ...{ decision: "fulfilled", code: null, explanation: "见下。", bases },
    });
  await expect(propose([])).rejects.toMatchObject({
    fields: { bases: ["requests.errors.basisMissing"] },
  });
  const { decisionId } = await propose(["law", "contract"]);
  await givenApproval(request, approver, decisionId);
  const [answer] = (await readOwnRequest(at(requester), request)).answers;
  expect(answer?.bases).toEqual(["contract", "law"]);
});

test("P50: every answer to who is in the EEA says so, ticked or not", async () => {
  const request = await givenRequest(requester.id, { type: "question", region: "eea" });
  await givenTaken(request, handler);
  const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
  await givenApproval(request, approver, decisionId);
  const [answer] = (await readOwnRequest(at(requester), request)).answers;
  expect(answer?.paragraphs).toEqual(["eea"]);
});

test("a word that is no choice of a question is refused", async () => {
  const person = await givenStaff();
  const draftId = await givenCompleteDraft(person, { type: "copy", at: AT });
  const details = { ...givenDetails("copy", "end_user"), format: "fax" };
  await expect(
    saveStep(at(person), { draftId, answer: { step: "facts", facts: "", details } }),
  ).rejects.toMatchObject({ fields: { "details.format": ["requests.errors.choose"] } });
});
