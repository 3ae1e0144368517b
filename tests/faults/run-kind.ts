import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { dispatches } from "@/db/schema";
import { provide } from "@/lib/env";
import { type Fault, type Received, startEndpoints } from "@/stand-ins/endpoints/start";
import { smsSettings } from "@/tests/support/endpoints";

import { killed } from "./acts";
import type { Broken } from "./broken-proxy";
import { compare, type Comparison, type Told } from "./compare";
import { tellAtMoment, tellInDigests, tellInWaves } from "./other-tellings";
import { FAULTS, type Kind } from "./points";
import { givenAlone, givenPosted } from "./posted";
import { type Random, randomFrom } from "./random";
import { dying } from "./run-point";
import { onStage, type Stage } from "./stage";
import { allFinal, ask, hasten, leasesRunOut } from "./telling";

export type KindResult = Comparison & {
  /** Processes killed where they were meant to be; of `missed` none came there. */
  kills: number;
  missed: string[];
  /** Whatever is not about mails: messages, posts, and what a killed act left. */
  wrong: string[];
  seconds: number;
};

type Receiver = Awaited<ReturnType<typeof startEndpoints>>;
type Night = Stage & {
  receiver: Receiver;
  /** A worker is killed at a point of die-at.mjs, the provider and a receiver having a fault meanwhile. */
  die(at: string): Promise<void>;
  /** Two workers go on until something holds, and are killed then. */
  goOn(until: () => Promise<boolean>): Promise<void>;
};
/** What was told at the end, and what is wrong with it besides its mails. */
type Played = { told: Told[]; wrong?: () => Promise<string[]> };

const PEOPLE = 400;
const CROWD = { prefix: "crowd", people: PEOPLE };
const PUSH_KEY = Buffer.alloc(32, 7).toString("base64url");
const PATIENCE_MS = 120_000;

/** Each kind of telling with the points that are its own; those of every mail are the matrix's (points.ts). */
const PLAYS: Record<Kind, (night: Night) => Promise<Played>> = {
  async waves({ die, goOn }: Night): Promise<Played> {
    const waves = await tellInWaves(CROWD);
    await die("after commit of claim");
    await goOn(waves.isWaiting);
    const early = await ask(
      sql`select count(*)::int as value from deliveries where channel = 'email'`,
    );
    await waves.timePasses();
    await die("before commit of following");
    await die("after commit of following");
    await die("before answer is read");
    const wrong = early === (PEOPLE * 40) / 100 ? [] : [`${String(early)} in the first wave`];
    return { told: await waves.told(), wrong: () => Promise.resolve(wrong) };
  },
  async digests({ die, goOn }: Night): Promise<Played> {
    const digests = await tellInDigests(CROWD);
    await die("after commit of claim");
    await goOn(digests.isWaiting);
    await digests.timePasses();
    await die("before commit of digest");
    await digests.timePasses();
    await die("after commit of digest");
    await die("before answer is read");
    return { told: await digests.told() };
  },
  async moment({ die }: Night): Promise<Played> {
    const moment = await tellAtMoment(CROWD, new Date(Date.now() - 60_000));
    await die("before commit of snapshot");
    const early = await moment.isWaiting();
    await die("after commit of snapshot");
    await die("after commit of claim");
    await die("before settling");
    const wrong = early ? [] : ["it went out though its worker was killed before"];
    return { told: await moment.told(), wrong: () => Promise.resolve(wrong) };
  },
  async alone({ die }: Night): Promise<Played> {
    const { actor, words, told } = await givenAlone(CROWD);
    await killed("before commit of snapshot", words, actor);
    const early = await told();
    await killed("after commit of snapshot", words, actor);
    await die("after commit of claim");
    await die("before answer is read");
    const wrong = early.length === 0 ? [] : ["it was sent though its sender was killed before"];
    return { told: await told(), wrong: () => Promise.resolve(wrong) };
  },
  async posts({ die, receiver }: Night): Promise<Played> {
    const { told, differences } = await givenPosted(CROWD, receiver);
    await die("before commit of posting");
    await die("after commit of posting");
    await die("before post is read");
    await die("before commit of posted");
    const wrong = async () => [
      ...(await differences(receiver.received)),
      ...(await uncaught(receiver.received, differences)),
    ];
    return { told, wrong };
  },
};

