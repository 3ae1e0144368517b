import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { and, desc, eq, sql } from "drizzle-orm";

import { readReports } from "@/channels/sms/reports";
import { db } from "@/db/client";
import { deliveries, dispatches, endpoints, numberChecks } from "@/db/schema";
import type { Severity } from "@/db/vocabulary/incidents";
import { finishBroadcasts } from "@/domain/broadcasts/finish";
import { listDispatches } from "@/domain/broadcasts/list-dispatches";
import { readRecipient } from "@/domain/broadcasts/read-recipient";
import { claimReports, settleReports } from "@/domain/broadcasts/settle-reports";
import { asJob, type Person } from "@/domain/context";
import { erasePeople, eraseWaysIn } from "@/domain/retention/erase-people";
import { askReports } from "@/jobs/ask-reports";
import { postDispatches, sendNumberCode } from "@/jobs/post-dispatches";
import { provide } from "@/lib/env";
import { startEndpoints } from "@/stand-ins/endpoints/start";
import { acting, beijing } from "@/tests/support/context";
import { dispatchesTo, givenNumber, smsSettings } from "@/tests/support/endpoints";
import {
  givenAffected,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { askNumber, numberCode } from "./ask-number";
import { confirmNumber, findOwnNumber } from "./confirm-number";
import { removeBrowser } from "./remove";
import { MOST_CODES, MOST_WRONG_CODES } from "./rules";
import { testEndpoint } from "./test";

const NOW = "2026-11-20 09:30";
let receiver: Awaited<ReturnType<typeof startEndpoints>>;
let desk: Awaited<ReturnType<typeof givenNoticeDesk>>;
let affected: Awaited<ReturnType<typeof givenAffected>>;
let turn = 0;

beforeAll(async () => {
  receiver = await startEndpoints();
  provide({ ENDPOINT_HOSTS: receiver.host, ...smsSettings(receiver.url) });
});
afterAll(async () => {
  provide({ SMS_OPERATOR: "" });
  await receiver.close();
});
beforeEach(async () => {
  receiver.received.length = 0;
  receiver.sms.forget();
  desk = await givenNoticeDesk();
  affected = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
});

/** A number nobody had before, as its person types it. */
const newNumber = () => `138 0013 ${String(1000 + (turn += 1))}`;
const plain = (typed: string) => `+86${typed.replaceAll(" ", "")}`;

const ask = (of: Person, number: string, at = NOW) =>
  askNumber(acting(of, at), { number, locale: "zh-CN" });

async function codeOf({ id }: Person): Promise<{ checkId: string; code: string }> {
  const [check] = await db
    .select({ id: numberChecks.id })
    .from(numberChecks)
    .where(eq(numberChecks.userId, id))
    .orderBy(desc(numberChecks.requestedAt))
    .limit(1);
  return { checkId: check?.id ?? "", code: numberCode(check?.id ?? "") };
}

async function confirmed(of: Person, number = newNumber(), at = NOW): Promise<string> {
  await ask(of, number, at);
  const { code } = await codeOf(of);
  expect(await confirmNumber(acting(of, at), { code })).toBe(true);
  return (await findOwnNumber(acting(of, at), {})).standing?.id ?? "";
}

async function told(
  severity: Severity,
  visibility: "affected" | "restricted" = "affected",
  typedPeople = 1,
) {
  const incident = await givenIncident(desk, { visibility, severity });
  const audience = { named: affected.app.sdkAppId };
  const draft = await givenNotice(desk, { incidentId: incident.id, audience });
  const { broadcastId } = await published(desk, draft, { typedPeople });
  return { broadcastId: broadcastId ?? "", number: incident.number };
}

const post = () => postDispatches(() => false);
const sentTo = (typed: string) =>
  receiver.received.filter(({ path, isTaken }) => path === `/sms/${plain(typed)}` && isTaken);

test("P18: a number is kept once the code that was sent to it is typed, sealed, masked, on record without it", async () => {
  const { owner } = affected;
  const typed = newNumber();
  await ask(owner, typed);
  const masked = `+86 138****${typed.slice(-4)}`;
  expect(await findOwnNumber(acting(owner, NOW), {})).toEqual({ standing: null, waiting: masked });
  const { checkId, code } = await codeOf(owner);
  await sendNumberCode(beijing(NOW), checkId);
  expect(sentTo(typed).map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { TemplateId: "2001", TemplateParamSet: [code, "10"], SignName: "云桥科技" },
  ]);
  expect(
    await confirmNumber(acting(owner, NOW), { code: `${code.slice(0, 3)} ${code.slice(3)}` }),
  ).toBe(true);
  const own = await findOwnNumber(acting(owner, NOW), {});
  expect(own).toMatchObject({ standing: { masked }, waiting: null });
  const [row] = await db.select().from(endpoints).where(eq(endpoints.userId, owner.id));
  const digits = plain(typed).slice(3);
  for (const kept of [row?.address, JSON.stringify(row)])
    expect(String(kept)).not.toContain(digits);
  expect(await recordOf(own.standing?.id ?? "")).toEqual(["endpoint.added"]);
  // Used up.
  expect(await confirmNumber(acting(owner, NOW), { code })).toBe(false);
});

