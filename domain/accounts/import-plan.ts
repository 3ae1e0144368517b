import type { Db, Tx } from "@/db/client";
import { sha256Hex } from "@/lib/hash";

import { type AccountPlan, planAccounts } from "./import-account-rows";
import { type AppPlan, planApps } from "./import-app-rows";
import { type MemberPlan, planMembers } from "./import-member-rows";
import type { CsvFile, Problem } from "./read-csv";

export type Plan = AccountPlan | AppPlan | MemberPlan;

/** What a file would do to the accounts as they stand. Nothing may be written while it has problems. */
export type Import = {
  file: CsvFile;
  plan: Plan;
  problems: Problem[];
  /** sha256 over the file and everything it would change: a confirmation is bound to it. */
  hash: string;
};

export async function planImport(db: Db | Tx, file: CsvFile): Promise<Import> {
  const plan = await planRows(db, file);
  const problems = [...file.problems, ...plan.problems].sort((one, other) => one.line - other.line);
  const changes = plan.planned.flatMap(({ state, id, changes }) =>
    state === "unchanged" ? [] : [{ state, id, changes }],
  );
  return { file, plan, problems, hash: sha256Hex(JSON.stringify([file.hash, changes])) };
}

function planRows(db: Db | Tx, file: CsvFile): Promise<Plan> {
  switch (file.kind) {
    case "accounts":
      return planAccounts(db, file.rows);
    case "apps":
      return planApps(db, file.rows);
    case "members":
      return planMembers(db, file.rows);
  }
}
