import { useLocale, useTranslations } from "next-intl";

import { HiddenBelow } from "@/components/layout/pathname";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { listUpcomingChanges, type UpcomingChange } from "@/domain/policies/list-upcoming-changes";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { publicContext } from "@/server/public-context";

/** Read only where it is shown: in the console the change has a banner of its own. */
export async function UpcomingBanner() {
  return <ChangesAhead changes={await listUpcomingChanges(await publicContext(), {})} />;
}

/** Major changes that are coming, above every page for readers but those that tell of them anyway (P39). */
function ChangesAhead({ changes }: { changes: readonly UpcomingChange[] }) {
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
