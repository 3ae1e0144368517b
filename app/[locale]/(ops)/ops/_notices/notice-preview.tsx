import { getLocale, getTranslations } from "next-intl/server";

import { MailPreview } from "@/app/[locale]/(ops)/ops/_components/mail-preview";
import { Panes } from "@/app/[locale]/(ops)/ops/_components/panes";
import { BroadcastBody } from "@/components/broadcasts/broadcast-body";
import { LOCALES } from "@/db/vocabulary/languages";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { previewNotice } from "@/domain/incidents/preview-notice";
import { previewMail } from "@/server/mail-preview";
import { noticeKind, noticeTitle } from "@/wording/notice-line";

import { Scrolled } from "../_reviews/frame";

type Props = { ctx: Context; read: OpsNotice; height: string };

/** The mail in each language, its plain text, and the in-site message, as their readers get them. */
export async function NoticePreview({ ctx, read, height }: Props) {
  const [t, r, language, locale, told] = await Promise.all([
    getTranslations("incidents.desk.preview"),
    getTranslations("reviews.preview"),
    getTranslations("policies.language"),
    getLocale(),
    previewNotice(ctx, { noticeId: read.notice.id }),
  ]);
  const plain = await previewMail(told, locale);
  return (
    <Panes
      label={r("label")}
      panes={[
        ...LOCALES.map((one) => ({
          key: `mail-${one}`,
          label: r("mail", { language: language(one) }),
          content: <MailPreview told={told} locale={one} height={height} />,
        })),
        {
          key: "text",
          label: t("plain"),
          content: (
            <Scrolled label={t("plain")} height={height}>
              <p className="text-small wrap-anywhere whitespace-pre-wrap">{plain.text}</p>
            </Scrolled>
          ),
        },
        {
          key: "inbox",
          label: t("inbox"),
          content: (
            <Scrolled label={t("inbox")} height={height}>
              <p className="text-small text-ink-muted">{noticeKind(told, locale)}</p>
              <h3 className="text-body mb-3 font-semibold">{noticeTitle(told, locale)}</h3>
              <BroadcastBody told={told} />
            </Scrolled>
          ),
        },
      ]}
    />
  );
}
