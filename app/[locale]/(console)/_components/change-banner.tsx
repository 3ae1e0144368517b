import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import type { PendingAnswer } from "@/domain/policies/pending-answers";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";

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
