import { sql } from "drizzle-orm";
import { z } from "zod";

import { query } from "../query";

/** Answers when the database does. */
export const pingDatabase = query({
  may: "access.readSession",
  input: z.object({}),
  run: async ({ db }) => {
    await db.execute(sql`select 1`);
  },
});
