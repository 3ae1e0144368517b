import { eq } from "drizzle-orm";
import { z } from "zod";

import { users } from "@/db/schema";
import { OPTIONAL_PUSHES, type OptionalPush } from "@/db/vocabulary/broadcasts";
import { LOCALES } from "@/db/vocabulary/languages";

import { query } from "../query";
import { verb } from "../verb";
import { mailChoice, mailColumns, pacesOf, takePaces } from "./mail-choices";
import { person } from "./permissions";

/** What a person has chosen for themselves: the language of mails, how what is optional comes, who sees the address. */
export const readOwnSettings = query({
  may: "access.changeOwn",
  input: z.object({}),

  async run({ db, actor }) {
    const [found] = await db
      .select({
        locale: users.locale,
        showsAddress: users.showsAddress,
        mutedPushes: users.mutedPushes,
        ...mailColumns,
      })
      .from(users)
      .where(eq(users.id, person(actor).id));
    if (!found) throw new Error("the person of the session is gone");
    const { locale, showsAddress, mutedPushes } = found;
    const shown = (push: OptionalPush) => !mutedPushes.includes(push);
    return {
      ...{ locale, showsAddress, mails: pacesOf(found) },
      pushes: {
        announcements: shown("announcements"),
        minor_changes: shown("minor_changes"),
        requests: shown("requests"),
      } satisfies Record<OptionalPush, boolean>,
    };
  },
});

/**
 * Changes the language of a person's mails, how announcements and minor changes are mailed to them, what
 * shows up in their browsers, and whether the other members of their accounts see their address (P23).
 * What is mandatory (major changes, incidents, answers) has no setting: it cannot be turned off (P41).
 */
export const changeOwnSettings = verb({
  may: "access.changeOwn",
  input: z.object({
    locale: z.enum(LOCALES, { error: "errors.field.required" }),
    mails: mailChoice,
    pushes: z.object({
      announcements: z.boolean(),
      minor_changes: z.boolean(),
      requests: z.boolean(),
    } satisfies Record<OptionalPush, z.ZodBoolean>),
    showsAddress: z.boolean(),
  }),

  async run(step, { locale, mails, pushes, showsAddress }) {
    const { tx, actor, record, unchanged } = step;
    const { id } = person(actor);
    const [before] = await tx.select().from(users).where(eq(users.id, id)).for("update");
    if (!before) throw new Error("the person of the session is gone");
    const mutedPushes = OPTIONAL_PUSHES.filter((one) => !pushes[one]);
    const isPushed = before.mutedPushes.toSorted().join() !== mutedPushes.toSorted().join();
    const isMailed = await takePaces(step, { person: before, paces: mails });
    const isSame = before.locale === locale && before.showsAddress === showsAddress;
    if (isSame && !isMailed && !isPushed) return unchanged();

    await tx.update(users).set({ locale, showsAddress, mutedPushes }).where(eq(users.id, id));
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
    if (isPushed)
      await record("person.changed_mails", {
        id,
        before: { mutedPushes: before.mutedPushes },
        after: { mutedPushes },
      });
  },
});
