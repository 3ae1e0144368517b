import { and, eq, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { auditCheckpoints, auditEntries, auditKeys, auditTimeStamps } from "@/db/schema";

import { NotFound } from "../errors";
import { query } from "../query";
import { readRows } from "../rows";
import type { AuditAction, SubjectType } from "./entries";
import {
  commitToWho,
  ENTRY_COLUMNS,
  entryRow,
  hashLeaf,
  leafText,
  NO_LEAF,
  whatOf,
  whoOf,
} from "./leaf";
import { hashColumn, storedTree } from "./tree";

/**
 * That an entry stands in the sealed record, valid by itself: what it says with the salts of its
 * commitments, its leaf, the way to a signed root, and the key. `public/verify.mjs` checks it. Once
 * erased, `what` is null.
 */
export type Proof = {
  format: "gaozhi-proof/1";
  kind: string;
  /** The leaf as it was hashed. */
  entry: unknown;
  who: { salt: string; value: unknown };
  what: { salt: string; value: unknown } | null;
  leaf: string;
  inclusion: string[];
  checkpoint: string;
  key: { name: string; publicKey: string };
};

/** A proof with what is shown beside it. */
export type SealedProof = {
  file: Proof;
  entry: { place: number; seq: number };
  action: string;
  size: number;
  sealedAt: Date;
  /** Who put which time to the checkpoint that it leads to; null where nobody did. */
  stamp: { authority: string; at: Date } | null;
};

/** As it is handed out: `verify.mjs` takes these very bytes. */
export const proofText = (proof: Proof): string => `${JSON.stringify(proof, null, 2)}\n`;

/** The proof of one entry, by its number. @throws NotFound where none has it, or it is not sealed yet */
export const readEntryProof = query({
  may: "audit.read",
  input: z.object({
    seq: z.coerce
      .number()
      .int()
      .positive()
      .max(2 ** 53),
  }),

  async run({ db }, { seq }) {
    const proof = await proofOf(db, seq);
    if (!proof) throw new NotFound("errors.notFound");
    return proof;
  },
});

type About = { type: SubjectType; id: string; actions: readonly AuditAction[] };

/** Of the entry by which something came to be; null while it is not sealed. */
export async function proofAbout(
  db: Db | Tx,
  { type, id, actions }: About,
): Promise<SealedProof | null> {
  const [entry] = await db
    .select({ seq: auditEntries.seq })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subjectType, type),
        eq(auditEntries.subjectId, id),
        inArray(auditEntries.action, [...actions]),
      ),
    )
    .orderBy(auditEntries.seq)
    .limit(1);
  return entry ? proofOf(db, entry.seq) : null;
}

const sealedRow = entryRow.extend({
  place: z.coerce.number(),
  whoSalt: hashColumn,
  whatSalt: hashColumn.nullable(),
  committed: hashColumn,
  hash: hashColumn,
  previous: hashColumn.nullable(),
});

/** Null while the entry is not sealed, which is a matter of seconds. */
export async function proofOf(db: Db | Tx, seq: number): Promise<SealedProof | null> {
  return (await proofsOf(db, [seq]))[0] ?? null;
}

/**
 * The proofs of those of the entries that are sealed, in the order of their numbers: each against the
 * first checkpoint with a time stamp that holds it, and else what was signed last. They share what is
 * read of the tree: a few hundred entries at a time.
 */
export async function proofsOf(db: Db | Tx, seqs: readonly number[]): Promise<SealedProof[]> {
  const rows = await readRows(db, sealedRow)`
    select ${sql.raw(ENTRY_COLUMNS)}, l.place, l.who_salt as "whoSalt", l.what_salt as "whatSalt",
      l.what as committed, l.hash, p.hash as previous
    from audit_entries e join audit_leaves l on l.seq = e.seq
      left join audit_leaves p on p.place = l.place - 1
    where e.seq = any(${sql.param([...seqs])}::bigint[])
    order by e.seq`;
  const signedFor = await checkpointsFor(
    db,
    rows.map(({ place }) => place),
  );
  const tree = storedTree(db);
  const proofs: SealedProof[] = [];
  for (const row of rows) {
    const signed = signedFor(row.place);
    if (signed) proofs.push(await proofIn(tree, { row, signed }));
  }
  return proofs;
}

const stampedRow = z.object({ place: z.coerce.number(), size: z.coerce.number() });

/** Says which checkpoint a leaf is proved against; null where none holds it yet. */
async function checkpointsFor(db: Db | Tx, places: readonly number[]) {
  const stamped = await readRows(db, stampedRow)`
    select p.place, s.size from unnest(${sql.param([...places])}::bigint[]) as p (place)
      cross join lateral (
        select size from audit_time_stamps t where t.size > p.place order by t.size limit 1
      ) s`;
  const stampOf = new Map(stamped.map(({ place, size }) => [place, size]));
  const signed = await db
    .select({
      ...{ checkpoint: auditCheckpoints, key: auditKeys },
      stamp: { authority: auditTimeStamps.authority, at: auditTimeStamps.at },
    })
    .from(auditCheckpoints)
    .innerJoin(auditKeys, eq(auditKeys.id, auditCheckpoints.keyId))
    .leftJoin(auditTimeStamps, eq(auditTimeStamps.size, auditCheckpoints.size))
    .where(
      or(
        inArray(auditCheckpoints.size, [...new Set(stampOf.values())]),
        eq(auditCheckpoints.size, sql`(select max(size) from ${auditCheckpoints})`),
      ),
    );
  const bySize = new Map(signed.map((one) => [one.checkpoint.size, one]));
  const last = bySize.get(Math.max(...bySize.keys()));
  return (place: number): Signed | null => {
    const found = bySize.get(stampOf.get(place) ?? -1) ?? last;
    return found && place < found.checkpoint.size ? found : null;
  };
}

type Signed = {
  checkpoint: typeof auditCheckpoints.$inferSelect;
  key: typeof auditKeys.$inferSelect;
  stamp: SealedProof["stamp"];
};
type Proving = { row: z.output<typeof sealedRow>; signed: Signed };

async function proofIn(
  tree: ReturnType<typeof storedTree>,
  { row, signed: { checkpoint, key, stamp } }: Proving,
): Promise<SealedProof> {
  const { whoSalt, whatSalt, previous } = row;
  const what = row.committed.toString("hex");
  const leaf = {
    ...row,
    what,
    who: commitToWho(whoSalt, row),
    previous: previous?.toString("hex") ?? NO_LEAF,
  };
  const inclusion = await tree.inclusion(row.place, checkpoint.size);
  const { size, sealedAt } = checkpoint;
  return {
    ...{ size, sealedAt, action: row.action, entry: { place: row.place, seq: row.seq } },
    stamp,
    file: {
      format: "gaozhi-proof/1",
      kind: row.action.split(".")[0] ?? "",
      entry: JSON.parse(leafText(leaf)),
      who: { salt: whoSalt.toString("hex"), value: whoOf(row) },
      what: whatSalt && { salt: whatSalt.toString("hex"), value: whatOf(row) },
      leaf: hashLeaf(leaf),
      inclusion: inclusion.map((hash) => hash.toString("hex")),
      checkpoint: checkpoint.note,
      key: { name: key.name, publicKey: key.publicKey.toString("base64") },
    },
  };
}
