import "server-only";

import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import type { Context } from "@/domain/context";
import type { Told } from "@/domain/broadcasts/facts";
import { personalise } from "@/lib/mail-template";
import { previewNotice } from "@/domain/incidents/preview-notice";
import { PREVIEWS } from "@/emails/previews";
import { renderBroadcastMail, renderMail } from "@/emails/render";
import { env } from "@/lib/env";
import { translator } from "@/messages/translator";

import { contactCard, vendorName } from "./vendor";

export type PreviewedMail = { from: string; subject: string; html: string; text: string };

/** What is a reader's own in a mail. */
type Reader = { name: string; accounts: string; apps: string };

/** The mail of a broadcast as it would leave now, to a reader or with words where a reader's own will be. */
export async function previewMail(
  told: Told,
  locale: Locale,
  reader: Reader = sampleReader(locale),
): Promise<PreviewedMail> {
  const { APP_ORIGIN, MAIL_FROM, MAIL_REPLY_TO } = env();
  const { mail: contact, lines: card } = await contactCard();
  const mail = await renderBroadcastMail(told, {
    locale,
    origin: APP_ORIGIN,
    vendor: vendorName(locale),
    ...{ contact, card, replyTo: MAIL_REPLY_TO },
  });
  return { from: MAIL_FROM, ...personalise(mail, reader) };
}

/** The HTML of a notice's mails in bytes, as the checks before its review ask for it: what is a reader's own left out. */
export async function noticeMails(ctx: Context, noticeId: string) {
  const told = await previewNotice(ctx, { noticeId });
  const nobody = { name: "", accounts: "", apps: "" };
  const sizes = await Promise.all(
    LOCALES.map(async (locale) => {
      const { html } = await previewMail(told, locale, nobody);
      return [locale, Buffer.byteLength(html)] as const;
    }),
  );
  return Object.fromEntries(sizes);
}

export type MailExample = { name: string; subject: string; html: string; text: string };

/** Every kind of mail and its variants in one language, with invented facts and an invented reader. */
export async function listMailExamples(locale: Locale): Promise<MailExample[]> {
  return Promise.all(
    PREVIEWS.map(async ({ name, mail }) => {
      const rendered = await renderMail(mail(locale), { locale });
      return { name, ...personalise(rendered, sampleReader(locale)) };
    }),
  );
}

function sampleReader(locale: Locale) {
  const t = translator(locale, "policies");
  return {
    name: t("ops.preview.sampleName"),
    accounts: t("ops.preview.sampleAccounts"),
    apps: t("ops.preview.sampleApps"),
  };
}
