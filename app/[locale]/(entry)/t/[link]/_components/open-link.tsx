import { useLocale, useTranslations } from "next-intl";

import { ReadingHead } from "@/components/layout/reading-page";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Facts } from "@/components/ui/facts";
import { Time } from "@/components/ui/time";
import type { ShownLink } from "@/domain/tickets/read-link";
import { localized } from "@/lib/localized";

import { openLinkAction } from "../actions";

type Open = Extract<ShownLink, { state: "open" }>;
type Props = { link: string; shown: Open; isSignedIn: boolean };

/** What the link opens, and the buttons that do. */
export function OpenLink({ link, shown, isSignedIn }: Props) {
  const t = useTranslations("tickets.landing");
  const locale = useLocale();
  const { ticketNumber, purpose, expiresAt, notice } = shown;
  const isRequest = purpose === "file_request";
  return (
    <>
      <ReadingHead
        title={t(isRequest ? "requestTitle" : "noticeTitle")}
        lead={t(isRequest ? "requestLead" : "noticeLead")}
      />
      <div className="border-line mb-8 border-y py-4">
        <Facts
          facts={[
            { term: t("ticket"), value: <bdi className="wrap-anywhere">{ticketNumber}</bdi> },
            ...(notice ? [{ term: t("opens"), value: <NoticeName notice={notice} /> }] : []),
            { term: t("until"), value: <Time at={expiresAt} /> },
          ]}
        />
      </div>
      <ActionForm action={openLinkAction}>
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="link" value={link} />
        {isRequest && !isSignedIn ? (
          <>
            <SubmitButton name="way" value="end_user">
              {t("asEndUser")}
            </SubmitButton>
            <p className="text-ui text-ink-muted mt-2 mb-5">{t("asEndUserText")}</p>
            <SubmitButton variant="outline" name="way" value="developer">
              {t("asDeveloper")}
            </SubmitButton>
            <p className="text-ui text-ink-muted mt-2">{t("asDeveloperText")}</p>
          </>
        ) : (
          <SubmitButton>{t(isRequest ? "continue" : "read")}</SubmitButton>
        )}
      </ActionForm>
    </>
  );
}

function NoticeName({ notice }: { notice: NonNullable<Open["notice"]> }) {
  const t = useTranslations("tickets.landing");
  const locale = useLocale();
  const { kind, titles, label } = notice;
  const { text, locale: language } = localized(titles, locale);
  if (!text) return <>{t("incidentNumber", { number: label ?? "" })}</>;
  return (
    <span lang={language}>
      {kind === "policy" ? t("policy", { title: text, label: label ?? "" }) : text}
    </span>
  );
}
