import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { members } from "@/db/schema";
import { asJob } from "@/domain/context";
import { nextNumber } from "@/domain/next-number";
import { env, provide } from "@/lib/env";
import { openErasureLedger } from "@/lib/erasure-ledger";
import { startResendStandIn } from "@/stand-ins/resend/start";
import { givenMembers, mailsOf, statusOf, tellProduct } from "@/tests/support/broadcasts";
import { givenBusyAccount } from "@/tests/support/busy-account";
import { beijing } from "@/tests/support/context";
import {
  carryOut,
  deregistrationOf,
  givenCoolingOff,
  givenSmallAccount,
  isClosed,
} from "@/tests/support/deregistration";
import { asOwner } from "@/tests/support/owner";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";
import { tablesHolding } from "@/tests/support/search-database";

import { reconcileMails } from "./after-restore";
import { deliverMails } from "./deliver-mails";
import { noteErasures, reapplyErasures } from "./erasures";

beforeEach(resetDatabase);

const JOB = asJob("execute-deregistrations", beijing("2026-11-09 10:05"));

function givenLedger(): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-ledger-")), "erasures");
  provide({ ERASURE_LEDGER_FILE: file });
  return file;
}

test("P10: what is erased is noted outside of the database, once, by ids and time alone", async () => {
  const file = givenLedger();
  const { account, owner, member } = await givenSmallAccount();
  const { id, number } = await givenCoolingOff(account, owner);
  await carryOut(id);
  await noteErasures(JOB);
  await noteErasures(JOB);

  const [noted, ...more] = openErasureLedger(file).read();
  expect(more).toEqual([]);
  expect(noted).toMatchObject({ number, accountId: account.id });
  expect(noted?.people.toSorted()).toEqual([owner.id, member.id].toSorted());
  const text = fs.readFileSync(file, "utf8");
  for (const personal of [owner.name, owner.email, account.name])
    expect(text).not.toContain(personal);
});

test("P10: on a database from before the erasure everybody is erased again, under the same number, whatever stands open", async () => {
  givenLedger();
  const { account, owner, second, contact, both } = await givenBusyAccount();
  const erasure = {
    at: "2026-11-09T02:00:00.000Z",
    number: "C-2026-000041",
    accountId: account.id,
    people: [owner.id, second.id, contact.id],
  };
  openErasureLedger(env().ERASURE_LEDGER_FILE ?? "").add([erasure]);

  expect(await reapplyErasures()).toBe(1);
  expect(await isClosed(account.id)).toBe(true);
  expect(await deregistrationOf(account.id)).toMatchObject({
    number: "C-2026-000041",
    status: "completed",
  });
  for (const { name } of [owner, second, contact]) expect(await tablesHolding(name)).toEqual([]);
  expect(await tablesHolding(both.name)).toContain("users");
  const { id } = await deregistrationOf(account.id);
  expect(await recordOf(id)).toEqual(["deregistration.reapplied", "deregistration.completed"]);

  expect(await reapplyErasures()).toBe(0);
  const next = await db.transaction((tx) => nextNumber({ ...JOB, tx }, "deregistration"));
  expect(next).toBe("C-2026-000042");
});

test("one that had been asked for and was cooling off is carried out at once, and who has meanwhile been entered elsewhere is erased all the same", async () => {
  givenLedger();
  const { account, owner, member } = await givenSmallAccount();
  const elsewhere = await givenSmallAccount();
  await db.insert(members).values({
    ...{ accountId: elsewhere.account.id, userId: member.id },
    ...{ role: "member", joinedAt: JOB.now },
  });
  const { number } = await givenCoolingOff(account, owner);
  openErasureLedger(env().ERASURE_LEDGER_FILE ?? "").add([
    {
      at: "2026-11-09T02:00:00.000Z",
      number,
      accountId: account.id,
      people: [owner.id, member.id],
    },
  ]);
  expect(await reapplyErasures()).toBe(1);
  expect(await deregistrationOf(account.id)).toMatchObject({ number, status: "completed" });
  expect(await tablesHolding(member.email)).toEqual([]);
  expect(await isClosed(elsewhere.account.id)).toBe(false);
});

