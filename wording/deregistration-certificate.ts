import type { Locale } from "@/db/vocabulary/languages";
import {
  CERTIFICATE_FATE_OF,
  CERTIFICATE_FATES,
  type CertificateFate,
} from "@/db/vocabulary/deregistrations";
import type { Certificate } from "@/domain/broadcasts/deregistration-facts";
import { formatDate, formatDateTime } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { translator } from "@/messages/translator";

export type CertificateText = {
  lead: string;
  /** `at` (ISO 8601) where the value is a moment. */
  facts: { term: string; value: string; at?: string }[];
  /** What became of what, fate by fate; what was not there is left out. */
  parts: {
    fate: CertificateFate;
    title: string;
    note: string;
    items: { key: string; what: string; count: number; why: string | null }[];
  }[];
  /** What became of the service's data before, store by store; empty where there was none. */
  stores: { key: string; what: string; said: string }[];
  /** Null where nobody's address waits for the last mail. */
  lastMails: string | null;
  law: string;
};

/** A certificate of deregistration in words, the same on its page and in its mail (P33, P10). */
export function certificateText(stated: Certificate, locale: Locale): CertificateText {
  const t = translator(locale, "deregistrations");
  return {
    lead: t("certificate.lead"),
    facts: factsOf(stated, locale),
    parts: CERTIFICATE_FATES.map((fate) => ({
      fate,
      title: t(`certificate.fate.${fate}`),
      note: t(`certificate.fateNote.${fate}`),
      items: stated.items
        .filter(({ item, count }) => CERTIFICATE_FATE_OF[item] === fate && count > 0)
        .map(({ item, count }) => ({
          key: item,
          what: t(`certificate.item.${item}`),
          count,
          why: isKept(item) ? t(`certificate.why.${item}`) : null,
        })),
    })).filter(({ items }) => items.length > 0),
    stores: (stated.stores ?? []).map((one) => ({ key: one.store, ...storeOf(one, locale) })),
    lastMails:
      stated.lastMails > 0 ? t("certificate.lastMails", { count: stated.lastMails }) : null,
    law: t("certificate.law"),
  };
}

type Store = NonNullable<Certificate["stores"]>[number];

/** What was done with one store, when, by whom, and when copies of it expire. */
function storeOf({ store, action, holdReason, ...done }: Store, locale: Locale) {
  const t = translator(locale, "deregistrations");
  const request = translator(locale, "requests");
  const { doneAt, executor, result, backupsUntil } = done;
  const said = [
    request(`act.${action}`),
    doneAt && formatDateTime(doneAt, locale),
    holdReason && request(`hold.${holdReason}`),
    ...[result, executor],
    backupsUntil &&
      t("certificate.backups", { date: formatDate(shanghaiMidnight(backupsUntil), locale) }),
  ];
  return { what: request(`store.${store}`), said: said.filter(Boolean).join(" · ") };
}

function factsOf(stated: Certificate, locale: Locale): CertificateText["facts"] {
  const t = translator(locale, "deregistrations");
  const { number, accountName, uin, requestedAt, confirmedAt, executeAfter, completedAt } = stated;
  const moment = (term: string, at: string) => ({ term, value: formatDateTime(at, locale), at });
  return [
    { term: t("certificate.number"), value: number },
    {
      term: t("certificate.account"),
      value: t("certificate.accountText", { account: accountName, uin }),
    },
    moment(t("certificate.requestedAt"), requestedAt),
    confirmedAt
      ? moment(t("certificate.confirmedAt"), confirmedAt)
      : { term: t("certificate.confirmedAt"), value: t("certificate.nobodyElse") },
    moment(t("certificate.executeAfter"), executeAfter),
    moment(t("certificate.completedAt"), completedAt),
  ];
}

/** What is kept has a reason of its own. */
const KEPT = [
  "account_name",
  "people_elsewhere",
  "acknowledgements",
  "deliveries",
  "requests",
  "audit_entries",
] as const;

const isKept = (item: string): item is (typeof KEPT)[number] => KEPT.some((kept) => kept === item);
