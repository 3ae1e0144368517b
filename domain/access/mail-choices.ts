import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { checkpointReaders, mailKeys, type User, users } from "@/db/schema";
import {
  ENDED_BY_CLICK,
  MAIL_PACES,
  type MailPace,
  OPTIONAL_MAILS,
  type OptionalMail,
} from "@/db/vocabulary/broadcasts";
import { maskEmail } from "@/lib/email-address";

import { takeCheckpointMails } from "../audit/checkpoint-mails";
import { stopOptional } from "../broadcasts/optional-mails";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { type RecordedStep, verb } from "../verb";

const pace = z.enum(MAIL_PACES, { error: "errors.field.required" });
/** How each of the mails comes that may be turned off. */
export const mailChoice = z.object({ announcements: pace, minor_changes: pace });
export type Paces = Record<OptionalMail, MailPace>;

/** Where a choice stands: whether the mail is wanted, and whether it may wait for the day's others. */
export const mailColumns = {
  wantsAnnouncementMails: users.wantsAnnouncementMails,
  wantsMinorChangeMails: users.wantsMinorChangeMails,
  announcementsDaily: users.announcementsDaily,
  minorChangesDaily: users.minorChangesDaily,
};
type Columns = Pick<User, keyof typeof mailColumns>;

const paceOf = (isWanted: boolean, isDaily: boolean): MailPace =>
  isWanted ? (isDaily ? "daily" : "at_once") : "never";

export const pacesOf = (row: Columns): Paces => ({
  announcements: paceOf(row.wantsAnnouncementMails, row.announcementsDaily),
  minor_changes: paceOf(row.wantsMinorChangeMails, row.minorChangesDaily),
});

const columnsOf = ({ announcements, minor_changes: minor }: Paces): Columns => ({
  wantsAnnouncementMails: announcements !== "never",
  announcementsDaily: announcements === "daily",
  wantsMinorChangeMails: minor !== "never",
  minorChangesDaily: minor === "daily",
});

/**
 * Takes a person's choice over: of what they no longer want nothing leaves that has not left, and
 * nothing waits. What waits for a digest and is wanted at once from now on still comes with the next one.
 * @returns whether it is another choice than before
 */
export async function takePaces(
  { tx, now, record }: RecordedStep,
  { person, paces }: { person: User; paces: Paces },
): Promise<boolean> {
  const before = pacesOf(person);
  if (OPTIONAL_MAILS.every((mail) => before[mail] === paces[mail])) return false;
  await tx.update(users).set(columnsOf(paces)).where(eq(users.id, person.id));
  const ended = OPTIONAL_MAILS.filter((mail) => paces[mail] === "never");
  const hasDigest = OPTIONAL_MAILS.some((mail) => paces[mail] !== "never");
  const mails = hasDigest ? ended : ([...ended, "digest"] as const);
  await stopOptional(tx, { userId: person.id, mails, now });
  await record("person.changed_mails", { id: person.id, before, after: paces });
  return true;
}

const byKey = z.object({ key: uuid });

/** What the links of optional mails open, without signing in. @throws NotFound for a wrong key, or once its person is gone */
export const findMailChoices = query({
  may: "access.chooseMails",
  input: byKey,

  async run({ db }, { key }) {
    const person = await holderOf(db, key);
    const readers = eq(checkpointReaders.userId, person.id);
    const wantsCheckpoints = (await db.$count(checkpointReaders, readers)) > 0;
    return { maskedEmail: maskEmail(person.email), mails: pacesOf(person), wantsCheckpoints };
  },
});

/** Chooses by such a link. @throws NotFound */
export const chooseMails = verb({
  may: "access.chooseMails",
  input: z.object({ key: uuid, mails: mailChoice, wantsCheckpoints: z.boolean() }),

  async run(step, { key, mails, wantsCheckpoints: isWanted }): Promise<void> {
    const { id } = await holderOf(step.tx, key);
    const person = await lockPerson(step.tx, id);
    const isOther = await takePaces(step, { person, paces: mails });
    if (!(await takeCheckpointMails(step, { userId: id, isWanted })) && !isOther) step.unchanged();
  },
});

/**
 * One click in a mail program (RFC 8058): from now on what it names is not mailed. Again, or by what is
 * no key or names nothing, changes nothing.
 */
export const endMails = verb({
  may: "access.chooseMails",
  input: z.object({
    key: uuid.nullable().catch(null),
    of: z.string().nullable(),
  }),

  async run(step, { key, of }): Promise<void> {
    const { tx, unchanged } = step;
    const ended = ENDED_BY_CLICK.find((one) => one === of);
    const held = key && ended ? await heldBy(tx, key) : null;
    if (!held) return unchanged();
    const person = await lockPerson(tx, held.id);
    if (ended === "checkpoint") {
      if (!(await takeCheckpointMails(step, { userId: held.id, isWanted: false }))) unchanged();
      return;
    }
    const paces = pacesOf(person);
    for (const mail of OPTIONAL_MAILS)
      if (ended === "digest" ? paces[mail] === "daily" : ended === mail) paces[mail] = "never";
    if (!(await takePaces(step, { person, paces }))) unchanged();
  },
});

async function holderOf(db: Db | Tx, key: string): Promise<User> {
  const held = await heldBy(db, key);
  if (!held) throw new NotFound("errors.notFound");
  return held;
}

async function heldBy(db: Db | Tx, key: string): Promise<User | null> {
  const [found] = await db
    .select({ user: users })
    .from(mailKeys)
    .innerJoin(users, and(eq(users.id, mailKeys.userId), isNull(users.erasedAt)))
    .where(eq(mailKeys.key, key));
  return found?.user ?? null;
}

async function lockPerson(tx: Tx, id: string): Promise<User> {
  const [person] = await tx.select().from(users).where(eq(users.id, id)).for("update");
  if (!person) throw new NotFound("errors.notFound");
  return person;
}
