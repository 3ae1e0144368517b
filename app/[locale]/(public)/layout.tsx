import { hasLocale, useLocale, useTranslations } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { HiddenBelow } from "@/components/layout/pathname";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { listUpcomingChanges, type UpcomingChange } from "@/domain/policies/list-upcoming-changes";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { routing } from "@/messages/routing";
import { publicContext } from "@/server/public-context";

import { PublicFrame } from "../_components/public-frame";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The reading side. It shows everybody the same and asks nothing about the reader. */
export default async function PublicLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const changes = await listUpcomingChanges(await publicContext(), {});
  return <PublicFrame banner={<UpcomingBanner changes={changes} />}>{children}</PublicFrame>;
}

/** Major changes that are coming, above every public page but those that tell of them anyway (P39). */
function UpcomingBanner({ changes }: { changes: readonly UpcomingChange[] }) {
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