test("a line cut off by a loss of power is noted again; a damaged one opens no door", async () => {
  const file = givenLedger();
  const { account, owner } = await givenSmallAccount();
  const { id } = await givenCoolingOff(account, owner);
  await carryOut(id);
  fs.writeFileSync(file, '{"at":"2026-11');
  expect(openErasureLedger(file).read()).toEqual([]);
  await noteErasures(JOB);
  expect(openErasureLedger(file).read()).toHaveLength(1);
  fs.writeFileSync(file, `nothing\n${fs.readFileSync(file, "utf8")}`);
  await expect(reapplyErasures()).rejects.toThrow(/line 1/);
});

describe("what the provider accepted and the database has forgotten", () => {
  const MAILS = 120;
  const listen = (url: string) => provide({ RESEND_BASE_URL: url });
  const folders = () => fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-resend-"));
  let resend: Awaited<ReturnType<typeof startResendStandIn>>;

  beforeEach(async () => {
    const { RESEND_API_KEY: apiKey, RESEND_WEBHOOK_SECRET: webhookSecret } = env();
    resend = await startResendStandIn({ dataFolder: folders(), apiKey, webhookSecret, stepMs: 0 });
    listen(resend.url);
    await reconcileMails({ isAsked: true });
  });
  afterEach(() => resend.close());

  /** As PostgreSQL has it after a restore: another line than the portal has begun on. */
  const onAnotherLine = () =>
    asOwner((owner) => owner.execute(sql`update database_lines set line = line + 1000`));
  const deliver = () => deliverMails(new Date(), { isStopping: () => false, hasNews: () => false });
  const told = async () =>
    tellProduct({ actor: await givenStaff("approver"), now: new Date() }, productId);
  let productId = "";
  const givenCrowd = async () => {
    productId = (await givenProduct()).id;
    await givenMembers(productId, MAILS, "crowd");
  };
  /** All that came after the start: as if the backup had ended there. */
  const forgetMails = () =>
    asOwner(async (owner) => {
      await owner.execute(sql`
        update deliveries set status = 'queued', provider_id = null, batch_id = null,
          batch_index = null, sent_at = null, settled_at = null where channel = 'email'`);
      await owner.execute(
        sql`truncate mail_batches, mail_attempts, broadcast_mails, provider_events`,
      );
      await owner.execute(sql`update broadcasts set status = 'sending', finished_at = null`);
    });

  test("P41: is attached to the deliveries that wait for it; only the rest leaves, nobody is mailed twice", async () => {
    await givenCrowd();
    const { id } = await told();
    resend.faults.program({ fault: "daily_quota", skip: 1, times: 1 });
    await deliver();
    const before = resend.record.entries().length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(MAILS);
    await forgetMails();
    await onAnotherLine();

    // A worker that ran on through the restore.
    await deliver();
    expect(resend.record.entries()).toHaveLength(before);

    expect(await reconcileMails({ isAsked: true })).toMatchObject({
      ...{ listed: before, found: before, unknown: 0, held: 0 },
    });
    expect(await mailsOf(id)).toEqual({ delivered: before, queued: MAILS - before });
    expect(await reconcileMails({ isAsked: true })).toBeNull();
    await deliver();
    const addresses = (await resend.record.all()).map(({ to }) => to[0]);
    expect(addresses).toHaveLength(MAILS);
    expect(new Set(addresses).size).toBe(MAILS);
  });

  test("where more wait than were accepted, nobody can tell which it was: none of them leaves", async () => {
    await givenCrowd();
    const first = await told();
    await deliver();
    const second = await tellProduct(
      { actor: await givenStaff("approver"), now: new Date() },
      productId,
    );
    await forgetMails();
    await onAnotherLine();
    expect(await reconcileMails({ isAsked: true })).toMatchObject({
      ...{ found: 0, unknown: 2 * MAILS },
    });
    await deliver();
    expect(resend.record.entries()).toHaveLength(MAILS);
    for (const { id } of [first, second]) expect(await mailsOf(id)).toEqual({ unknown: MAILS });
  });

  test("a provider that does not answer lets nothing begin; with --hold every broadcast with mails to go is paused", async () => {
    await givenCrowd();
    const { id } = await told();
    await onAnotherLine();
    resend.faults.program({ fault: "key_revoked", times: 100 });
    provide({ RESEND_API_KEY: "re_may_only_send" });
    await expect(reconcileMails({ isAsked: true })).rejects.toThrow(/list/);
    expect(await reconcileMails({ isAsked: false })).toMatchObject({ held: 1 });
    expect((await statusOf(id)).status).toBe("paused");
    await deliver();
    expect(resend.record.entries()).toHaveLength(0);
    expect(await reconcileMails({ isAsked: true })).toBeNull();
  });
});