type Wish = { kind: Kind; seed: number; broken?: Broken | null };

/** One telling of a kind whose workers are killed at its own points, with faults that the seed chooses. */
export async function runKind({ kind, seed, broken = null }: Wish): Promise<KindResult> {
  const random = randomFrom(seed);
  const receiver = await startEndpoints();
  provide({ ENDPOINT_HOSTS: receiver.host, PUSH_KEY, ...smsSettings(receiver.url) });
  return onStage({ broken }, async (stage) => {
    let kills = 0;
    const missed: string[] = [];
    const { told, wrong } = await PLAYS[kind]({
      ...{ ...stage, receiver },
      async die(at) {
        await leasesRunOut();
        // What a broken worker does wrong shows by itself: where it is killed, its mails were accepted.
        if (!broken) meetFaults({ stage, receiver, random });
        const died = await dying(stage, { point: { at }, crew: 1 });
        kills += died;
        if (died === 0) missed.push(at);
      },
      async goOn(until) {
        await stage.workers.start(2);
        await untilSo(until);
        await stage.workers.killAll();
      },
    });
    stage.resend.faults.clear();
    await leasesRunOut();
    await stage.workers.start(2);
    for (const { broadcastId } of told) await allFinal(broadcastId);
    await untilSo(async () => (await db.$count(dispatches, sql`status = 'queued'`)) === 0);
    await stage.workers.killAll();
    return {
      ...(await compare(told, (await stage.accepted()).filter(isOfCrowd))),
      ...{ kills, missed, wrong: [...((await wrong?.()) ?? []), ...(await inMessages(told))] },
    };
  }).finally(() => receiver.close());
}

/** Staff are told of some of it too. */
const isOfCrowd = ({ to }: { to: readonly string[] }): boolean =>
  to.every((address) => address.endsWith("@crowd.example"));

const POST_FAULTS: readonly Fault[] = [
  { status: 503 },
  { status: 429, headers: { "retry-after": "1" } },
  "cut",
];

function meetFaults({ stage, receiver, random }: Met): void {
  const passing = FAULTS.filter(({ isFinal }) => !isFinal);
  stage.resend.faults.clear();
  stage.resend.faults.program(passing[random(passing.length)]!.fault);
  receiver.meet(POST_FAULTS[random(POST_FAULTS.length)]!);
}

type Met = { stage: Stage; receiver: Receiver; random: Random };

async function untilSo(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("it did not come so far");
    await hasten();
    await sleep(500);
  }
}

type Compare = (posts: readonly Received[]) => Promise<string[]>;

/** What a receiver would have seen of a worker that loses, doubles or alters a post has to be caught. */
async function uncaught(posts: readonly Received[], differences: Compare): Promise<string[]> {
  const one = posts.find(({ path, isTaken }) => isTaken && path.startsWith("/hook/"));
  if (!one) return ["nothing was posted"];
  const rest = posts.filter(({ path }) => path !== one.path);
  const again = { ...one, headers: { ...one.headers, "webhook-id": "msg_another" } };
  const mutants = {
    loses: rest,
    doubles: [...posts, again],
    alters: [...rest, { ...one, body: `${one.body} ` }],
  };
  const found = await Promise.all(
    Object.entries(mutants).map(async ([does, seen]) =>
      (await differences(seen)).length > 0 ? [] : [`a worker that ${does} a post is NOT caught`],
    ),
  );
  return found.flat();
}

/** Everybody of the crowd has one message in the site of each telling that has any. */
async function inMessages(told: readonly Told[]): Promise<string[]> {
  const ids = [...new Set(told.map(({ broadcastId }) => broadcastId))];
  const { rows } = await db.execute<{ kind: string; messages: number; people: number }>(sql`
    select b.kind, count(*)::int as messages, count(distinct d.user_id)::int as people
    from broadcasts b join deliveries d on d.broadcast_id = b.id and d.channel = 'inbox'
    join users u on u.id = d.user_id and u.email like '%@crowd.example'
    where b.id = any(${sql.param(ids)}::uuid[]) group by b.id`);
  return rows
    .filter(({ messages, people }) => messages !== PEOPLE || people !== PEOPLE)
    .map(({ kind, messages, people }) => `${kind}: ${messages} messages to ${people}`);
}
