import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import {
  type Account,
  accounts,
  apps,
  type Deregistration,
  deregistrations,
  type disposals,
} from "@/db/schema";
import { CERTIFICATE_ITEMS, type CertificateItem } from "@/db/vocabulary/deregistrations";
import { hashOf } from "@/lib/hash";

import { certificateKey } from "../access/secrets";
import type { Certificate } from "../broadcasts/deregistration-facts";
import { endOfDeregistration, openEnd } from "../disposals/open-end";
import { countColumn, readOneRow } from "../rows";
import { type RecordedStep, verb } from "../verb";
import { NOTHING_ELSEWHERE, readChecks } from "./checks";
import { eraseSettledAddresses } from "../retention/erase-addresses";
import { erasePeople, eraseWaysIn, type Leaver } from "../retention/erase-people";
import {
  cancelWaitingMails,
  codeAnswers,
  countSuppressions,
  endAccess,
  eraseNotes,
} from "./erase-people";
import { eraseRequests } from "./erase-requests";
import { executionInput } from "./input";
import { findById, ownersOf } from "./lock";
import { findLeavers } from "./people";
import { isBlocked } from "./rules";
import { tellOwners } from "./tell";

/** `waiting`: something has to be settled first, or the data of its service is still being disposed of. */
export type Execution = "completed" | "waiting" | "not_due";

/**
 * Carries out a deregistration whose cooling-off has passed (P33, P10): ends access, erases or
 * pseudonymises the account's personal data here, issues the certificate and sends it, all in one
 * transaction. Run again, it finds nothing to do; a worker that dies in it leaves nothing done.
 */
export const executeDeregistration = verb({
  may: "deregistration.execute",
  input: executionInput,

  async run(step, { id, service: said }): Promise<Execution> {
    const { tx, now, unchanged } = step;
    const { accountId } = await findById(tx, id);
    const account = await lockOpenOrClosed(tx, accountId);
    const due = await findById(tx, id);
    if (due.pausedAt) return unchanged("waiting");
    if (due.status !== "cooling_off" || !due.executeAfter || due.executeAfter > now)
      return unchanged("not_due");
    const open = await readChecks(tx, accountId, { ...NOTHING_ELSEWHERE, service: said });
    if (isBlocked(open)) return unchanged("waiting");
    const service = await serviceOf(step, due);
    if (service === "opened") return "waiting";
    if (service === "open") return unchanged("waiting");
    await execute(step, { account, due, executeAfter: due.executeAfter });
    return "completed";
  },
});

/**
 * What the account's use of the service left is disposed of before the account itself goes: opened once,
 * then waited for (P10). An account that never had an app left nothing, nor does a vendor without stores.
 */
async function serviceOf(
  step: RecordedStep,
  { id, accountId }: Deregistration,
): Promise<"opened" | "open" | "settled"> {
  const end = await endOfDeregistration(step.tx, id);
  if (end) return end.settledAt ? "settled" : "open";
  if ((await step.tx.$count(apps, eq(apps.accountId, accountId))) === 0) return "settled";
  const ended = { accountId, deregistrationId: id, endedAt: step.now };
  return (await openEnd(step, { ...ended, cause: "deregistration" })) ? "opened" : "settled";
}

async function lockOpenOrClosed(tx: Tx, id: string): Promise<Account> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, id)).for("update");
  if (!account) throw new Error("a deregistration without an account");
  return account;
}

type Executing = { account: Account; due: Deregistration; executeAfter: Date };