test("codes are few: one in a minute, so many a day for a person and for a number, and five wrong ones end one", async () => {
  const { owner } = affected;
  const typed = newNumber();
  await ask(owner, typed);
  await expect(ask(owner, newNumber())).rejects.toMatchObject({
    messageKey: "endpoints.errors.codeSent",
  });
  const { code } = await codeOf(owner);
  const wrong = code === "000000" ? "000001" : "000000";
  for (let n = 0; n < MOST_WRONG_CODES; n += 1)
    expect(await confirmNumber(acting(owner, NOW), { code: wrong })).toBe(false);
  expect(await confirmNumber(acting(owner, NOW), { code })).toBe(false);
  for (let n = 1; n < MOST_CODES; n += 1) await ask(owner, typed, `2026-11-20 1${n}:00`);
  const other = await givenMember(affected.account.id, "member");
  for (const [of, number] of [
    [owner, newNumber()],
    [other, typed],
  ] as const)
    await expect(ask(of, number, "2026-11-20 16:00")).rejects.toMatchObject({
      messageKey: "endpoints.errors.tooManyCodes",
    });
  const late = await codeOf(owner);
  expect(await confirmNumber(acting(owner, "2026-11-20 14:11"), { code: late.code })).toBe(false);
  for (const number of ["12345678901", "+1 202 555 0100", "", "1380013800"])
    await expect(ask(other, number)).rejects.toMatchObject({
      fields: { number: ["endpoints.errors.noNumber"] },
    });
});

test("a person has one number, and a number one person: who typed the code last", async () => {
  const { owner } = affected;
  const other = await givenMember(affected.account.id, "member");
  const typed = newNumber();
  const first = await confirmed(owner, typed);
  const second = await confirmed(owner, newNumber(), "2026-11-20 10:30");
  const third = await confirmed(other, typed, "2026-11-20 11:30");
  const again = await confirmed(owner, typed, "2026-11-20 12:30");
  const ends = await db
    .select({ id: endpoints.id, end: endpoints.endReason })
    .from(endpoints)
    .where(eq(endpoints.channel, "sms"));
  const endOf = (id: string) => ends.find((one) => one.id === id)?.end;
  expect([first, second, third, again].map(endOf)).toEqual([
    ...["removed", "removed", "handed_over", null],
  ]);
});

test("P17: grave incidents are told by text message, once, by number and kind alone, and counted by what they cost", async () => {
  const { owner } = affected;
  const typed = newNumber();
  const id = await confirmed(owner, typed);
  await told("general");
  expect(await dispatchesTo(id)).toEqual([]);
  const { broadcastId, number } = await told("major", "restricted");
  await post();
  await post();
  const [message, ...more] = sentTo(typed);
  expect(more).toEqual([]);
  const { TemplateId, TemplateParamSet } = JSON.parse(message?.body ?? "{}") as Record<
    string,
    unknown
  >;
  expect([TemplateId, TemplateParamSet]).toEqual(["1001", [number, expect.any(String)]]);
  expect(message?.body).not.toContain("令牌");
  const { totals, rows } = await listDispatches(acting(desk.author, NOW), { broadcastId });
  expect(totals).toEqual([{ channel: "sms", status: "accepted", count: 1, fee: 1 }]);
  expect(rows).toMatchObject([{ owner: owner.name, host: `+86 138****${typed.slice(-4)}` }]);
  const { events } = await readRecipient(acting(desk.author, NOW), {
    ...{ broadcastId, userId: owner.id },
  });
  expect(events.map(({ kind }) => kind)).toContain("sms.accepted");
});

