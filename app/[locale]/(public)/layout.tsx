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

import { ReaderFrame } from "../_components/reader-frame";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The reading side. What it shows is the same for everybody; a developer reads it in the console. */
export default async function PublicLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return <ReaderFrame banner={<UpcomingBanner />}>{children}</ReaderFrame>;
}

/** Read only where it is shown: in the console the change has a banner of its own. */
async function UpcomingBanner() {
  return <ChangesAhead changes={await listUpcomingChanges(await publicContext(), {})} />;
}

/** Major changes that are coming, above every public page but those that tell of them anyway (P39). */
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
