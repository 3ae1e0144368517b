import { sql } from "drizzle-orm";
import { z } from "zod";

import { broadcastMails } from "@/db/schema";
import { BROADCAST_KINDS } from "@/db/vocabulary/broadcasts";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";

import { chore } from "../chore";
import { query } from "../query";
import { readRows } from "../rows";
import { readFacts, type Told } from "./facts";

export type MailToRender = { broadcastId: string; locale: Locale; told: Told };

const waitingRow = z.object({
  id: z.string(),
  kind: z.enum(BROADCAST_KINDS),
  facts: z.unknown(),
  locale: z.enum(LOCALES),
});

/** The mails that waiting deliveries need and nobody has rendered yet: one per broadcast and language. */
export const listMailsToRender = query({
  may: "broadcast.deliver",
  input: z.object({}),

  async run({ db }): Promise<MailToRender[]> {
    const rows = await readRows(db, waitingRow)`
      select b.id, b.kind, b.facts, l.locale
      from broadcasts b
      cross join unnest(${sql.param([...LOCALES])}::text[]) as l(locale)
      where b.status = 'sending'
        and exists (
          select 1 from deliveries d
          where d.broadcast_id = b.id and d.locale = l.locale
            and d.channel = 'email' and d.status = 'queued' and d.batch_id is null
        )
        and not exists (
          select 1 from broadcast_mails m where m.broadcast_id = b.id and m.locale = l.locale
        )`;
    return rows.map(({ id, kind, facts, locale }) => ({
      broadcastId: id,
      locale,
      told: readFacts(kind, facts),
    }));
  },
});

/** Keeps the rendered mail. The first one stays, so that every recipient gets the same. */
export const keepRenderedMail = chore({
  may: "broadcast.deliver",
  input: z.object({
    broadcastId: z.uuid(),
    locale: z.enum(LOCALES),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
  }),
  run: async ({ tx }, mail) => {
    await tx.insert(broadcastMails).values(mail).onConflictDoNothing();
  },
});
