import { sql } from "drizzle-orm";

import { pairsOf } from "../broadcasts/audience";
import { readerInput, readersOf } from "../broadcasts/preview-reader";
import { uuid } from "../input";
import { query } from "../query";
import { findWithDocument } from "./find";

/** Who of an account would be told of a version if it were approved now, for a look with their eyes. */
export const listVersionReaders = query({
  may: "policy.readDrafts",
  input: readerInput.extend({ versionId: uuid }),

  async run({ db }, { versionId, uin }) {
    const { document } = await findWithDocument(db, versionId);
    const { productId } = document;
    return readersOf(db, {
      uin,
      pairs: pairsOf({ productId }),
      apps: sql`select id as app_id, account_id from apps where product_id = ${productId} and closed_at is null`,
    });
  },
});
