import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { handlerChoices } from "@/db/schema";
import { MAIL_PACES, type MailPace } from "@/db/vocabulary/broadcasts";
import { HANDLER_MATTERS, type HandlerMatter } from "@/db/vocabulary/requests";

import { person } from "../access/permissions";
import { query } from "../query";
import { verb } from "../verb";

const pace = z.enum(MAIL_PACES, { error: "errors.field.required" });
/** How each comes. The day of one's own case is no choice of never: the law set it, and nobody else is told. */
const choices = z.object({
  assigned: pace,
  own_due: pace.exclude(["never"], { error: "errors.field.required" }),
  open_due: pace,
  queue: pace,
  requester: pace,
} satisfies Record<HandlerMatter, z.ZodType<MailPace>>);
export type HandlerPaces = z.output<typeof choices>;

const AT_ONCE: HandlerPaces = {
  ...{ assigned: "at_once", own_due: "at_once", open_due: "at_once" },
  ...{ queue: "at_once", requester: "at_once" },
};

async function readPaces(db: Db | Tx, userId: string): Promise<HandlerPaces> {
  const rows = await db.select().from(handlerChoices).where(eq(handlerChoices.userId, userId));
  const chosen = rows.map((row) => [row.matter, row.pace]);
  return choices.parse({ ...AT_ONCE, ...Object.fromEntries(chosen) });
}

/** How the reader, a handler, is mailed of each; at once where they never chose. */
export const readHandlerMails = query({
  may: "request.handle",
  input: z.object({}),

  run: ({ db, actor }) => readPaces(db, person(actor).id),
});

/**
 * Chooses it for oneself. In the site everything stands at once, whatever is chosen. What waited for a
 * digest and is not wanted any more is left out of it; what is wanted at once from now on still comes
 * with the next one.
 */
export const chooseHandlerMails = verb({
  may: "request.handle",
  input: z.object({ mails: choices }),

  async run({ tx, actor, record, unchanged }, { mails }): Promise<void> {
    const { id: userId } = person(actor);
    // Two forms of one person are taken one after the other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${userId}, 0))`);
    const before = await readPaces(tx, userId);
    if (HANDLER_MATTERS.every((matter) => before[matter] === mails[matter])) return unchanged();
    await tx.delete(handlerChoices).where(eq(handlerChoices.userId, userId));
    const others = HANDLER_MATTERS.filter((matter) => mails[matter] !== "at_once");
    if (others.length > 0)
      await tx
        .insert(handlerChoices)
        .values(others.map((matter) => ({ userId, matter, pace: mails[matter] })));
    await record("person.changed_handler_mails", { id: userId, before, after: mails });
  },
});

/** What handlers chose otherwise than at once, by person and matter. There are few of them: all is read together. */
export type Choices = ReadonlyMap<string, MailPace>;

export async function readChoices(tx: Tx): Promise<Choices> {
  const rows = await tx.select().from(handlerChoices);
  return new Map(rows.map(({ userId, matter, pace: chosen }) => [`${userId} ${matter}`, chosen]));
}

/** Of these people, who is mailed of something at once, and who with their digest; the rest not at all. */
export function chosenBy(
  made: Choices,
  { userIds, matter }: { userIds: readonly string[]; matter: HandlerMatter },
): { atOnce: string[]; daily: string[] } {
  const having = (wanted: MailPace) =>
    userIds.filter((id) => (made.get(`${id} ${matter}`) ?? "at_once") === wanted);
  return { atOnce: having("at_once"), daily: having("daily") };
}

/** What an update is about for a handler: of the row `b` of broadcasts, in the hands of whom the condition says. */
export const matterOf = (isTheirs: SQL): SQL => sql`(case b.facts ->> 'event'
  when 'handler_assigned' then 'assigned'
  when 'handler_reminded' then case when ${isTheirs} then 'own_due' else 'open_due' end
  when 'handler_withdrawn' then 'requester'
  when 'handler_answered' then case when ${isTheirs} then 'requester' else 'queue' end
  else 'queue' end)`;

/** Whether an update is of a last day, or of one that has passed: of the row `b`. No choice holds for it. */
export const IS_DUE: SQL = sql`coalesce((b.facts ->> 'workingDaysLeft')::int <= 0, false)`;
