import { type AddressInfo } from "node:net";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { auditCosignatures } from "@/db/schema";
import { readLastCheckpoint } from "@/domain/audit/checkpoint";
import { keyOf } from "@/domain/audit/seal-record";
import { readForWitness } from "@/domain/audit/witness-record";
import { asJob } from "@/domain/context";
import { showWitness } from "@/jobs/show-witness";
import { cosignedAt, readWitnessLine } from "@/lib/cosignature";
import { noteKey, readNoteLine, verifierLine } from "@/lib/signed-note";
import { askWitness, witnessBody } from "@/lib/witness";
import { asOwner } from "@/tests/support/owner";
import { resetDatabase } from "@/tests/support/reset-database";
import { appendEntries, givenSigner, seal } from "@/tests/support/sealed-record";

import { makeWitness } from "./witness-server";

type Signer = ReturnType<typeof givenSigner>;

const servers: { close(): void }[] = [];
afterAll(() => servers.forEach((server) => server.close()));
beforeEach(resetDatabase);

const job = asJob("seal-record", new Date());
const newFolder = () => fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-witness-"));

/** A witness of one signer's record, over loopback. */
async function givenWitness(signer: Signer, folder = newFolder()) {
  const logs = [keyOf(signer)];
  const { server, line } = makeWitness({ name: "witness.example/w1", folder, logs });
  await new Promise<void>((open) => server.listen(0, "127.0.0.1", open));
  servers.push(server);
  const key = readWitnessLine(line);
  if (!key) throw new Error("the witness printed no key");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key, folder };
}

async function sealMore(signer: Signer, count: number): Promise<void> {
  await appendEntries(count);
  await seal(signer);
}

test("a witness signs each state that goes on from the one before, and its line is published", async () => {
  const signer = givenSigner();
  const witness = await givenWitness(signer);
  await sealMore(signer, 5);
  expect(await showWitness(witness)).toBe("cosigned");
  await sealMore(signer, 300);
  expect(await showWitness(witness)).toBe("cosigned");
  expect(await showWitness(witness)).toBe("cosigned");
  expect(await db.$count(auditCosignatures)).toBe(2);

  const { note } = await readLastCheckpoint(job, {});
  const [signed, line = ""] = [
    `${note.split("\n").slice(0, -2).join("\n")}\n`,
    note.split("\n").at(-2),
  ];
  expect(cosignedAt(signed, line, witness.key)).toBeInstanceOf(Date);
  expect(cosignedAt(signed.replace("\n306\n", "\n307\n"), line, witness.key)).toBeNull();
});

test("one that was begun anew, and one that kept its memory, are both shown the way from what they know", async () => {
  const signer = givenSigner();
  const first = await givenWitness(signer);
  await sealMore(signer, 40);
  await showWitness(first);
  const again = await givenWitness(signer, first.folder);
  expect(again.key.id).toBe(first.key.id);
  await sealMore(signer, 40);
  expect(await showWitness(again)).toBe("cosigned");
  // Its key is another; what it has signed here before is not its own.
  const lost = await givenWitness(signer);
  expect(await showWitness(lost)).toBe("cosigned");
});

test("a record that is shorter than the witness knows, or another one, is signed no more", async () => {
  const signer = givenSigner();
  const witness = await givenWitness(signer);
  await sealMore(signer, 10);
  await showWitness(witness);
  await sealMore(signer, 10);
  await showWitness(witness);
  await pastTriggers([
    "delete from audit_cosignatures where size > 11",
    "delete from audit_checkpoints where size > 11",
    "delete from audit_leaves where place >= 11",
  ]);
  const other = { ...signer, last: () => null };
  await sealMore(other, 3);
  expect(await showWitness(witness)).toBe("contradicted");

  await resetDatabase();
  await sealMore(other, 30);
  expect(await showWitness(witness)).toBe("contradicted");
  expect(await db.$count(auditCosignatures)).toBe(0);
});

test("a witness takes nothing else: another log, a forged signature, a size that is not its own", async () => {
  const signer = givenSigner();
  const witness = await givenWitness(signer);
  await sealMore(signer, 10);
  const shown = await readForWitness(job, { witness: witness.key.name });
  if (!shown || shown.isShorter) throw new Error("there is nothing to show");
  const refusals: [number, string][] = [
    [400, "old x\n\n"],
    [400, ""],
    [404, witnessBody({ ...shown, note: shown.note.replace(/^\S+/, "other.example") })],
    [403, witnessBody({ ...shown, note: shown.note.replace("\n11\n", "\n12\n") })],
    [400, witnessBody({ ...shown, old: 99 })],
    [409, witnessBody({ ...shown, old: 3 })],
    [422, witnessBody({ ...shown, proof: [Buffer.alloc(32)] })],
    [413, "x".repeat(30_000)],
  ];
  for (const [status, body] of refusals) {
    const answer = await fetch(`${witness.url}/add-checkpoint`, { method: "POST", body });
    expect(answer.status, body.slice(0, 40)).toBe(status);
  }
  const stranger = { ...witness, key: (await givenWitness(signer)).key };
  await expect(askWitness(stranger, shown)).rejects.toThrow("not with its signature");
});

test("the lines of keys are taken as they are written, and each kind for its own", () => {
  const line = `witness.example/w1+${"0".repeat(8)}+BA==`;
  expect(readWitnessLine(line)).toBeNull();
  const key = noteKey("notices.example/record", Buffer.alloc(32, 7));
  expect(readNoteLine(verifierLine(key))).toEqual(key);
  expect(readNoteLine(verifierLine(key).replace("record", "other"))).toBeNull();
  expect(readWitnessLine(verifierLine(key))).toBeNull();
});

const pastTriggers = (statements: readonly string[]) =>
  asOwner((owner) =>
    owner.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      for (const statement of statements) await tx.execute(sql.raw(statement));
    }),
  );
