import { z } from "zod";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { readRow } from "../rows";
import { announced, announcedRow, asAnnouncement } from "./announcements";

/** One thing that was announced to everybody. @throws NotFound for what was told to its recipients only */
export const findAnnouncement = query({
  may: "announcement.read",
  input: z.object({ id: uuid }),

  async run({ db }, { id }) {
    const row = await readRow(db, announcedRow)`select * from ${announced} where id = ${id}`;
    if (!row) throw new NotFound("errors.notFound");
    return asAnnouncement(row);
  },
});
