import { generateKeyPairSync } from "node:crypto";
import { sql } from "drizzle-orm";

import { type Db, db, type Tx } from "@/db/client";
import { sealRecord } from "@/domain/audit/seal-record";
import { asJob } from "@/domain/context";
import type { RecordSigner } from "@/lib/record-key";
import { readPrivateKey } from "@/lib/signed-note";

import { beijing } from "./context";

/** A key whose memory is here and not in a file. */
export function givenSigner(): RecordSigner & { notes: string[] } {
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
  const notes: string[] = [];
  return {
    ...readPrivateKey(pem.toString()),
    ...{ notes, last: () => notes.at(-1) ?? null, keep: (note: string) => void notes.push(note) },
  };
}

/** So many entries of changes to accounts, a microsecond apart. */
export async function appendEntries(count: number, on: Db | Tx = db): Promise<void> {
  await on.execute(sql`
    insert into audit_entries (at, action, actor_kind, actor_id, subject_type, subject_id, after)
    select ${beijing("2026-03-02 12:00").toISOString()}::timestamptz + n * interval '1 microsecond',
      'account.edited', 'person', gen_random_uuid()::text, 'account', gen_random_uuid()::text,
      jsonb_build_object('name', '甲 ' || n)
    from generate_series(1, ${count}::int) n`);
}

export const seal = (signer: RecordSigner, now = beijing("2026-03-02 12:00")) =>
  sealRecord(asJob("seal-record", now), signer);
