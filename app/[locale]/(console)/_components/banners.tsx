import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import type { listOwnDeregistrations } from "@/domain/deregistrations/read-own";
import type { PendingAnswer } from "@/domain/policies/pending-answers";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";

type Props = { deregistrations: Awaited<ReturnType<typeof listOwnDeregistrations>> };

/** On every page, for every member: the account is on its way out, and until when it can be kept. */
export function DeregistrationBanner({ deregistrations }: Props) {
  const t = useTranslations("deregistrations.own.banner");
  const locale = useLocale();
  return deregistrations.map(({ id, accountId, accountName, executeAfter, isOwner }) => (
    <Banner
      key={id}
      tone="danger"
      title={t(executeAfter ? "cooling" : "awaiting", { account: accountName })}
      actions={
        <ButtonLink size="sm" href={at("/account/deregistration", { account: accountId })}>
          {t(isOwner ? "cancel" : "look")}
        </ButtonLink>
      }
    >
      {executeAfter
        ? t("coolingText", { at: formatDateTime(executeAfter, locale) })
        : t("awaitingText")}
    </Banner>
  ));
}

/** The nearest major change that waits for an answer; the others are in the list behind it. */
export function ChangeBanner({ pending }: { pending: readonly PendingAnswer[] }) {
  const t = useTranslations("home.console.banner");
  const locale = useLocale() as Locale;
  const [next] = pending;
  if (!next) return null;
  const binds = BINDING_ROLES.some((role) => role === next.role);
  return (
    <Banner
      tone="warn"
      title={t("title", { title: next.titles[locale], label: next.label })}
      actions={
        <ButtonLink size="sm" href={at("/acknowledgements/*", next.versionId)}>
          {t("view")}
        </ButtonLink>
      }
    >
      {t(binds ? "yours" : "owners", { date: formatDateTime(next.effectiveAt, locale) })}
    </Banner>
  );
}
