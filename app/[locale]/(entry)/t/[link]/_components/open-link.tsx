import { useLocale, useTranslations } from "next-intl";

import { ReadingHead } from "@/components/layout/reading-page";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Facts } from "@/components/ui/facts";
import { Time } from "@/components/ui/time";
import type { ShownLink } from "@/domain/tickets/read-link";
import { localized } from "@/lib/localized";

import { openLinkAction } from "../actions";

type Open = Extract<ShownLink, { state: "open" }>;
type Props = { link: string; shown: Open; isSignedIn: boolean };

/** What the link opens, and the buttons that do; of somebody else's link only that it is. */
export function OpenLink({ link, shown, isSignedIn }: Props) {
  const t = useTranslations("tickets.landing");
  const { ticketNumber, purpose, expiresAt, notice, request, uin, isForOther } = shown;
  return (
    <>
      <ReadingHead title={t(`titles.${purpose}`)} lead={t(`leads.${purpose}`)} />
      <div className="border-line mb-8 border-y py-4">
        <Facts
          facts={[
            { term: t("ticket"), value: <bdi className="wrap-anywhere">{ticketNumber}</bdi> },
            ...(notice ? [{ term: t("opens"), value: <NoticeName notice={notice} /> }] : []),
            ...(request ? [{ term: t("opens"), value: t("request", { number: request }) }] : []),
            ...(uin ? [{ term: t("opens"), value: t("account", { uin }) }] : []),
            { term: t("until"), value: <Time at={expiresAt} /> },
          ]}
        />
      </div>
      {isForOther ? (
        <Banner tone="warn" title={t("otherPerson")}>
          {t("otherPersonText")}
        </Banner>
      ) : (
        <Ways link={link} shown={shown} isSignedIn={isSignedIn} />
      )}
    </>
  );
}

/** One button, or two doors for who has to say first who they are. */
function Ways({ link, shown: { purpose, isBound }, isSignedIn }: Props) {
  const t = useTranslations("tickets.landing");
  const locale = useLocale();
  const asksWho = !isSignedIn && (purpose !== "read_notice" || isBound);
  const developer = (
    <>
      <SubmitButton
        variant={purpose === "deregister_account" ? "primary" : "outline"}
        name="way"
        value="developer"
      >
        {t("asDeveloper")}
      </SubmitButton>
      <p className="text-ui text-ink-muted mt-2">{t(`developerTexts.${purpose}`)}</p>
    </>
  );
  return (
    <ActionForm action={openLinkAction}>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="link" value={link} />
      {!asksWho && <SubmitButton>{t(`goOn.${purpose}`)}</SubmitButton>}
      {asksWho && purpose !== "deregister_account" && (
        <>
          <SubmitButton name="way" value="end_user">
            {t("asEndUser")}
          </SubmitButton>
          <p className="text-ui text-ink-muted mt-2 mb-5">{t("asEndUserText")}</p>
        </>
      )}
      {asksWho && developer}
    </ActionForm>
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
