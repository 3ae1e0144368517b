import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, requestDrafts, requests, ticketLinks } from "@/db/schema";
import { ANONYMOUS, type Person } from "@/domain/context";
import { requestDeregistration } from "@/domain/deregistrations/request";
import { NotAllowed, NotFound } from "@/domain/errors";
import { deleteDraft } from "@/domain/requests/delete-draft";
import { addDraftFile } from "@/domain/requests/draft-files";
import { readOwnRequest } from "@/domain/requests/read-own";
import { readStaffRequest } from "@/domain/requests/read-staff-request";
import { readDraft } from "@/domain/requests/read-draft";
import { saveStep } from "@/domain/requests/save-step";
import { submitRequest } from "@/domain/requests/submit";
import { openTicketLink } from "@/domain/tickets/open-link";
import { acting, beijing } from "@/tests/support/context";
import { askedFor, freshly } from "@/tests/support/deregistration";
import { someProof } from "@/tests/support/filing";
import { givenAccount, givenMember, givenPerson, givenStaff } from "@/tests/support/people";
import { givenRequest } from "@/tests/support/requests";
import { givenLink } from "@/tests/support/tickets";

import { beginDraft } from "./ticket-link";

const FACTS = "请删除手机号 13800000000 名下的聊天记录。";
const WISH = {
  ticketNumber: "T-2026-4711",
  purpose: "file_request" as const,
  prefill: { type: "consult" as const, facts: FACTS, subjects: ["alice-0815"], appName: "轻语" },
};
let support: Person;

beforeAll(async () => {
  support = await givenStaff("support");
});

test("P27, P46: who has proved an address files it, and the ticket's number stays on every record", async () => {
  const { link } = await givenLink(support, WISH);
  const ctx = acting(await givenPerson("终端用户"), "2026-11-23 10:00");
  const { draftId } = await beginDraft(ctx, { link, capacity: "end_user" });
  expect(await readDraft(ctx, { draftId })).toMatchObject({
    ticketNumber: "T-2026-4711",
    answers: { type: "consult", facts: FACTS, subjects: ["alice-0815"], appName: "轻语" },
  });
  const details = { what: "哪些聊天记录" };
  await saveStep(ctx, { draftId, answer: { step: "facts", facts: FACTS, details } });
  await addDraftFile(ctx, { draftId, fileName: "proof.txt", bytes: someProof() });
  const { number } = await submitRequest(ctx, { draftId, locale: "zh-CN" });

  const [request] = await db.select().from(requests).where(eq(requests.number, number));
  expect(request).toMatchObject({ ticketNumber: "T-2026-4711", channel: "ticket" });
  const handler = acting(await givenStaff("handler"), "2026-11-23 11:00");
  expect(await readStaffRequest(handler, { number })).toMatchObject({
    ticketNumber: "T-2026-4711",
  });
  const [entry] = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, request!.id));
  expect(entry).toMatchObject({
    action: "request.filed",
    after: { ticketNumber: "T-2026-4711" },
  });
});

test("everything a link brought along may be changed", async () => {
  const { link } = await givenLink(support, WISH);
  const ctx = acting(await givenPerson("监护人"), "2026-11-23 10:00");
  const { draftId } = await beginDraft(ctx, { link, capacity: "guardian" });
  const answers = await saveStep(ctx, { draftId, answer: { step: "type", type: "question" } });
  expect(answers).toMatchObject({ type: "question", appName: "轻语" });
});

test("a developer chooses among their own apps; an end user's app is not taken along", async () => {
  const { link } = await givenLink(support, WISH);
  const owner = await givenMember((await givenAccount()).id, "owner");
  const ctx = acting(owner, "2026-11-23 10:00");
  const { answers } = await beginDraft(ctx, { link, capacity: "on_behalf" });
  expect(answers).toMatchObject({ type: "consult" });
  expect(answers.appName).toBeUndefined();
});

