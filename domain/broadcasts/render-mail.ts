import { sql } from "drizzle-orm";
import { z } from "zod";

import { broadcastMails } from "@/db/schema";
import type { RenderedWords } from "@/db/schema/broadcasts";
import { BROADCAST_KINDS } from "@/db/vocabulary/broadcasts";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { hashOf } from "@/lib/hash";

import { chore } from "../chore";
import { query } from "../query";
import { readRows } from "../rows";
import { verb } from "../verb";
import { readFacts, type Told } from "./facts";
import { oneWaiting, urgencyOf } from "./turns";

export type MailToRender = { broadcastId: string; locale: Locale; told: Told };

const waitingRow = z.object({
  id: z.string(),
  kind: z.enum(BROADCAST_KINDS),
  facts: z.unknown(),
  locale: z.enum(LOCALES),
});

/** The mails that waiting deliveries need and nobody has rendered yet, the most urgent first: one per broadcast and language. */
export const listMailsToRender = query({
  may: "broadcast.deliver",
  input: z.object({ most: z.int().optional() }),

  async run({ db }, { most }): Promise<MailToRender[]> {
    const rows = await readRows(db, waitingRow)`
      select b.id, b.kind, b.facts, l.locale
      from broadcasts b
      cross join unnest(${sql.param([...LOCALES])}::text[]) as l(locale)
      cross join lateral (${oneWaiting({ broadcastId: sql`b.id`, locale: sql`l.locale` })}) as waiting
      where b.status = 'sending'
        and not exists (
          select 1 from broadcast_mails m where m.broadcast_id = b.id and m.locale = l.locale
        )
      order by ${urgencyOf(sql`b.kind`)}, b.started_at
      limit ${most ?? null}`;
    return rows.map(({ id, kind, facts, locale }) => ({
      broadcastId: id,
      locale,
      told: readFacts(kind, facts),
    }));
  },
});

/**
 * Keeps the rendered mail, and what the portal shows of what accounts are told. The first one stays, so
 * that every recipient gets the same; its hash goes on the record, once for all who read that language.
 */
export const keepRenderedMail = chore({
  may: "broadcast.deliver",
  input: z.object({
    broadcastId: z.uuid(),
    locale: z.enum(LOCALES),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    unsubscribe: z.string().optional(),
    replyTo: z.string().optional(),
    shown: z.custom<RenderedWords>().nullable().default(null),
  }),
  async run(step, { broadcastId, locale, ...rendered }) {
    const [kept] = await step.tx
      .insert(broadcastMails)
      .values({ broadcastId, locale, ...rendered })
      .onConflictDoNothing()
      .returning();
    if (kept?.shown) await noteRendered(step, { broadcastId, locale, hash: hashOf(shownOf(kept)) });
  },
});

type Kept = typeof broadcastMails.$inferSelect;

/** What the record holds of one language by its hash (RFC 8785): mail, message and popup. */
export const shownOf = ({
  subject,
  html,
  text,
  shown,
}: Pick<Kept, "subject" | "html" | "text" | "shown">) => ({
  mail: { subject, html, text },
  ...shown,
});

const noteRendered = verb({
  may: "broadcast.deliver",
  input: z.object({ broadcastId: z.uuid(), locale: z.enum(LOCALES), hash: z.string() }),

  async run({ record }, { broadcastId, locale, hash }) {
    await record("broadcast.rendered", { id: broadcastId, after: { locale, shownHash: hash } });
  },
});
