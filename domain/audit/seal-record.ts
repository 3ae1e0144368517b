import { desc, eq, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { auditCheckpoints, auditKeys, type auditLeaves } from "@/db/schema";
import { env } from "@/lib/env";
import { same } from "@/lib/merkle";
import type { RecordSigner } from "@/lib/record-key";
import { noteKey, type NoteKey, readCheckpoint, signCheckpoint } from "@/lib/signed-note";

import { chore } from "../chore";
import type { Context } from "../context";
import { readRow, readRows } from "../rows";
import { verb } from "../verb";
import {
  commitToWhat,
  commitToWho,
  emptyCommitment,
  ENTRY_COLUMNS,
  entryRow,
  hashLeaf,
  newSalt,
  NO_LEAF,
  type SealedEntry,
} from "./leaf";
import { enterTiles, hashColumn, storedTree, treeSize } from "./tree";

/** Leaves of one transaction. */
const BATCH = 2000;

/** What the record's key is called: the installation's host, so that two installations never mix. */
export const recordName = (): string => `${new URL(env().APP_ORIGIN).host}/record`;

/** The key that signs now. */
export const keyOf = ({ publicKey }: RecordSigner): NoteKey => noteKey(recordName(), publicKey);

/**
 * `forked`: what was signed before is not the beginning of what the database holds now, so nothing is
 * signed any more. `retired`: the key was followed by another and signs no longer.
 */
export type Sealing = { sealed: number; state: "signed" | "unchanged" | "forked" | "retired" };

/**
 * Seals what has been appended, in order, and signs the tree that it makes. Two at once take turns,
 * and whatever ends it midway the next one goes on from: leaves are whole or not there, what was
 * signed is kept beside the key before it is published, and the same tree is not signed twice.
 */
export async function sealRecord(ctx: Context, signer: RecordSigner): Promise<Sealing> {
  const state = await beginKey(ctx, { ...keyOf(signer) });
  if (state === "retired") return { sealed: 0, state };
  let sealed = 0;
  for (let batch = BATCH; batch === BATCH; sealed += batch) batch = await sealEntries(ctx, {});
  return { sealed, state: await signTree(ctx, { signer }) };
}

/** One sealer at a time, whichever process it is in. */
async function turn(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('audit.seal'))`);
}

/** A new key is on the record before it signs anything; one that another has followed never comes back. */
const beginKey = verb({
  may: "audit.seal",
  input: z.object({ id: z.string(), name: z.string(), publicKey: hashColumn }),

  async run({ tx, now, record, unchanged }, key): Promise<"begun" | "known" | "retired"> {
    const known = () => tx.select().from(auditKeys).orderBy(desc(auditKeys.begunAt)).limit(1);
    if ((await known())[0]?.id === key.id) return unchanged("known");
    await turn(tx);
    if ((await tx.$count(auditKeys, eq(auditKeys.id, key.id))) > 0)
      return unchanged((await known())[0]?.id === key.id ? "known" : "retired");
    await tx.insert(auditKeys).values({ ...key, begunAt: now });
    await record("record.key_begun", {
      id: key.id,
      after: { name: key.name, publicKey: key.publicKey.toString("base64") },
    });
    return "begun";
  },
});

/** `whole`: what was signed last begins the record as it stands; there is nothing to go on from. */
export type Continuing = { state: "continued" | "whole"; from: number; entries: number };

/**
 * Goes on after a restore to a moment before the last signature: puts on the record from which signed
 * place on leaves are lost, how many, and the note that was signed over them. The signer is the one
 * before; a new key signs from here on, for other leaves take the lost places. @throws where nothing was
 * signed, or nothing is missing and the record is another one all the same
 */
export const continueRecord = verb({
  may: "audit.seal",
  input: z.object({ signer: z.custom<RecordSigner>() }),

  async run({ tx, record, unchanged }, { signer }): Promise<Continuing> {
    await turn(tx);
    const last = lastSigned(signer.last() ?? "");
    if (!last) throw new Error("nothing was signed with this key");
    const [size, { size: from }] = [await treeSize(tx), await lastPublished(tx)];
    if (await beginsWith(storedTree(tx), { size, last }))
      return unchanged<Continuing>({ state: "whole", from, entries: 0 });
    const entries = last.size - from;
    if (entries <= 0) throw new Error("the record is another one than was signed, and not shorter");
    await record("record.continued", { id: last.keyId, after: { from, entries, note: last.note } });
    return { state: "continued", from, entries };
  },
});

const waitingRow = entryRow.extend({ isErased: z.boolean() });
const lastRow = z.object({ place: z.coerce.number(), hash: hashColumn });

/** @returns how many, never more than a batch */
const sealEntries = chore({
  may: "audit.seal",
  input: z.object({}),

  async run({ tx }): Promise<number> {
    await turn(tx);
    // Entry by entry: a join of the whole is planned as a look at every entry, for each batch anew.
    const entries = await readRows(tx, waitingRow)`
      select ${sql.raw(ENTRY_COLUMNS)}, x.seq is not null as "isErased"
      from (
        select q.seq from audit_queue q
        where not exists (select from audit_leaves l where l.seq = q.seq)
        order by q.seq limit ${BATCH}
      ) q
        join lateral (select * from audit_entries where seq = q.seq limit 1) e on true
        left join lateral (select seq from audit_erasures where seq = q.seq limit 1) x on true
      order by q.seq`;
    if (entries.length === 0) return 0;
    const last = await readRow(tx, lastRow)`
      select place, hash from audit_leaves order by place desc limit 1`;
    const from = last ? last.place + 1 : 0;
    let previous = last?.hash.toString("hex") ?? NO_LEAF;
    const leaves = entries.map((entry, index) => {
      const leaf = { ...leafOf(entry), place: from + index };
      previous = hashLeaf({ ...entry, ...leaf, previous });
      const [what, hash] = [Buffer.from(leaf.what, "hex"), Buffer.from(previous, "hex")];
      return { ...leaf, seq: entry.seq, what, hash };
    });
    await enterLeaves(tx, leaves);
    await tx.execute(sql`
      delete from audit_queue where seq = any(${sql.param(entries.map(({ seq }) => seq))}::bigint[])`);
    await enterTiles(tx, { from, to: from + leaves.length });
    return leaves.length;
  },
});

type LeafRow = typeof auditLeaves.$inferInsert;

/** One statement with an array a column, which is several times as fast as one with a value each. */
async function enterLeaves(tx: Tx, leaves: readonly LeafRow[]): Promise<void> {
  const column = (name: keyof LeafRow) => sql.param(leaves.map((leaf) => leaf[name]));
  await tx.execute(sql`
    insert into audit_leaves (place, seq, who_salt, what_salt, what, hash)
    select * from unnest(${column("place")}::bigint[], ${column("seq")}::bigint[],
      ${column("whoSalt")}::bytea[], ${column("whatSalt")}::bytea[],
      ${column("what")}::bytea[], ${column("hash")}::bytea[])`);
}

function leafOf(entry: SealedEntry & { isErased: boolean }) {
  const [whoSalt, whatSalt] = [newSalt(), entry.isErased ? null : newSalt()];
  return {
    whoSalt,
    whatSalt,
    who: commitToWho(whoSalt, entry),
    what: whatSalt ? commitToWhat(whatSalt, entry) : emptyCommitment(),
  };
}

const signTree = chore({
  may: "audit.seal",
  input: z.object({ signer: z.custom<RecordSigner>() }),

  async run({ tx, now }, { signer }): Promise<Sealing["state"]> {
    await turn(tx);
    const [size, tree, published] = [await treeSize(tx), storedTree(tx), await lastPublished(tx)];
    const last = lastSigned(signer.last() ?? published.note);
    if (last && !(await beginsWith(tree, { size, last }))) return "forked";
    if (size === published.size) return "unchanged";

    const key = keyOf(signer);
    // Killed after it was kept and before it was published: the same note is published now.
    const isKept = last?.size === size && last.keyId === key.id;
    const sealedAt = isKept ? last.sealedAt : laterOf(now, last);
    const checkpoint = { origin: key.name, size, sealedAt, root: await tree.root(size) };
    const note = isKept ? last.note : signCheckpoint(checkpoint, key, signer.privateKey);
    signer.keep(note);
    await tx.insert(auditCheckpoints).values({ size, note, sealedAt, keyId: key.id });
    return "signed";
  },
});

function lastSigned(note: string) {
  const said = readCheckpoint(note);
  return said && { ...said, note };
}

async function lastPublished(tx: Tx) {
  const [last] = await tx
    .select()
    .from(auditCheckpoints)
    .orderBy(desc(auditCheckpoints.size))
    .limit(1);
  return last ?? { size: 0, note: "" };
}

/** The clock may go back; what is sealed later never says that it was sealed earlier. */
const laterOf = (now: Date, last: { sealedAt: Date } | null): Date =>
  last && last.sealedAt > now ? last.sealedAt : now;

type Seen = { size: number; last: { size: number; root: Buffer } };

const beginsWith = async (tree: ReturnType<typeof storedTree>, { size, last }: Seen) =>
  last.size <= size && same(await tree.root(last.size), last.root);
