import { z } from "zod";

import { query } from "../query";
import { planImport } from "./import-plan";
import type { FieldChange, RowState } from "./row-plan";
import { readCsv } from "./read-csv";

/** How much of a long file is shown; the numbers are of all of it. */
const SHOWN = 200;

export type ImportPreview = Awaited<ReturnType<typeof previewImport>>;
export type PreviewRow = {
  line: number;
  state: RowState;
  uin: string;
  /** The SDKAppID or the address; null in a file of accounts. */
  key: string | null;
  changes: FieldChange[];
};

/**
 * What a file would change, and what is wrong with it; nothing is stored. `fileHash` and `planHash`
 * are what `importAccounts` asks back, so that exactly what was shown is written.
 * @throws Invalid at "file" when it is none of the three files
 */
export const previewImport = query({
  may: "account.manage",
  input: z.object({ bytes: z.instanceof(Uint8Array) }),

  async run({ db }, { bytes }) {
    const { file, plan, problems, hash } = await planImport(db, readCsv(bytes));
    const rows: PreviewRow[] = plan.planned.map(({ row, state, changes }) => ({
      line: row.line,
      state,
      uin: row.uin,
      key: "sdkAppId" in row ? row.sdkAppId : "email" in row ? row.email : null,
      changes,
    }));
    const touched = rows.filter(({ state }) => state !== "unchanged");
    const count = (state: RowState) => rows.filter((row) => row.state === state).length;

    return {
      kind: file.kind,
      encoding: file.encoding,
      ignored: file.ignored,
      fileHash: file.hash,
      planHash: hash,
      added: count("added"),
      changed: count("changed"),
      unchanged: count("unchanged"),
      rows: touched.slice(0, SHOWN),
      problems: problems.slice(0, SHOWN),
      problemCount: problems.length,
    };
  },
});
