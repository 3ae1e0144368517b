import { sql } from "drizzle-orm";
import { z } from "zod";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { announced, type AnnouncedRow, asAnnouncement } from "./announcements";

/** One thing that was announced to everybody. @throws NotFound for what was told to its recipients only */
export const findAnnouncement = query({
  may: "announcement.read",
  input: z.object({ id: uuid }),

  async run({ db }, { id }) {
    const { rows } = await db.execute<AnnouncedRow>(
      sql`select * from ${announced} where id = ${id}`,
    );
    const [row] = rows;
    if (!row) throw new NotFound("errors.notFound");
    return asAnnouncement(row);
  },
});