test("an ended link begins nothing; without a link the wizard begins empty", async () => {
  const { link } = await givenLink(support, WISH, "2026-11-01 09:00");
  const ctx = acting(await givenPerson("终端用户"), "2026-11-23 10:00");
  await expect(beginDraft(ctx, { link, capacity: "end_user" })).rejects.toMatchObject({
    messageKey: "tickets.errors.linkEnded",
  });
  const { draftId } = await beginDraft(ctx, { link: "", capacity: "end_user" });
  expect(await readDraft(ctx, { draftId })).toMatchObject({ ticketNumber: null });
});

test("a limited link's use is not spent where no draft is begun: with too many open, or in a capacity one does not have", async () => {
  const { id, link } = await givenLink(support, { ...WISH, mostUses: 1 });
  const ctx = acting(await givenPerson("终端用户"), "2026-11-23 10:00");
  const begin = (capacity: "end_user" | "own") => beginDraft(ctx, { link, capacity });
  const uses = async () =>
    (await db.select().from(ticketLinks).where(eq(ticketLinks.id, id))).map((row) => row.uses);
  await expect(begin("own")).rejects.toMatchObject({ messageKey: "errors.form" });
  const open = await Promise.all(
    Array.from({ length: 20 }, () => beginDraft(ctx, { link: "", capacity: "end_user" })),
  );
  await expect(begin("end_user")).rejects.toMatchObject({
    messageKey: "requests.errors.tooManyDrafts",
  });
  expect(await uses()).toEqual([0]);
  await deleteDraft(ctx, { draftId: open[0]!.draftId });
  const { draftId } = await begin("end_user");
  expect(await readDraft(ctx, { draftId })).toMatchObject({ ticketNumber: "T-2026-4711" });
  expect(await uses()).toEqual([1]);
  await expect(begin("end_user")).rejects.toMatchObject({ messageKey: "tickets.errors.linkEnded" });
  expect(await db.$count(requestDrafts, eq(requestDrafts.ownerId, ctx.actor.id))).toBe(20);
});

describe("P33: a link leads to a request or to the way out of an account, and gives no right there", () => {
  const at = "2026-11-23 10:00";
  const stranger = (moment: string) => ({ actor: ANONYMOUS, now: beijing(moment) });

  test("to a request: whoever holds it says first who they are, then reads it as they may", async () => {
    const person = await givenPerson("申请人");
    const request = await givenRequest(person.id);
    const { link } = await givenLink(support, {
      ...{ ticketNumber: "T-1", purpose: "read_request", request: request.number },
    });
    expect(await openTicketLink(stranger(at), { link })).toEqual({
      ...{ purpose: "read_request", address: `/t/${link}`, asksWho: true },
    });
    expect(await openTicketLink(acting(person, at), { link })).toEqual({
      ...{ purpose: "read_request", address: `/requests/${request.number}`, asksWho: false },
    });
    const other = acting(await givenPerson("别人"), at);
    await expect(readOwnRequest(other, { number: request.number })).rejects.toBeInstanceOf(
      NotFound,
    );
  });

  test("to the way out: the account's own room, where a member who is no owner is refused and a stranger finds nothing", async () => {
    const account = await givenAccount();
    const { link } = await givenLink(support, {
      ...{ ticketNumber: "T-1", purpose: "deregister_account", uin: account.uin },
    });
    expect((await openTicketLink(stranger(at), { link })).asksWho).toBe(true);
    const owner = await givenMember(account.id, "owner");
    expect((await openTicketLink(acting(owner, at), { link })).address).toBe(
      `/account/deregistration?account=${account.uin}`,
    );
    const asked = (person: Person) => requestDeregistration(freshly(person, at), askedFor(account));
    const member = await givenMember(account.id, "member");
    await expect(asked(member)).rejects.toBeInstanceOf(NotAllowed);
    await expect(asked(await givenPerson("别人"))).rejects.toBeInstanceOf(NotAllowed);
  });
});
