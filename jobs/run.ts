import { type JobHelpers, Logger, parseCronItems, run } from "graphile-worker";
import { z } from "zod";

import { BROADCAST_KINDS } from "@/db/vocabulary/broadcasts";
import { LOCALES } from "@/db/vocabulary/languages";
import { allowLongStatements, closeDatabase } from "@/db/client";
import { enterKnownYears } from "@/domain/calendar/known-years";
import { sealEvents } from "@/domain/audit/seal-events";
import { escalateUnopened } from "@/domain/broadcasts/escalate-unopened";
import { asJob } from "@/domain/context";
import type { JobName } from "@/domain/jobs";
import { mailCheckpoints } from "@/domain/audit/checkpoint-mails";
import { activateDueVersions } from "@/domain/policies/activate";
import { mailDigests } from "@/domain/requests/mail-digests";
import { recomputeDueDates } from "@/domain/requests/recompute-due-dates";
import { remindRequests } from "@/domain/requests/remind";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { serveMetrics } from "@/lib/metrics-server";
import { keepTo, knownHosts } from "@/lib/outward";
import { scrub } from "@/lib/scrub";
import { closeTraces, openTraces } from "@/lib/traces";

import { mailsMayLeave } from "./after-restore";
import { askReports } from "./ask-reports";
import { askSilentMails } from "./ask-silent-mails";
import { deliverMails, prepareBroadcasts } from "./deliver-mails";
import { deleteUsers } from "./delete-users";
import {
  executeDueDeregistrations,
  mailAllDailyDigests,
  measureAllReach,
  openDisposals,
  purgeAll,
  raiseAllAlarms,
  remindUnacknowledged,
  sendAllDigests,
  sendAnnouncements,
  syncAccounts,
} from "./due";
import { checkSealing, keepSealing, stampRecord } from "./keep-sealing";
import { counted, measure, type Task } from "./measure";
import { mailContact, mailInvitation, mailSignIn, mailSubscription, mailTest } from "./mail-link";
import { postDispatches, sendNumberCode } from "./post-dispatches";

// An error that ends the process is said without what it quotes.
process.on("uncaughtException", (error) => {
  log.fatal(scrub([error]));
  process.exit(1);
});
keepTo(knownHosts(env()));
await openTraces("gaozhi-worker");

/** The worker process: runs jobs until it is told to stop, then finishes the batch in hand. */
let stopping = false;

/**
 * One at a time in this process, however often it is woken: a large telling may not take every place
 * and keep a sign-in mail waiting. Who is woken meanwhile may ask so at once, and else looks once more at the end.
 */
function oneAtATime(work: (helpers: JobHelpers, wasWoken: () => boolean) => Promise<void>): Task {
  let [isRunning, isWoken] = [false, false];
  const wasWoken = () => {
    const was = isWoken;
    isWoken = false;
    return was;
  };
  return async (_payload, helpers) => {
    isWoken = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (!stopping && wasWoken()) await work(helpers, wasWoken);
    } finally {
      isRunning = false;
    }
  };
}

const TASKS: Record<JobName, Task> = {
  "deliver-mails": oneAtATime(async (helpers, hasNews) => {
    const again = (await mailsMayLeave())
      ? await deliverMails(new Date(), { isStopping: () => stopping, hasNews })
      : new Date(Date.now() + ASK_AGAIN_MS);
    if (again) await wakeAgain(helpers, "deliver-mails", again);
  }),
  "prepare-broadcasts": oneAtATime(async () => prepareBroadcasts(() => stopping)),
  "post-dispatches": oneAtATime(async (helpers) => {
    const again = await postDispatches(() => stopping);
    if (again) await wakeAgain(helpers, "post-dispatches", again);
  }),
  "ask-reports": oneAtATime(async () => askReports(() => stopping)),
  "ask-silent-mails": oneAtATime(async () =>
    askSilentMails(new Date(), { isStopping: () => stopping }),
  ),
  "activate-versions": async () =>
    void (await activateDueVersions(asJob("activate-versions", new Date()), {})),
  "send-announcements": async () => sendAnnouncements(new Date()),
  "execute-deregistrations": async () => executeDueDeregistrations(),
  "sync-accounts": async () => syncAccounts(new Date()),
  "remind-unacknowledged": async () => remindUnacknowledged(new Date()),
  "remind-requests": async () =>
    void (await remindRequests(asJob("remind-requests", new Date()), {})),
  "open-disposals": async () => openDisposals(new Date()),
  "delete-users": oneAtATime(async (helpers) => {
    const again = await deleteUsers(() => stopping);
    if (again) await wakeAgain(helpers, "delete-users", again);
  }),
  purge: async () => purgeAll(new Date(), () => stopping),
  "raise-alarms": async () => raiseAllAlarms(new Date()),
  "measure-reach": async () => measureAllReach(new Date(), () => stopping),
  "escalate-unopened": async () =>
    void (await escalateUnopened(asJob("escalate-unopened", new Date()), {
      ...{ hours: env().NOTICE_UNOPENED_HOURS, followHours: env().NOTICE_UNFOLLOWED_HOURS },
    })),
  "check-record": async () => checkSealing(new Date()),
  "seal-events": async () => void (await sealEvents(asJob("seal-events", new Date()), {})),
  "stamp-record": oneAtATime(async () => stampRecord(new Date())),
  "mail-digests": async () => {
    await mailDigests(asJob("mail-digests", new Date()), {});
    await mailAllDailyDigests(new Date(), () => stopping);
  },
  "mail-checkpoints": async () =>
    void (await mailCheckpoints(asJob("mail-checkpoints", new Date()), {})),
  "send-digests": async () => sendAllDigests(new Date(), () => stopping),
  "send-number-code": async (payload) =>
    sendNumberCode(new Date(), z.object({ checkId: z.uuid() }).parse(payload).checkId),
  "recompute-due-dates": async () =>
    void (await recomputeDueDates(asJob("recompute-due-dates", new Date()), {})),
  "mail-contact": async (payload) =>
    mailContact(new Date(), z.object({ confirmationId: z.uuid() }).parse(payload).confirmationId),
  "mail-subscription": async (payload) =>
    mailSubscription(new Date(), z.object({ requestId: z.uuid() }).parse(payload).requestId),
  "mail-invitation": async (payload) => {
    const { invitationId, mail } = z
      .object({ invitationId: z.uuid(), mail: z.string() })
      .parse(payload);
    await mailInvitation(new Date(), { invitationId, mail });
  },
  "mail-test": async (payload) => mailTest(new Date(), TEST_MAIL.parse(payload)),
  "mail-sign-in": async (payload) =>
    mailSignIn(new Date(), z.object({ requestId: z.uuid() }).parse(payload).requestId),
};

