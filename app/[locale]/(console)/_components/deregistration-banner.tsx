import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import type { listOwnDeregistrations } from "@/domain/deregistrations/read-own";
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
