import { useLocale, useTranslations } from "next-intl";

import type { Locale } from "@/db/vocabulary";
import type { findPopup } from "@/domain/inbox/list";
import { formatDateTime } from "@/lib/format";

import { closePopupAction } from "../inbox/actions";
import { PopupDialog } from "./popup-dialog";

type Props = { message: NonNullable<Awaited<ReturnType<typeof findPopup>>> };

/** Shown once for each major change (P39): what changes, when, and the way to it. */
export function ChangePopup({ message }: Props) {
  const t = useTranslations("home.console.popup");
  const locale = useLocale() as Locale;
  const { facts } = message.told;
  return (
    <PopupDialog
      id={message.id}
      href={`/acknowledgements/${facts.versionId}`}
      close={closePopupAction}
      title={t("title", {
        title: facts.documentTitle[locale] ?? facts.documentTitle["zh-CN"] ?? "",
        label: facts.label,
      })}
      later={t("later")}
      read={t("read")}
    >
      <p className="text-ink-soft mb-3">
        {t("effective", { date: formatDateTime(facts.effectiveAt, locale) })}
      </p>
      <ol className="list-decimal space-y-1 pl-5">
        {facts.changes.slice(0, 5).map(({ text }, index) => (
          <li key={index}>{text[locale] ?? text["zh-CN"]}</li>
        ))}
      </ol>
      {facts.changes.length > 5 && (
        <p className="text-ink-muted mt-2">{t("more", { count: facts.changes.length - 5 })}</p>
      )}
    </PopupDialog>
  );
}
