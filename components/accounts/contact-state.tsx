import { useLocale, useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import { CellNote } from "@/components/ui/table";
import type { AccountContact } from "@/domain/accounts/contacts-of";
import { formatDate, formatTableDateTime } from "@/lib/format";

/** Whether a contact is told, and if not, what is missing. */
export function ContactState({ contact }: { contact: AccountContact }) {
  const t = useTranslations("contacts");
  const locale = useLocale();
  const { verifiedAt, sentAt, suppressed, isExpired } = contact;
  const state = suppressed
    ? "suppressed"
    : verifiedAt
      ? "verified"
      : isExpired
        ? "expired"
        : "waiting";
  const notes = {
    suppressed: () => t("suppressedNote"),
    verified: () => verifiedAt && t("since", { date: formatDate(verifiedAt, locale) }),
    expired: () => sentAt && t("expiredNote", { date: formatDate(sentAt, locale) }),
    waiting: () => sentAt && t("sent", { at: formatTableDateTime(sentAt) }),
  };
  return (
    <div>
      <Status tone={TONES[state]}>{t(`status.${state}`)}</Status>
      <CellNote>{notes[state]()}</CellNote>
    </div>
  );
}

const TONES = {
  verified: "ok",
  waiting: "run",
  expired: "warn",
  suppressed: "danger",
} as const satisfies Record<string, StatusTone>;
