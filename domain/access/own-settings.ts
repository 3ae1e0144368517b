import { eq } from "drizzle-orm";
import { z } from "zod";

import { users } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";

import { query } from "../query";
import { verb } from "../verb";
import { person } from "./permissions";

/** The mails that a person may turn off. */
const MAILS = ["wantsAnnouncementMails", "wantsMinorChangeMails"] as const;

/** What a person has chosen for themselves: the language of mails, which of the others are mailed, who sees the address. */
export const readOwnSettings = query({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ db, actor }) {
    const [settings] = await db
      .select({
        locale: users.locale,
        wantsAnnouncementMails: users.wantsAnnouncementMails,
        wantsMinorChangeMails: users.wantsMinorChangeMails,
        showsAddress: users.showsAddress,
      })
      .from(users)
      .where(eq(users.id, person(actor).id));
    if (!settings) throw new Error("the person of the session is gone");
    return settings;
  },
});

/**
 * Changes the language of a person's mails, whether announcements and minor changes are
 * mailed to them, and whether the other members of their accounts see their address (P23). What is
 * mandatory (major changes, incidents, answers) has no setting: it cannot be turned off (P41).
 */
export const changeOwnSettings = verb({
  may: "access.changeOwn",
  input: z.object({
    locale: z.enum(LOCALES, { error: "errors.field.required" }),
    wantsAnnouncementMails: z.boolean(),
    wantsMinorChangeMails: z.boolean(),
    showsAddress: z.boolean(),
  }),

  async run({ tx, actor, record, unchanged }, settings) {
    const { id } = person(actor);
    const [before] = await tx.select().from(users).where(eq(users.id, id)).for("update");
    if (!before) throw new Error("the person of the session is gone");
    const { locale, showsAddress } = settings;
    const isMailed = MAILS.some((name) => before[name] !== settings[name]);
    const isSame = before.locale === locale && before.showsAddress === showsAddress;
    if (isSame && !isMailed) return unchanged();

    await tx.update(users).set(settings).where(eq(users.id, id));
    if (before.showsAddress !== showsAddress)
      await record("person.changed_visibility", {
        id,
        before: { showsAddress: before.showsAddress },
        after: { showsAddress },
      });
    if (before.locale !== locale)
      await record("person.changed_language", {
        id,
        before: { locale: before.locale },
        after: { locale },
      });
    if (isMailed)
      await record("person.changed_mails", {
        id,
        before: mailsOf(before),
        after: mailsOf(settings),
      });
  },
});

type Mails = Record<(typeof MAILS)[number], boolean>;

const mailsOf = ({ wantsAnnouncementMails, wantsMinorChangeMails }: Mails) => ({
  wantsAnnouncementMails,
  wantsMinorChangeMails,
});
