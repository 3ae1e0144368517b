import { PURGED_KINDS } from "@/db/vocabulary/retention";
import { runSync, Undone } from "@/domain/accounts/run-sync";
import { listDueSyncs, settleSync } from "@/domain/accounts/settle-sync";
import { askContacts, listContactsToAsk } from "@/domain/accounts/ask-contacts";
import { measureReach, settleCalls } from "@/domain/broadcasts/measure-reach";
import { sendDigests } from "@/domain/broadcasts/send-digests";
import { asJob } from "@/domain/context";
import { eraseLeftAddresses } from "@/domain/retention/erase-addresses";
import { executeDeregistration } from "@/domain/deregistrations/execute";
import { listDueDeregistrations, readDatabaseTime } from "@/domain/deregistrations/list-due";
import { readServiceLines } from "@/domain/deregistrations/service-lines";
import { listToRemind, remindOwners } from "@/domain/deregistrations/remind";
import { openEndsOfApps } from "@/domain/disposals/open-end";
import { Conflict } from "@/domain/errors";
import { alarmUnseen } from "@/domain/incidents/alarm-unseen";
import { goOut, listDueAnnouncements } from "@/domain/incidents/go-out";
import { openOverdueTasks } from "@/domain/policies/ask-tasks";
import { remindDeferred, remindUnanswered, versionsToRemind } from "@/domain/policies/remind";
import { listOwnPoliciesToRemind, remindOwnPolicies } from "@/domain/policies/remind-own-policies";
import { mailDailyDigests } from "@/domain/requests/daily-digests";
import { purgeStep } from "@/domain/retention/purge";
import { raiseAlarms } from "@/domain/security/raise-alarms";
import { log } from "@/lib/log";

import { doEach } from "./do-each";
import { noteErasures, reapplyErasures } from "./erasures";

const DEREGISTRATIONS = "execute-deregistrations";

/** What is due by the database's clock; then ledger and database know of the same erasures. */
export async function executeDueDeregistrations(): Promise<void> {
  const now = await readDatabaseTime(asJob(DEREGISTRATIONS, new Date()), {});
  await remindOfDeregistrations(now);
  await executeDeregistrations(now);
  await reapplyErasures();
  await noteErasures(asJob(DEREGISTRATIONS, now));
}

/** Reminds the owners of what cools off, at half time and the day before; one that fails keeps no other waiting. */
export async function remindOfDeregistrations(now: Date): Promise<void> {
  const ctx = asJob(DEREGISTRATIONS, now);
  await doEach("deregistration_reminder", await listToRemind(ctx, {}), async (id) =>
    remindOwners(ctx, { id }),
  );
}

/**
 * Closes every account whose cooling-off has passed, each in a transaction of its own, and erases
 * the addresses whose last mail has left. One that fails keeps no other waiting; the next minute
 * tries it again.
 */
export async function executeDeregistrations(now: Date): Promise<void> {
  const ctx = asJob(DEREGISTRATIONS, now);
  const due = new Map((await listDueDeregistrations(ctx, {})).map(({ id, uin }) => [id, uin]));
  await doEach("deregistration", [...due.keys()], async (id) => {
    // What is unpaid holds it back; an interface that does not answer holds back nobody.
    const { lines: service } = await readServiceLines(due.get(id) ?? "");
    await executeDeregistration(ctx, { id, service });
  });
  await eraseLeftAddresses(ctx, {});
}

/** Opens the record of what each closed app left, until none is without (P10). */
export async function openDisposals(now: Date): Promise<void> {
  while ((await openEndsOfApps(asJob("open-disposals", now), {})) > 0);
}

/** So many small steps of a kind in an hour: the rest goes with the next. */
const MOST_STEPS = 200;

/**
 * Lets out each announcement whose moment has come, each in a transaction of its own: whoever is killed has sent
 * nothing. One that fails keeps no other waiting; the next minute tries it again.
 */
export async function sendAnnouncements(now: Date): Promise<void> {
  const ctx = asJob("send-announcements", now);
  await doEach("announcement", await listDueAnnouncements(ctx, {}), async (noticeId) =>
    goOut(ctx, { noticeId }),
  );
}

/** Mails each their digest of the day, until nobody waits for one; whoever is killed has told some, and each whole. */
export async function sendAllDigests(now: Date, isStopping: () => boolean): Promise<void> {
  while (!isStopping() && (await sendDigests(asJob("send-digests", now), {})) > 0);
}

/** Likewise to handlers, of what is still theirs to know. */
export async function mailAllDailyDigests(now: Date, isStopping: () => boolean): Promise<void> {
  while (!isStopping() && (await mailDailyDigests(asJob("mail-digests", now), {})) > 0);
}

/** Removes whatever is kept longer than its period, kind by kind; one that fails keeps no other waiting (P57). */
export async function purgeAll(now: Date, isStopping: () => boolean = () => false): Promise<void> {
  const ctx = asJob("purge", now);
  await doEach("purge", PURGED_KINDS, async (kind) => {
    for (let step = 0; step < MOST_STEPS && !isStopping(); step += 1)
      if ((await purgeStep(ctx, { kind })) === 0) return;
  });
}

/**
 * Carries out the bulks of the vendor's console, the oldest first. One that a killed worker left is
 * begun anew: nothing of it stands.
 */
export async function syncAccounts(now: Date): Promise<void> {
  const ctx = asJob("sync-accounts", now);
  for (const { id } of await listDueSyncs(ctx, {})) {
    try {
      const outcome = await runSync(ctx, { syncId: id });
      if (outcome === "busy") return;
      if (outcome !== "over") await settleSync(ctx, { syncId: id, ...outcome });
    } catch (error) {
      if (error instanceof Undone) await settleSync(ctx, { syncId: id, ...error.outcome });
      else {
        log.error({ sync: id, error }, "accounts not synced");
        await settleSync(ctx, { syncId: id, state: "broken" });
      }
    }
  }
}

/**
 * Reminds 7, 3 and 1 days before a major change takes effect, and 1, 7 and 14 days after it who is still
 * silent, each time further; then those who put it off to today, and whose own policy does not speak of a
 * version yet. A second run on the same day does nothing.
 */
export async function remindUnacknowledged(now: Date): Promise<void> {
  const ctx = asJob("remind-unacknowledged", now);
  for (const { id: versionId, reminds, secondContacts, escalates } of await versionsToRemind(
    ctx,
    {},
  )) {
    if (escalates) await openOverdueTasks(ctx, { versionId });
    if (!reminds) continue;
    try {
      await remindUnanswered(ctx, { versionId, secondContacts });
    } catch (error) {
      // Reminded today already, by an earlier run or by a colleague: nothing is owed.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  while ((await remindDeferred(ctx, {})) > 0);
  for (const due of await listOwnPoliciesToRemind(ctx, {})) await remindOwnPolicies(ctx, due);
  for (const due of await listContactsToAsk(ctx, {})) await askContacts(ctx, due);
}

/** Measures how every account can be reached, and then who is to be called; whoever is killed goes on with the next run. */
export async function measureAllReach(now: Date, isStopping: () => boolean): Promise<void> {
  const ctx = asJob("measure-reach", now);
  while (!isStopping()) if ((await measureReach(ctx, {})) === 0) return settleCalls(ctx, {});
}

/** What the security records show, and notices that left by one person's word and nobody has looked at in time. */
export async function raiseAllAlarms(now: Date): Promise<void> {
  const ctx = asJob("raise-alarms", now);
  try {
    await alarmUnseen(ctx, {});
  } finally {
    await raiseAlarms(ctx, {});
  }
}