/** Closes the account and erases its people, whatever was to be looked at before. */
export async function execute(step: RecordedStep, { account, due, executeAfter }: Executing) {
  const { tx, now, record, recordEach } = step;
  const { id: accountId } = account;
  const owners = await ownersOf(tx, accountId);
  const { leavers, staying } = await findLeavers(tx, accountId);
  const service = await endOfDeregistration(tx, due.id);
  const counts = await erase(step, { account, due, leavers });
  const stated: Certificate = {
    number: due.number,
    accountName: account.name,
    uin: account.uin,
    requestedAt: due.requestedAt.toISOString(),
    confirmedAt: due.confirmedAt?.toISOString() ?? null,
    executeAfter: executeAfter.toISOString(),
    completedAt: now.toISOString(),
    items: asItems({ ...counts, people_elsewhere: staying }),
    lastMails: leavers.filter(({ id }) => owners.includes(id)).length,
    ...(service && { stores: service.disposals.map(asStated) }),
  };
  const hash = hashOf(stated);
  await tx
    .update(deregistrations)
    .set({ status: "completed", completedAt: now, certificate: stated, certificateHash: hash })
    .where(eq(deregistrations.id, due.id));
  await tx.update(accounts).set({ closedAt: now }).where(eq(accounts.id, accountId));
  await tellOwners(step, {
    ...{ deregistration: due, account, event: "completed", owners },
    certificate: { stated, hash, key: certificateKey(due.number) },
  });
  await erasePeople(tx, { leavers, now });
  await recordEach(
    "person.erased",
    leavers.map(({ id }) => ({ id, after: { accountId } })),
  );
  await record("deregistration.completed", {
    id: due.id,
    before: { status: due.status },
    after: { number: due.number, accountId, status: "completed", certificateHash: hash },
  });
}

/** What became of one store of the service's data, as the certificate says it: names no person. */
const asStated = (one: typeof disposals.$inferSelect) => ({
  ...{ store: one.store, action: one.action, executor: one.executor, result: one.result },
  ...{ holdReason: one.holdReason, backupsUntil: one.backupsUntil },
  doneAt: one.doneAt?.toISOString() ?? null,
});

type Erasing = { account: Account; due: Deregistration; leavers: readonly Leaver[] };

/** Everything but the people themselves, whose addresses the last mail still needs. */
async function erase(step: RecordedStep, { account, due, leavers }: Erasing) {
  const { tx, now } = step;
  const { id: accountId } = account;
  const ids = leavers.map(({ id }) => id);
  const ended = await endAccess(tx, { accountId, leavers, now });
  const waysIn = await eraseWaysIn(tx, leavers);
  const requests = await eraseRequests(tx, { accountId, number: due.number, leavers: ids });
  const answers = await codeAnswers(tx, { accountId, leavers });
  await cancelWaitingMails(tx, { leavers, now });
  await eraseNotes(step, { accountId, number: due.number, leavers });
  const theirs = sql`d.user_id = any(${sql.param(ids)}::uuid[])`;
  const { addresses, bodies } = await eraseSettledAddresses(tx, theirs);
  return {
    ...ended,
    ...waysIn,
    ...requests,
    ...{ people: leavers.length, answers, addresses, mail_bodies: bodies },
    suppressions: await countSuppressions(tx, leavers),
    account_name: 1,
    ...(await countKept(tx, { accountId, ids })),
  };
}

const keptRow = z.object({
  acknowledgements: countColumn,
  deliveries: countColumn,
  requests: countColumn,
  audit_entries: countColumn,
});

function countKept(tx: Tx, { accountId, ids }: { accountId: string; ids: string[] }) {
  return readOneRow(tx, keptRow)`
    select
      (select count(*)::int from policy_acknowledgements where account_id = ${accountId}) as acknowledgements,
      (select count(*)::int from deliveries
        where account_ids @> array[${accountId}::uuid] and user_id in (
          select user_id from members where account_id = ${accountId}
          union select user_id from contacts where account_id = ${accountId}
        )) as deliveries,
      (select count(*)::int from requests where account_id = ${accountId}) as requests,
      (select count(*)::int from audit_entries
        where subject_id = ${accountId} or actor_id = any(${sql.param(ids)}::text[])
          or after ->> 'accountId' = ${accountId}) as audit_entries`;
}

const asItems = (counts: Record<CertificateItem, number>): Certificate["items"] =>
  CERTIFICATE_ITEMS.map((item) => ({ item, count: counts[item] }));
