import { eq } from "drizzle-orm";
import { z } from "zod";

import { users } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";

import { query } from "../query";
import { verb } from "../verb";
import { person } from "./permissions";

/** What a person has chosen for themselves: the language of mails, and whether announcements are mailed. */
export const readOwnSettings = query({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ db, actor }) {
    const [settings] = await db
      .select({ locale: users.locale, wantsAnnouncementMails: users.wantsAnnouncementMails })
      .from(users)
      .where(eq(users.id, person(actor).id));
    if (!settings) throw new Error("the person of the session is gone");
    return settings;
  },
});

/**
 * Changes the language of a person's mails, and whether announcements are mailed to them. What is
 * mandatory (policy changes, incidents, answers) has no setting: it cannot be turned off (P41).
 */
export const changeOwnSettings = verb({
  may: "access.changeOwn",
  input: z.object({
    locale: z.enum(LOCALES, { error: "errors.field.required" }),
    wantsAnnouncementMails: z.boolean(),
  }),

  async run({ tx, actor, record, unchanged }, settings) {
    const { id } = person(actor);
    const [before] = await tx.select().from(users).where(eq(users.id, id)).for("update");
    if (!before) throw new Error("the person of the session is gone");
    const { locale, wantsAnnouncementMails } = settings;
    if (before.locale === locale && before.wantsAnnouncementMails === wantsAnnouncementMails)
      return unchanged();

    await tx.update(users).set(settings).where(eq(users.id, id));
    if (before.locale !== locale)
      await record("person.changed_language", {
        id,
        before: { locale: before.locale },
        after: { locale },
      });
    if (before.wantsAnnouncementMails !== wantsAnnouncementMails)
      await record("person.changed_mails", {
        id,
        before: { wantsAnnouncementMails: before.wantsAnnouncementMails },
        after: { wantsAnnouncementMails },
      });
  },
});
