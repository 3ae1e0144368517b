import { LOCALES } from "@/db/vocabulary/languages";
import { PREVIEWS } from "@/emails/previews";
import { renderMail } from "@/emails/render";

/** Prints every kind of mail in every language, with invented facts, for mails.pictures.ts. */
const mails = await Promise.all(
  LOCALES.flatMap((locale) =>
    PREVIEWS.map(async ({ name, mail }) => {
      const { html } = await renderMail(mail(locale), { locale });
      return { locale, name, html };
    }),
  ),
);
process.stdout.write(JSON.stringify(mails));
