import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { Conflict, Invalid } from "../errors";
import { idRow, readOneRow } from "../rows";
import { type RecordedStep, verb } from "../verb";
import { writeAccounts } from "./import-account-rows";
import { writeApps } from "./import-app-rows";
import { writeMembers } from "./import-member-rows";
import { type Import, type Plan, planImport } from "./import-plan";
import { lockAccounts } from "./lock";
import { type CsvFile, readCsv } from "./read-csv";
import { type MemberMove, tellMembers } from "./tell-members";

/**
 * Writes a file of accounts, apps or members: all of it or nothing, and exactly what the preview
 * showed. What the file does not name stays as it is. A file that changes nothing is harmless.
 * @throws Invalid when the file has problems; Conflict when it is another file than was previewed,
 * or when what it would change is no longer what was shown
 */
export const importAccounts = verb({
  may: "account.manage",
  input: z.object({
    bytes: z.instanceof(Uint8Array),
    fileHash: z.string(),
    planHash: z.string(),
  }),

  async run(step, { bytes, fileHash, planHash }) {
    const { tx, record, unchanged } = step;
    const file = readCsv(bytes);
    await lockTouched(tx, file);
    const planned = await planImport(tx, file);
    assertPreviewed(planned, { fileHash, planHash });

    const { kind } = planned.plan;
    const count = (wanted: string) =>
      planned.plan.planned.filter(({ state }) => state === wanted).length;
    const [added, changed] = [count("added"), count("changed")];
    if (added + changed === 0) return unchanged({ kind, added, changed, importId: null });
    const importId = await newId(tx);
    const moves = await write(step, planned.plan, importId);
    await tellMembers(step, { moves, runId: importId });
    await record("account.imported", {
      id: importId,
      after: { kind, added, changed, fileHash },
    });
    return { kind, added, changed, importId };
  },
});

/** One import at a time, and nobody edits the accounts it names meanwhile. */
async function lockTouched(tx: Tx, { rows }: CsvFile): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('accounts.import'))`);
  await lockAccounts(
    tx,
    rows.map(({ uin }) => uin),
  );
}

type Previewed = { fileHash: string; planHash: string };

function assertPreviewed({ file, problems, plan, hash }: Import, previewed: Previewed): void {
  if (file.hash !== previewed.fileHash) throw new Conflict("accounts.errors.importOtherFile");
  if (problems.length > 0)
    throw new Invalid("errors.form", { file: ["accounts.errors.importProblems"] });
  const touches = plan.planned.some(({ state }) => state !== "unchanged");
  if (touches && hash !== previewed.planHash) throw new Conflict("accounts.errors.importMoved");
}

async function newId(tx: Tx): Promise<string> {
  const { id } = await readOneRow(tx, idRow)`select gen_random_uuid() as id`;
  return id;
}

/** @returns what became of people's memberships */
async function write(step: RecordedStep, plan: Plan, importId: string): Promise<MemberMove[]> {
  switch (plan.kind) {
    case "accounts":
      await writeAccounts(step, plan, importId);
      return [];
    case "apps":
      await writeApps(step, plan, importId);
      return [];
    case "members":
      return writeMembers(step, plan, importId);
  }
}