/** Asks the operator now about all that it took, whenever it was to be asked next. */
async function askNow() {
  await db
    .update(dispatches)
    .set({ reportDueAt: sql`clock_timestamp()` })
    .where(eq(dispatches.status, "accepted"));
  await askReports(
    () => false,
    () => Promise.resolve(),
  );
}

test("P18: what the operator took is accepted; it is delivered or refused by the operator's report, for its reason, once", async () => {
  const [typed, other] = [newNumber(), newNumber()];
  const colleague = await givenMember(affected.account.id, "owner");
  const [id, refused] = [await confirmed(affected.owner, typed), await confirmed(colleague, other)];
  receiver.sms.fate(plain(typed), "silent");
  receiver.sms.fate(plain(other), { fails: "SHUTDOWN" });
  await told("major", "affected", 2);
  await post();
  const states = async () =>
    (await Promise.all([id, refused].map(dispatchesTo)))
      .flat()
      .map((one) => [one.status, one.reason]);
  expect(await states()).toEqual([
    ["accepted", null],
    ["accepted", null],
  ]);
  // A minute has to pass before it is asked.
  await askReports(() => false);
  expect(receiver.received.filter(({ path }) => path.startsWith("/sms-reports/"))).toEqual([]);
  await askNow();
  expect(await states()).toEqual([
    ["accepted", null],
    ["failed", "SHUTDOWN"],
  ]);

  // What says nothing changes nothing, and is asked again.
  receiver.sms.fate(plain(typed), "SUCCESS");
  for (const fault of ["cut", { status: 503 }, { status: 200, body: "{" }] as const) {
    receiver.meet(fault);
    await askNow();
    expect((await states())[0]).toEqual(["accepted", null]);
  }
  // A worker that is killed with the answer in hand has changed nothing: another asks again.
  const killed = db.transaction(async (tx) => {
    const [row] = await dispatchesTo(id);
    const said = {
      receipt: row?.receipt ?? "",
      isArrived: true,
      said: "DELIVRD",
      at: beijing(NOW),
    };
    const ctx = { ...asJob("ask-reports", beijing(NOW)), tx };
    expect(await settleReports(ctx, { reports: [said] })).toBe(1);
    throw new Error("killed");
  });
  await expect(killed).rejects.toThrow("killed");
  await Promise.all([askNow(), askNow()]);
  expect((await states())[0]).toEqual(["delivered", null]);
  // A later word about it, or about a message that is not ours, is of no use.
  const lies = (await dispatchesTo(id)).map(({ receipt }) => receipt ?? "").concat("5000:none");
  const reports = lies.map((receipt) => ({
    ...{ receipt, isArrived: false, said: "SHUTDOWN", at: beijing(NOW) },
  }));
  expect(await settleReports(asJob("ask-reports", beijing(NOW)), { reports })).toBe(0);
});

test("it is asked of what the operator took, though that was written down seconds later", async () => {
  const id = await confirmed(affected.owner);
  await told("major");
  await post();
  await db
    .update(dispatches)
    .set({ settledAt: sql`settled_at + interval '5 seconds'` })
    .where(eq(dispatches.endpointId, id));
  await askNow();
  expect((await dispatchesTo(id)).map(({ status }) => status)).toEqual(["delivered"]);
});

test("a report that names no moment settles nothing before it was taken, and none of a strange one is read", async () => {
  const id = await confirmed(affected.owner);
  await told("major");
  await post();
  const [taken] = await dispatchesTo(id);
  const report = { receipt: taken?.receipt ?? "", isArrived: false, said: "UNDELIV" };
  await settleReports(asJob("ask-reports", beijing(NOW)), {
    reports: [{ ...report, at: new Date(0) }],
  });
  expect(await dispatchesTo(id)).toMatchObject([
    { status: "failed", reason: "UNDELIV", settledAt: taken?.settledAt },
  ]);
  const answer = (UserReceiveTime: number) => {
    const one = { SerialNo: "5000:1", ReportStatus: "FAIL", Description: "", UserReceiveTime };
    return JSON.stringify({ Response: { PullSmsSendStatusSet: [one] } });
  };
  const answered = { kind: "answered" as const, status: 200, headers: {} };
  for (const strange of [-1, 0.5, 1e18])
    expect(readReports({ ...answered, text: answer(strange) })).toBeNull();
  expect(readReports({ ...answered, text: answer(0) })).toHaveLength(1);
});