const TEST_MAIL = z.object({
  ...{ id: z.uuid(), userId: z.uuid(), byId: z.uuid() },
  ...{ locale: z.enum(LOCALES), kind: z.enum(BROADCAST_KINDS), facts: z.string() },
});

/** Between two questions to a provider that did not say what it has accepted. */
const ASK_AGAIN_MS = 30_000;

/**
 * The timetable, in UTC. What a verb enqueues runs at once; these catch what a killed worker left,
 * and bring midnight in Shanghai (16:00 UTC).
 */
const SCHEDULE: readonly { job: JobName; cron: string }[] = [
  { job: "deliver-mails", cron: "* * * * *" },
  { job: "prepare-broadcasts", cron: "* * * * *" },
  { job: "post-dispatches", cron: "* * * * *" },
  { job: "ask-reports", cron: "* * * * *" },
  { job: "ask-silent-mails", cron: "* * * * *" },
  { job: "activate-versions", cron: "* * * * *" },
  { job: "send-announcements", cron: "* * * * *" },
  { job: "execute-deregistrations", cron: "* * * * *" },
  { job: "sync-accounts", cron: "* * * * *" },
  { job: "remind-unacknowledged", cron: "0 1 * * *" },
  // Before nine in Shanghai, so that the day's digest of who chose one has them.
  { job: "remind-requests", cron: "45 0 * * *" },
  { job: "purge", cron: "17 * * * *" },
  { job: "open-disposals", cron: "*/10 * * * *" },
  { job: "delete-users", cron: "* * * * *" },
  { job: "raise-alarms", cron: "* * * * *" },
  { job: "check-record", cron: "23 * * * *" },
  { job: "seal-events", cron: "17 * * * *" },
  // Three in the morning in Shanghai; the other hours find what a killed worker left.
  { job: "measure-reach", cron: "5 19-23 * * *" },
  { job: "escalate-unopened", cron: "*/10 * * * *" },
  { job: "stamp-record", cron: "* * * * *" },
  { job: "mail-digests", cron: "* * * * *" },
  { job: "mail-checkpoints", cron: "*/10 * * * *" },
  { job: "send-digests", cron: "* * * * *" },
];

const checkSoon = async () =>
  void (await runner.addJob("check-record", {}, { jobKey: "check-record" }));

const wakeAgain = (helpers: JobHelpers, job: JobName, runAt: Date) =>
  helpers.addJob(job, {}, { runAt, jobKey: `${job}:later` });

allowLongStatements();
const runner = await run({
  connectionString: env().DATABASE_LISTEN_URL ?? env().DATABASE_URL,
  maxPoolSize: env().DATABASE_POOL,
  concurrency: 4,
  pollInterval: 2000,
  noHandleSignals: true,
  logger: new Logger(() => (level, message) => {
    if (level === "error") log.error({ message: scrub([message]) }, "job failed");
    else if (level === "warning") log.warn({ message: scrub([message]) }, "worker");
  }),
  taskList: counted(TASKS),
  parsedCronItems: parseCronItems(
    SCHEDULE.map(({ job, cron }) => ({ task: job, match: cron, options: { maxAttempts: 1 } })),
  ),
});

// The years of the working calendar that this version brings, unless somebody has entered them.
await enterKnownYears(asJob("calendar", new Date()));

// What a killed worker left behind is taken up at once, not at the next minute.
await runner.addJob("deliver-mails", {}, { jobKey: "deliver-mails" });
await runner.addJob("prepare-broadcasts", {}, { jobKey: "prepare-broadcasts" });
await runner.addJob("post-dispatches", {}, { jobKey: "post-dispatches" });
await runner.addJob("activate-versions", {}, { jobKey: "activate-versions" });
await runner.addJob("send-announcements", {}, { jobKey: "send-announcements" });
await runner.addJob("execute-deregistrations", {}, { jobKey: "execute-deregistrations" });
await runner.addJob("sync-accounts", {}, { jobKey: "sync-accounts" });
await runner.addJob("measure-reach", {}, { jobKey: "measure-reach" });
await checkSoon();
const { METRICS_LISTEN_WORKER: listen, METRICS_TOKEN: token } = env();
if (listen) await serveMetrics({ listen, token }, measure);
process.stdout.write("worker ready\n");
const sealing = new AbortController();
const sealed = keepSealing({ signal: sealing.signal, onBroken: checkSoon });

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  sealing.abort();
  await Promise.all([runner.stop(), sealed]);
  await Promise.all([closeDatabase(), closeTraces()]);
}
process.once("SIGTERM", () => void stop());
process.once("SIGINT", () => void stop());
await runner.promise;
