"use server";

import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { CopyWords } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import type { Locale } from "@/db/vocabulary/languages";
import { type IssuedLink as Issued, issueTicketLink } from "@/domain/tickets/issue-link";
import { formatDateTime } from "@/lib/format";
import { hashOf } from "@/lib/hash";
import { translator } from "@/messages/translator";
import { formAction } from "@/server/action";
import { readLinkWish } from "@/server/ticket-link";
import { readText } from "@/server/read-form";

/** The same form sent twice is the same link; changed in between it is another. */
export const issueLinkAction = formAction(async (ctx, form) => {
  const wish = readLinkWish(form);
  const sent = [...form]
    .filter(([name]) => !name.startsWith("$"))
    .map(([, value]) => String(value));
  const link = await issueTicketLink(ctx, {
    wish,
    idempotencyKey: hashOf([readText(form, "formId"), ...sent.map((text) => text.toWellFormed())]),
  });
  return { shown: <IssuedLink link={link} /> };
});

/** The link, ready to be pasted into the ticket, and in a sentence of either language. */
function IssuedLink({ link }: { link: Issued }) {
  const t = useTranslations("tickets.new");
  const { url, urls, ticketNumber, purpose, expiresAt } = link;
  const sentence = (locale: Locale) =>
    translator(locale, "tickets")(`new.sentences.${purpose}`, {
      ...{ ticket: ticketNumber, url: urls[locale], until: formatDateTime(expiresAt, locale) },
    });
  return (
    <Banner tone="ok" title={t("made", { ticket: ticketNumber })}>
      <p>
        {t("paste")} <Time at={expiresAt} />
      </p>
      <CopyWords text={url} label={t("link")} />
      <CopyWords text={sentence("zh-CN")} label={t("sentence")} lang="zh-CN" />
      <CopyWords text={sentence("en")} label={t("sentenceEn")} lang="en" />
    </Banner>
  );
}
