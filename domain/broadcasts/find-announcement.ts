import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { broadcasts } from "@/db/schema";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { readFacts } from "./facts";

/** One thing that was announced to everybody. @throws NotFound for what was told to its recipients only */
export const findAnnouncement = query({
  may: "announcement.read",
  input: z.object({ id: uuid }),

  async run({ db }, { id }) {
    const [row] = await db
      .select({
        id: broadcasts.id,
        kind: broadcasts.kind,
        facts: broadcasts.facts,
        startedAt: broadcasts.startedAt,
      })
      .from(broadcasts)
      .where(and(eq(broadcasts.id, id), eq(broadcasts.isPublic, true)));
    if (!row) throw new NotFound("errors.notFound");
    return { id: row.id, startedAt: row.startedAt, told: readFacts(row.kind, row.facts) };
  },
});
