import { getLocale, getTranslations } from "next-intl/server";

import { MailPreview } from "@/app/[locale]/(ops)/ops/_components/mail-preview";
import { PreviewPanes } from "@/app/[locale]/(ops)/ops/_components/preview-panes";
import { BroadcastBody } from "@/components/broadcasts/broadcast-body";
import { noticeKind, noticeTitle } from "@/components/broadcasts/broadcast-title";
import { LOCALES } from "@/db/vocabulary/languages";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { previewNotice } from "@/domain/incidents/preview-notice";
import { previewMail } from "@/server/mail-preview";

type Props = { ctx: Context; read: OpsNotice; height: string };

/** The mail in each language, its plain text, and the in-site message, as their readers get them. */
export async function NoticePreview({ ctx, read, height }: Props) {
  const [t, language, locale, told] = await Promise.all([
    getTranslations("incidents.desk.preview"),
    getTranslations("policies.language"),
    getLocale(),
    previewNotice(ctx, { noticeId: read.notice.id }),
  ]);
  const plain = await previewMail(told, locale);
  return (
    <PreviewPanes
      label={t("label")}
      panes={[
        ...LOCALES.map((one) => ({
          key: `mail-${one}`,
          label: t("mail", { language: language(one) }),
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

type ScrolledProps = { label: string; height: string; children: React.ReactNode };

/** Scrolls by itself, so that a long text does not push the rest away. */
function Scrolled({ label, height, children }: ScrolledProps) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className={`border-line bg-raised relative overflow-auto rounded-md border p-5 ${height}`}
    >
      {children}
    </div>
  );
}
