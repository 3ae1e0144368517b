import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { type UpcomingChange } from "@/domain/policies/list-upcoming-changes";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";

import { HiddenBelow } from "./hidden-below";

/** Major changes that are coming, above every public page but those that tell of them anyway (P39). */
export function UpcomingBanner({ changes }: { changes: readonly UpcomingChange[] }) {
  const t = useTranslations("policies.banner");
  const locale = useLocale();
  return changes.map(({ slug, label, titles, effectiveAt }) => (
    <HiddenBelow key={`${slug} ${label}`} paths={["/", at("/policies/*", slug)]}>
      <Banner
        tone="warn"
        title={t("title", { title: titles[locale], label })}
        actions={
          <ButtonLink href={at("/policies/*/*", slug, label)} size="sm">
            {t("view")}
          </ButtonLink>
        }
      >
        {effectiveAt && t("text", { date: formatDate(effectiveAt, locale) })}
      </Banner>
    </HiddenBelow>
  ));
}
