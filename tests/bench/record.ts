import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { changeOwnSettings } from "@/domain/access/own-settings";
import { examineRecord } from "@/domain/audit/check-record";
import { asJob } from "@/domain/context";
import { givenPerson } from "@/tests/support/people";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";

import { SIZES } from "./crowd";
import { databaseCpuSeconds, openOwnDatabase, residentMb } from "./ground";
import { type Figure, quantile, type Ratio, timed, type Workload } from "./measure";

/** Entries appended by one statement. */
const PART = 100_000;

export const recordCheck: Workload = {
  id: "record",
  name: "Checking the sealed record",
  about:
    "The whole record made anew, leaf by leaf, and compared with what was sealed and signed, at N entries; the best of three, as `npm run record -- verify` does it.",
  async run() {
    openOwnDatabase();
    const signer = givenSigner();
    const figures: Figure[] = [];
    const ratios: Ratio[] = [];
    let entries = 0;
    for (const size of [100_000, 1_000_000].filter((one) => one <= Math.max(...SIZES))) {
      for (; entries < size; entries += PART) await appendEntries(PART);
      const sealing = (await timed(() => seal(signer, new Date()))) / 1000;
      await db.execute(sql`vacuum analyze`);
      const rounds: { seconds: number; ours: number; theirs: number }[] = [];
      for (let round = 0; round < 3; round += 1) rounds.push(await check(signer.notes));
      const [best = { seconds: NaN, ours: NaN, theirs: NaN }] = rounds.toSorted(
        (one, other) => one.seconds - other.seconds,
      );
      figures.push(
        { what: "sealed", value: sealing, unit: "s", size },
        { what: "checked", value: best.seconds, unit: "s", size },
        { what: "processor time of the check", value: best.ours, unit: "s", size },
        { what: "processor time of the database", value: best.theirs, unit: "s", size },
        { what: "most memory", value: residentMb(process.pid, "VmHWM"), unit: "MB", size },
      );
      if (size === 1_000_000)
        ratios.push({ what: "checked, s", value: best.seconds, size, most: 10 });
    }
    return { figures, ratios };
  },
};

async function check(notes: readonly string[]) {
  const [cpu, theirs] = [process.cpuUsage(), await databaseCpuSeconds()];
  const ms = await timed(async () => {
    const { faults } = await examineRecord(asJob("verify-record", new Date()), {
      notes: notes.slice(-3),
    });
    if (faults.length > 0) throw new Error(`the record has faults: ${JSON.stringify(faults)}`);
  });
  const { user, system } = process.cpuUsage(cpu);
  return {
    ...{ seconds: ms / 1000, ours: (user + system) / 1e6 },
    theirs: (await databaseCpuSeconds()) - theirs,
  };
}

/** Pairs of turns, with and without, whose order changes; so many acts in each. */
const PAIRS = 7;
const ACTS = 2_400;
const AT_ONCE = 8;

export const sealingBeside: Workload = {
  id: "sealing",
  name: "Acts while the record is sealed",
  about:
    "A person's change of their settings (a lock, a change, three entries on the record), eight at a time, while the worker's sealer runs every three seconds, beside the same with entries that nobody queues or seals; the same for a transaction that writes one entry and does nothing else. Middle of seven pairs.",
  async run() {
    openOwnDatabase();
    const signer = givenSigner();
    const people = await Promise.all(Array.from({ length: AT_ONCE }, () => givenPerson("林悦")));
    const acts = await compare(signer, async (turn, hand) => {
      const [actor, isOdd] = [people[hand], turn % 2 === 1];
      if (!actor) throw new Error("there is nobody to act");
      await changeOwnSettings(
        { actor, now: new Date() },
        {
          ...{ locale: isOdd ? "en" : "zh-CN", showsAddress: isOdd },
          mails: {
            announcements: isOdd ? "at_once" : "never",
            minor_changes: isOdd ? "at_once" : "never",
          },
          pushes: { announcements: true, minor_changes: true, requests: true },
        },
      );
    });
    const bare = await compare(signer, async () => {
      await db.transaction((tx) =>
        tx.insert(auditEntries).values({
          ...{ action: "account.edited", actorKind: "job", actorId: "x", at: new Date() },
          ...{ subjectType: "account", subjectId: "y", after: { name: "甲" } },
        }),
      );
    });
    return {
      figures: [
        { what: "acts, nothing sealed", value: acts.without, unit: "/s" },
        { what: "acts, sealed beside", value: acts.with, unit: "/s" },
        { what: "entries alone, nothing sealed", value: bare.without, unit: "/s" },
        { what: "entries alone, sealed beside", value: bare.with, unit: "/s" },
        { what: "entries alone: with ÷ without", value: bare.ratio, unit: "" },
      ],
      ratios: [{ what: "acts: with ÷ without", value: acts.ratio, least: 0.9 }],
    };
  },
};

type Act = (turn: number, hand: number) => Promise<void>;

async function compare(signer: ReturnType<typeof givenSigner>, act: Act) {
  const rates = { with: [] as number[], without: [] as number[] };
  await turnOf(signer, { act, isSealed: true });
  for (let pair = 0; pair < PAIRS; pair += 1)
    for (const isSealed of pair % 2 === 0 ? [true, false] : [false, true])
      rates[isSealed ? "with" : "without"].push(await turnOf(signer, { act, isSealed }));
  const middle = (all: number[]) =>
    quantile(
      all.toSorted((one, other) => one - other),
      0.5,
    );
  const ratios = rates.with.map((rate, pair) => rate / (rates.without[pair] ?? NaN));
  return { with: middle(rates.with), without: middle(rates.without), ratio: middle(ratios) };
}

/** @returns acts a second */
async function turnOf(
  signer: ReturnType<typeof givenSigner>,
  { act, isSealed }: { act: Act; isSealed: boolean },
): Promise<number> {
  await db.execute(
    sql.raw(
      `alter table audit_entries ${isSealed ? "enable" : "disable"} trigger audit_entries_queue`,
    ),
  );
  let isOn = isSealed;
  const sealing = (async () => {
    for (let waited = 0; isOn; waited += 100) {
      if (waited % 3_000 === 0) await seal(signer, new Date());
      await sleep(100);
    }
  })();
  const hand = async (_: unknown, which: number) => {
    for (let turn = 0; turn < ACTS / AT_ONCE; turn += 1) await act(turn, which);
  };
  const ms = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, hand)));
  isOn = false;
  await sealing;
  return ACTS / (ms / 1000);
}
