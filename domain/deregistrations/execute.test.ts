import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import {
  auditEntries,
  deliveries,
  mailBatches,
  oidcIdentities,
  policyAcknowledgements,
  requestFiles,
  requests,
  sessions,
  signInRequests,
} from "@/db/schema";
import { deliverAll, givenBusyAccount } from "@/tests/support/busy-account";
import { readAsRequester } from "@/tests/support/closed-account";
import { acting, beijing } from "@/tests/support/context";
import {
  ASKED_AT,
  carryOut,
  deregistrationOf,
  DUE_AT,
  givenCoolingOff,
  givenSmallAccount,
  isClosed,
} from "@/tests/support/deregistration";
import { check } from "@/public/verify.mjs";
import { givenVisitor } from "@/tests/support/door";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { givenSigner, seal } from "@/tests/support/sealed-record";
import { tablesHolding } from "@/tests/support/search-database";

import { readPerson, readSession } from "../access/session";
import { signInAsDemoPerson } from "../access/sign-in-as";
import { certificateKey } from "../access/secrets";
import { examineRecord } from "../audit/check-record";
import { proofText } from "../audit/proof";
import { ANONYMOUS, asJob } from "../context";
import { NotFound } from "../errors";
import { cancelDeregistration } from "./cancel";
import { readCertificate, readCertificateProof } from "./certificate";
import { eraseLeftAddresses } from "../retention/erase-addresses";

const JOB = asJob("execute-deregistrations", beijing("2026-11-09 10:05"));

