// Loaded before a worker, an approval or a door: the process ends itself as by kill -9 when it comes, for
// the DIE_COUNT-th time, to the point that DIE_AT names (tests/faults/points.ts).
import http from "node:http";
import pg from "pg";

const { DIE_AT: point, DIE_COUNT = "1" } = process.env;
let left = Number(DIE_COUNT);

function die(at) {
  if (at !== point) return;
  left -= 1;
  if (left <= 0) process.kill(process.pid, "SIGKILL");
}

/** What a transaction has done that its commit is waited for, by the words of its statements. */
const DEEDS = [
  ["approval", /insert into "broadcasts"/],
  ["snapshot", /insert into deliveries/],
  ["freeze", /insert into mail_batches/],
  ["claim", /insert into mail_attempts/],
  ["settling", /update mail_attempts m set ended_at/],
  ["webhook", /insert into provider_events/],
  ["steering", /update "broadcasts" set "status"/],
  ["following", /update "broadcast_waves" set .*"released_at"/],
  ["digest", /update digest_items set digest_id/],
  ["posting", /insert into dispatch_attempts/],
  ["posted", /update dispatch_attempts/],
];
const deeds = new WeakMap();

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (...given) {
  const text = typeof given[0] === "string" ? given[0] : (given[0]?.text ?? "");
  const deed = DEEDS.find(([, words]) => words.test(text))?.[0];
  if (deed) {
    deeds.set(this, deed);
    die(`before ${deed}`);
  }
  const done = deeds.get(this);
  const isCommit = done && /^commit/i.test(text);
  if (isCommit) die(`before commit of ${done}`);
  const answer = query.apply(this, given);
  if (isCommit) {
    deeds.delete(this);
    Promise.resolve(answer).then(
      () => die(`after commit of ${done}`),
      () => undefined,
    );
  }
  if (/^rollback/i.test(text)) deeds.delete(this);
  return answer;
};

const { fetch } = globalThis;
globalThis.fetch = async (...given) => {
  const isBatch = String(given[0]).endsWith("/emails/batch");
  if (isBatch) die("before connect");
  const answer = await fetch(...given);
  if (isBatch) die("before answer is read");
  return answer;
};

const { request } = http;
http.request = (...given) => request(...given).once("response", () => die("before post is read"));

// How long the mailer waits for an answer: here there are many that do not come.
const { timeout } = AbortSignal;
AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, Math.min(milliseconds, 3_000));
