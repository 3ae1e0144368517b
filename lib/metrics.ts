import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What a process says of itself in the format of Prometheus. No label names a person, a record or an address. */
function makeMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `gaozhi_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `gaozhi_${name}`, help, labelNames, registers });
  const seconds = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name: `gaozhi_${name}`, help, labelNames, registers, buckets: SECONDS });

  return {
    registry,
    requests: counter("http_requests_total", "Answered requests.", ["route", "method", "status"]),
    requestSeconds: seconds("http_request_seconds", "From request to the end of its answer.", [
      "route",
    ]),
    frontAnswers: counter(
      "front_answers_total",
      "Requests by who answered: memory (hit), memory after it was made (made), Next (passed), nobody because the database is away (unavailable).",
      ["result"],
    ),
    frontBytes: gauge("front_kept_bytes", "Bytes of the pages that are kept."),
    frontPages: gauge("front_kept_pages", "Pages that are kept."),
    hearing: gauge(
      "database_hearing",
      "1 at what the process knows of changes: live, cut, away or deaf.",
      ["state"],
    ),
    pool: gauge("pool_connections", "Connections to the database, and who waits for one.", [
      "state",
    ]),
    providerEvents: counter("provider_events_total", "Events that the mail provider reported.", [
      "type",
    ]),
    scans: counter(
      "files_scanned_total",
      "Files brought by people, by what the scanner of malware said: clean, found, or away.",
      ["result"],
    ),
    jobs: counter("jobs_total", "Jobs that ended.", ["job", "result"]),
    leftUndone: counter("left_undone_total", "Of many things those that failed.", ["what"]),
    jobSeconds: seconds("job_seconds", "What a job took.", ["job"]),
    providerAnswers: counter("provider_answers_total", "Answers of the mail provider.", [
      "call",
      "answer",
    ]),
    providerSeconds: seconds("provider_answer_seconds", "What the mail provider took.", ["call"]),
    mails: counter("mails_accepted_total", "Mails that were accepted: by the provider, or smtp.", [
      "by",
    ]),
    posts: counter("posts_total", "Attempts to post to an endpoint, by what they came to.", [
      "channel",
      "outcome",
    ]),
    queueLength: gauge("mail_queue_length", "Mails that wait and belong to no batch yet."),
    queueAge: gauge("mail_queue_age_seconds", "Since when the oldest mail waits."),
    batches: gauge("mail_batches", "Batches that are not settled: due, or later.", ["state"]),
    jobsWaiting: gauge("jobs_waiting", "Jobs that are due and not begun."),
    jobsAge: gauge("jobs_waiting_age_seconds", "Since when the oldest of them is due."),
    jobsGivenUp: gauge("jobs_given_up", "Jobs that failed as often as they may."),
    requestsDue: gauge(
      "requests_due",
      "Open requests by their due date: overdue, today, within three days.",
      ["due"],
    ),
    clockAhead: gauge(
      "clock_ahead_seconds",
      "By how much the clock of this process is ahead of the database's, or behind.",
    ),
    certificateTrusted: gauge(
      "certificate_trusted_seconds",
      "For how much longer a stranger trusts the certificate of APP_ORIGIN; 0 where none does.",
      ["at"],
    ),
    unreached: gauge("unreached_accounts", "Accounts that no mandatory notice reached."),
    noticesUnseen: gauge(
      "notices_unseen",
      "Notices that one person sent alone and nobody has looked at within half an hour.",
    ),
  };
}

/** One for all bundles of a process: Next bundles this file more than once. */
declare global {
  var gaozhiMetrics: ReturnType<typeof makeMetrics> | undefined;
}

export const metrics = (globalThis.gaozhiMetrics ??= makeMetrics());

/** Measures the process itself too: its memory, its processor, its event loop. */
export function measureProcess(): void {
  if (!metrics.registry.getSingleMetric("process_cpu_seconds_total"))
    collectDefaultMetrics({ register: metrics.registry });
}