describe("carrying it out", () => {
  test("P10 P33: nothing in any table names or addresses who belonged to this account alone; who belongs elsewhere stays", async () => {
    const cast = await givenBusyAccount();
    const { account, owner, second, contact, former, both, staff } = cast;
    const { id } = await givenCoolingOff(account, owner, second);
    expect(await tablesHolding(owner.name)).toContain("policy_acknowledgements");
    expect(await tablesHolding(owner.email)).toContain("mail_batches");

    expect(await carryOut(id, "2026-11-09 09:59")).toBe("not_due");
    expect(await carryOut(id)).toBe("completed");

    for (const leaver of [owner, second, contact, former])
      expect(await tablesHolding(leaver.name)).toEqual([]);
    for (const leaver of [contact, former]) expect(await tablesHolding(leaver.email)).toEqual([]);
    // The last mail still has to find its owners.
    for (const leaver of [owner, second])
      expect(await tablesHolding(leaver.email)).toEqual(["deliveries"]);
    for (const staying of [both, staff]) {
      expect(await tablesHolding(staying.name)).toContain("users");
      expect(await tablesHolding(staying.email)).toContain("users");
    }
  });

  test("P10: what was noted on record of who was called goes too, and the sealed record still verifies", async () => {
    const { account, owner, second } = await givenBusyAccount();
    const NOTED = "致电唐晚舟，改由其助理接收";
    await db.insert(auditEntries).values({
      ...{ action: "unreached.settled", actorKind: "person", actorId: owner.id, at: JOB.now },
      ...{ subjectType: "account", subjectId: account.id },
      after: { broadcastId: account.id, note: NOTED },
    });
    const signer = givenSigner();
    await seal(signer, JOB.now);
    expect(await tablesHolding(NOTED)).toEqual(["audit_entries"]);
    const { id } = await givenCoolingOff(account, owner, second);
    await carryOut(id);
    await seal(signer, JOB.now);

    expect(await tablesHolding(NOTED)).toEqual([]);
    expect((await examineRecord(JOB, { notes: signer.notes })).faults).toEqual([]);
    const erasures = await db
      .select({ after: auditEntries.after })
      .from(auditEntries)
      .where(eq(auditEntries.action, "record.erased"));
    expect(erasures).toContainEqual({
      after: expect.objectContaining({ entries: 1, number: expect.any(String) }),
    });
  });

  test("P33: the last mail leaves to the addresses it needs, then they go too: from the delivery and from the bytes", async () => {
    const { account, owner, second } = await givenBusyAccount();
    const { id } = await givenCoolingOff(account, owner, second);
    await carryOut(id);

    await eraseLeftAddresses(JOB, {});
    expect(await tablesHolding(owner.email)).toEqual(["deliveries"]);
    await deliverAll();
    expect(await tablesHolding(owner.email)).toEqual(["deliveries", "mail_batches"]);
    expect(await eraseLeftAddresses(JOB, {})).toBe(2);
    expect(await eraseLeftAddresses(JOB, {})).toBe(0);

    for (const leaver of [owner, second]) {
      expect(await tablesHolding(leaver.email)).toEqual([]);
      expect(await recordOf(leaver.id)).toEqual(
        expect.arrayContaining(["person.erased", "person.address_erased"]),
      );
    }
    const emptied = await db
      .select()
      .from(mailBatches)
      .where(sql`'' = any(${mailBatches.addresses})`);
    expect(emptied.length).toBeGreaterThan(0);
    for (const { bodyHash } of emptied) expect(bodyHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("a last mail that the provider refuses loses its address all the same", async () => {
    const { account, owner } = await givenSmallAccount();
    const { id } = await givenCoolingOff(account, owner);
    await carryOut(id);
    await deliverAll("refused");
    await eraseLeftAddresses(JOB, {});

    expect(await tablesHolding(owner.email)).toEqual([]);
  });

  test("a mail that has not left yet is not sent to somebody who is gone", async () => {
    const { account, owner, member } = await givenSmallAccount();
    const { id } = await givenCoolingOff(account, owner);
    const [sibling] = await db.select().from(deliveries).where(eq(deliveries.userId, owner.id));
    await db.insert(deliveries).values({
      ...{ broadcastId: sibling!.broadcastId, accountIds: [account.id], userId: member.id },
      ...{ channel: "email", status: "queued", locale: "zh-CN", address: member.email },
      createdAt: beijing(ASKED_AT),
    });
    await carryOut(id);

    const [waiting] = await db.select().from(deliveries).where(eq(deliveries.userId, member.id));
    expect(waiting).toMatchObject({ status: "cancelled", address: null });
  });

  test("P33: access ends: memberships, contacts, apps, sessions, ways in, drafts", async () => {
    const { account, elsewhere, owner, second, both, staff } = await givenBusyAccount();
    const { id } = await givenCoolingOff(account, owner, second);
    const [before] = await db.select().from(sessions).where(eq(sessions.userId, owner.id));
    await carryOut(id);

    expect(await readSession(JOB, { tokenHash: before?.tokenHash ?? "" })).toBeNull();
    expect(await readPerson(JOB, { email: owner.email })).toBeNull();
    expect(await readPerson(JOB, { email: both.email })).toMatchObject({
      memberships: [{ accountId: elsewhere.id, role: "owner" }],
    });
    expect(await readPerson(JOB, { email: staff.email })).toMatchObject({ memberships: [] });
    expect(await db.$count(sessions, eq(sessions.userId, both.id))).toBe(1);
    expect(await db.$count(signInRequests, eq(signInRequests.email, second.email))).toBe(0);
    expect(await db.$count(oidcIdentities, eq(oidcIdentities.userId, owner.id))).toBe(0);
    const left = await db.execute<{ open: number }>(sql`
      select (select count(*) from members where account_id = ${account.id} and left_at is null)::int
        + (select count(*) from contacts where account_id = ${account.id} and removed_at is null)::int
        + (select count(*) from apps where account_id = ${account.id} and closed_at is null)::int as open`);
    expect(left.rows).toEqual([{ open: 0 }]);
    const drafts = await db.execute(
      sql`select 1 from request_drafts where owner_id in (${both.id}, ${second.id})`,
    );
    // The one that "both" wrote for the other account.
    expect(drafts.rows).toHaveLength(1);
    await expect(
      signInAsDemoPerson(
        { actor: ANONYMOUS, now: JOB.now },
        { userId: owner.id, tokenHash: "0".repeat(64), visitor: givenVisitor() },
      ),
    ).rejects.toThrow(NotFound);
  });

  test("P33: of requests the frame stays, contents and files go; the answer stays proof under a code", async () => {
    const { account, owner, second, number } = await givenBusyAccount();
    const { id, number: certificate } = await givenCoolingOff(account, owner, second);
    await carryOut(id);

    const [request] = await db.select().from(requests).where(eq(requests.number, number));
    expect(request).toMatchObject({ number, type: "delete", status: "withdrawn", subjects: null });
    expect(await db.$count(requestFiles, eq(requestFiles.requestId, request!.id))).toBe(0);
    expect(await readAsRequester(owner, number)).toMatchObject({
      facts: certificate,
      subjects: [],
      files: [],
    });
    const [answer] = await db
      .select()
      .from(policyAcknowledgements)
      .where(eq(policyAcknowledgements.accountId, account.id));
    expect(answer).toMatchObject({
      personName: `U-${owner.id.slice(0, 8)}`,
      userAgent: null,
      answer: "acknowledged",
      accountName: account.name,
    });
    const told = await db.execute<{ name: string }>(sql`
      select facts ->> 'personName' as name from broadcasts where subject_id = ${answer!.id}`);
    expect(told.rows).toEqual([{ name: answer!.personName }]);
  });

  test("the certificate counts what was done, names nobody, and its hash is that of its canonical JSON", async () => {
    const { account, owner, second } = await givenBusyAccount();
    const asked = await givenCoolingOff(account, owner, second);
    await carryOut(asked.id);
    const done = await deregistrationOf(account.id);
    const auditor = acting(await givenStaff("auditor"), DUE_AT);

    const shown = await readCertificate(auditor, { number: done.number, key: null });

    expect(shown).toMatchObject({ hash: done.certificateHash, isUnchanged: true });
    expect(Object.fromEntries(shown.stated.items.map(({ item, count }) => [item, count]))).toEqual({
      ...{ memberships: 4, contacts: 1, apps: 1, sessions: 2, people: 4, answers: 1 },
      ...{ identities: 1, sign_in_requests: 1, drafts: 2, request_contents: 1 },
      ...{ request_files: 3, request_messages: 0, suppressions: 1 },
      ...{ account_name: 1, people_elsewhere: 2, acknowledgements: 1, requests: 1 },
      addresses: expect.any(Number),
      mail_bodies: expect.any(Number),
      deliveries: expect.any(Number),
      audit_entries: expect.any(Number),
    });
    expect(shown.stated).toMatchObject({
      lastMails: 2,
      confirmedAt: beijing(ASKED_AT).toISOString(),
    });
    expect(shown.canonical).not.toMatch(/金丝雀|people\.example/);
  });

  test("the certificate is proved by the sealed record, to who has its key and to nobody else", async () => {
    const { account, owner } = await givenSmallAccount();
    const { id, number } = await givenCoolingOff(account, owner);
    const stranger = { actor: ANONYMOUS, now: beijing(DUE_AT) };
    const key = certificateKey(number);
    const asked = readCertificateProof(stranger, { number, key });
    await expect(asked).rejects.toBeInstanceOf(NotFound);
    await carryOut(id);
    expect(await readCertificateProof(stranger, { number, key })).toBeNull();
    await seal(givenSigner(), beijing(DUE_AT));
    const { hash } = await readCertificate(stranger, { number, key });
    const proof = await readCertificateProof(stranger, { number, key });
    expect(proof?.file.what?.value).toMatchObject({ after: { number, certificateHash: hash } });
    const bytes = new TextEncoder().encode(proofText(proof!.file));
    expect((await check(bytes)).fault).toBeNull();
    for (const wrong of [null, `${key}x`])
      await expect(readCertificateProof(stranger, { number, key: wrong })).rejects.toBeInstanceOf(
        NotFound,
      );
  });

  test("run again, it finds nothing to do: one certificate, one last mail", async () => {
    const { account, owner } = await givenSmallAccount();
    const { id } = await givenCoolingOff(account, owner);

    const results = await Promise.all(Array.from({ length: 10 }, () => carryOut(id)));

    expect(results.filter((result) => result === "completed")).toHaveLength(1);
    const mails = await db.execute(sql`
      select 1 from broadcasts where subject_id = ${id} and facts ->> 'event' = 'completed'`);
    expect(mails.rows).toHaveLength(1);
    expect((await recordOf(id)).filter((one) => one === "deregistration.completed")).toHaveLength(
      1,
    );
  });

  test("cancelled at the same moment it is one or the other, never half of each", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { account, owner } = await givenSmallAccount();
      const { id } = await givenCoolingOff(account, owner);

      const [execution, cancelling] = await Promise.allSettled([
        carryOut(id),
        cancelDeregistration(acting(owner, DUE_AT), { id }),
      ]);

      const { status } = await deregistrationOf(account.id);
      const wasClosed = execution.status === "fulfilled" && execution.value === "completed";
      expect(status).toBe(wasClosed ? "completed" : "cancelled");
      expect(cancelling.status).toBe(wasClosed ? "rejected" : "fulfilled");
      expect(await isClosed(account.id)).toBe(wasClosed);
    }
  });
});