test("a message of which the operator reports nothing stays accepted, and is asked about less and less, for three days", async () => {
  const typed = newNumber();
  const id = await confirmed(affected.owner, typed);
  receiver.sms.fate(plain(typed), "silent");
  await told("major");
  await post();
  for (let asks = 0; asks < 9; asks += 1) await askNow();
  // Nobody asks by itself any more.
  expect(await dispatchesTo(id)).toMatchObject([
    { status: "accepted", reason: null, reportTries: 9, reportDueAt: null },
  ]);
  expect(await claimReports(asJob("ask-reports", beijing(NOW)), {})).toEqual([]);
});

test("codes have a budget of their own over all people", async () => {
  const asked = await db.$count(numberChecks);
  provide({ SMS_BUDGET_CODES: String(asked + 1) });
  const colleague = await givenMember(affected.account.id, "owner");
  await ask(affected.owner, newNumber());
  await expect(ask(colleague, newNumber())).rejects.toMatchObject({
    messageKey: "endpoints.errors.codesUsedUp",
  });
  provide({ SMS_BUDGET_CODES: "500" });
});

test("P17: of a lesser incident only who is told in the place of a contact has a message", async () => {
  const { owner, account } = affected;
  const contact = await givenContact(account.id, "security");
  const [first, second] = [
    await givenNumber(contact, plain(newNumber())),
    await givenNumber(owner, plain(newNumber())),
  ];
  const { broadcastId } = await told("general", "restricted");
  await db
    .update(deliveries)
    .set({ status: "bounced", settledAt: beijing(NOW) })
    .where(and(eq(deliveries.broadcastId, broadcastId), eq(deliveries.channel, "email")));
  await finishBroadcasts(asJob("deliver-mails", beijing(NOW)), {});
  expect(await dispatchesTo(first.endpointId)).toEqual([]);
  expect(await dispatchesTo(second.endpointId)).toMatchObject([{ broadcastId, status: "queued" }]);
});

test("a number that its holder closed to us ends, on record; one that may have been reached is not told again", async () => {
  const typed = newNumber();
  const id = await confirmed(affected.owner, typed);
  await post();
  receiver.meet("cut");
  await told("major");
  await post();
  await post();
  expect((await dispatchesTo(id)).map(({ status }) => status)).toEqual(["unknown"]);
  expect(sentTo(typed)).toHaveLength(1);
  receiver.sms.end(plain(typed));
  await db.update(endpoints).set({ nextPostAt: null }).where(eq(endpoints.id, id));
  await told("major");
  await post();
  expect(await recordOf(id)).toEqual(["endpoint.added", "endpoint.ended"]);
});

test("a number is taken back, is no test's target, and goes with its person", async () => {
  const { owner } = affected;
  const id = await confirmed(owner);
  await expect(testEndpoint(acting(owner, NOW), { endpointId: id })).rejects.toThrow();
  const other = await givenMember(affected.account.id, "member");
  await expect(removeBrowser(acting(other, NOW), { endpointId: id })).rejects.toThrow();
  await removeBrowser(acting(owner, NOW), { endpointId: id });
  expect((await findOwnNumber(acting(owner, NOW), {})).standing).toBeNull();
  const [ended] = await db.select().from(endpoints).where(eq(endpoints.id, id));
  expect(ended).toMatchObject({ address: null, addressHash: "", endReason: "removed" });
  const next = await confirmed(other);
  await db.transaction(async (tx) => {
    await eraseWaysIn(tx, [other]);
    await erasePeople(tx, { leavers: [other], now: beijing(NOW) });
  });
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, next));
  expect(row).toMatchObject({ host: "", addressHash: "", address: null, endReason: "erased" });
  expect(await db.$count(numberChecks, eq(numberChecks.userId, other.id))).toBe(0);
});

test("without an operator nobody is asked for a number, and none is written to", async () => {
  const { endpointId } = await givenNumber(affected.owner, plain(newNumber()));
  provide({ SMS_OPERATOR: "" });
  try {
    await expect(ask(affected.owner, newNumber())).rejects.toMatchObject({
      messageKey: "endpoints.errors.smsOff",
    });
    await told("very_major");
    expect(await db.$count(dispatches, eq(dispatches.endpointId, endpointId))).toBe(0);
  } finally {
    provide(smsSettings(receiver.url));
  }
});
