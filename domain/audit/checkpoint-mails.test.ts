import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, staffRoles } from "@/db/schema";
import { checkConsistency } from "@/lib/check-proof";
import { acting, beijing } from "@/tests/support/context";
import { givenPerson, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";
import { canVerifyInPython, verifyInPython } from "@/tests/support/verify-python";

import { FACTS } from "../broadcasts/facts";
import { ANONYMOUS, asJob } from "../context";
import {
  chooseCheckpointMails,
  mailCheckpoints,
  readCheckpointMails,
  readConsistency,
} from "./checkpoint-mails";

let signer = givenSigner();

beforeEach(async () => {
  await resetDatabase();
  signer = givenSigner();
  await appendEntries(5);
  await seal(signer);
});

const wants = (person: Parameters<typeof acting>[0], isWanted = true) =>
  chooseCheckpointMails(acting(person, "2026-03-02 10:00"), { isWanted });
const mailAt = async (moment: string) =>
  (await mailCheckpoints(asJob("mail-checkpoints", beijing(moment)), {})).mailed;

/** Of each person, what the mails to them told. */
async function told(userId: string) {
  const rows = await db
    .select({ channel: deliveries.channel, facts: broadcasts.facts })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(eq(deliveries.userId, userId))
    .orderBy(broadcasts.startedAt);
  expect(rows.every(({ channel }) => channel === "email")).toBe(true);
  return rows.map(({ facts }) => {
    const { pace, last, earlier } = FACTS.checkpoint.parse(facts);
    return [pace, earlier?.size ?? null, last.size];
  });
}

test("who asked for it is mailed what was signed last: an auditor each day, everybody else each month", async () => {
  const [auditor, developer, other] = [
    await givenStaff("auditor"),
    await givenPerson("林悦"),
    await givenPerson("陆远"),
  ];
  expect(await readCheckpointMails(acting(auditor, "2026-03-02 10:00"), {})).toEqual({
    ...{ isWanted: false, pace: "daily" },
  });
  for (const person of [auditor, developer]) await wants(person);
  expect(await mailAt("2026-03-02 10:10")).toBe(2);
  await seal(signer, beijing("2026-03-02 10:11"));
  // Before nine it is still the day before, and the month before.
  expect(await mailAt("2026-03-03 08:50")).toBe(0);
  expect(await mailAt("2026-03-03 09:00")).toBe(1);
  expect(await mailAt("2026-03-03 20:00")).toBe(0);
  expect(await mailAt("2026-04-01 08:50")).toBe(1);
  expect(await mailAt("2026-04-01 09:00")).toBe(2);

  const later = signer.notes.length;
  expect(later).toBe(2);
  const size = Number(signer.notes[1]?.split("\n")[1]);
  expect(await told(auditor.id)).toEqual([
    ["daily", null, 6],
    ["daily", 6, size],
    ["daily", size, size],
    ["daily", size, size],
  ]);
  expect(await told(developer.id)).toEqual([
    ["monthly", null, 6],
    ["monthly", 6, size],
  ]);
  expect(await told(other.id)).toEqual([]);
});

test("the setting is on record, ends as it began, and is nobody's without signing in", async () => {
  const person = await givenPerson("林悦");
  await wants(person);
  await wants(person);
  await wants(person, false);
  await wants(person, false);
  expect(await recordOf(person.id)).toEqual([
    "person.changed_checkpoint_mails",
    "person.changed_checkpoint_mails",
  ]);
  expect(await mailAt("2026-03-02 12:00")).toBe(0);
});

test("two workers at once, and one that is killed midway, mail each person once", async () => {
  const people = await Promise.all(["林悦", "陆远", "陈安"].map((name) => givenPerson(name)));
  for (const person of people) await wants(person);
  const killed = db.transaction(async (tx) => {
    const ctx = asJob("mail-checkpoints", beijing("2026-03-02 12:00"));
    expect((await mailCheckpoints({ ...ctx, tx }, {})).mailed).toBe(3);
    throw new Error("killed");
  });
  await expect(killed).rejects.toThrow("killed");
  const both = await Promise.all([mailAt("2026-03-02 12:00"), mailAt("2026-03-02 12:00")]);
  expect(both.reduce((sum, mailed) => sum + mailed, 0)).toBe(3);
  for (const { id } of people) expect(await told(id)).toHaveLength(1);
});

test("who is an auditor no more is mailed each month", async () => {
  const person = await givenStaff("auditor");
  await wants(person);
  await mailAt("2026-03-02 10:10");
  await db.delete(staffRoles).where(eq(staffRoles.userId, person.id));
  expect(await mailAt("2026-03-03 12:00")).toBe(0);
  expect(await mailAt("2026-04-01 12:00")).toBe(1);
});

const reader = { actor: ANONYMOUS, now: beijing("2026-03-02 12:00") };

test("an earlier checkpoint is shown to be part of the last one, for every pair of sizes", async () => {
  const sizes = [6];
  for (const more of [1, 1, 8, 200]) {
    await appendEntries(more);
    await seal(signer, beijing("2026-03-02 12:00"));
    sizes.push((sizes.at(-1) ?? 0) + more);
  }
  const key = signer.publicKey.toString("base64");
  const files: Uint8Array[] = [];
  for (const [index, from] of sizes.entries())
    for (const to of sizes.slice(index)) {
      const bytes = bytesOf(await readConsistency(reader, { from, to }));
      files.push(bytes);
      const found = await checkConsistency(bytes, [key]);
      expect(found, `${from} ${to}`).toMatchObject({
        ...{ fault: null, isKnown: true, earlier: { size: from }, later: { size: to } },
      });
    }
  if (canVerifyInPython) {
    expect(new Set(verifyInPython(files, [key]))).toEqual(new Set(["ok"]));
    expect(new Set(verifyInPython(files, []))).toEqual(new Set(["stranger"]));
  }
  await expect(readConsistency(reader, { from: 7, to: 6 })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(readConsistency(reader, { from: 5 })).rejects.toMatchObject({ code: "not_found" });
});

test("a byte that was changed anywhere in such a file is refused, and so is another record", async () => {
  await appendEntries(40);
  await seal(signer, beijing("2026-03-02 12:00"));
  const file = await readConsistency(reader, { from: 6 });
  const bytes = bytesOf(file);
  const [wrong, parts]: [Uint8Array[], (string | undefined)[]] = [[], []];
  for (let at = 0; at < bytes.length; at += 7) {
    const mutant = Uint8Array.from(bytes);
    mutant[at] = (mutant[at] ?? 0) ^ 1;
    const { fault } = await checkConsistency(mutant);
    expect(fault, `byte ${at}`).not.toBeNull();
    // Which kind of file it is, a program that takes any kind knows by its format.
    if (Buffer.from(mutant).toString().includes('"format": "gaozhi-consistency/')) {
      wrong.push(mutant);
      parts.push(fault?.part);
    }
  }
  const cut = { ...file, proof: file.proof.slice(1) };
  const turned = { ...file, earlier: file.later, later: file.earlier };
  for (const other of [cut, turned]) {
    wrong.push(bytesOf(other));
    parts.push((await checkConsistency(bytesOf(other))).fault?.part);
  }
  expect(parts.slice(-2)).toEqual(["proof", "proof"]);
  if (canVerifyInPython) expect(verifyInPython(wrong)).toEqual(parts);
  const stranger = await checkConsistency(bytes, ["another"]);
  expect(stranger).toMatchObject({ fault: null, isKnown: false });
});

const bytesOf = (file: object): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);
