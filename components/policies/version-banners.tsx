import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { FormerTitle } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import type { VersionStatus } from "@/db/vocabulary/policies";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

import { VERSION_BANNER_TONES } from "./version-status";

type Props = {
  slug: string;
  version: {
    label: string;
    status: VersionStatus;
    withdrawalReason: string | null;
    provenance: string | null;
    publishedOn: string | null;
    approvedAt: Date | null;
  };
  /** The version in force, null before the first. */
  currentLabel: string | null;
  /** What has been announced to replace this version. */
  next: { label: string; effectiveAt: Date } | null;
  text: { locale: Locale; isBinding: boolean };
  bindingLocale: Locale;
  formerTitles: readonly FormerTitle[];
};

/** What must be known before reading: whether this version binds, and whether this text does. */
export function VersionBanners(props: Props) {
  return (
    <>
      <Standing {...props} />
      <BroughtIn {...props} />
      <Renamings {...props} />
      <Language {...props} />
    </>
  );
}

/** Whether there is anything to say, so that no room is kept for nothing. */
export function hasBanners({ version, next, text, formerTitles }: Props, locale: Locale): boolean {
  const isPlain = version.status === "in_force" && next === null && formerTitles.length === 0;
  return !isPlain || text.locale !== locale || !text.isBinding;
}

function Standing({ slug, version, currentLabel: current, next }: Props) {
  const t = useTranslations("policies.notice");
  const { status, withdrawalReason } = version;
  if (status === "in_force") return next && <Successor slug={slug} next={next} />;
  if (status === "draft" || status === "in_review" || status === "discarded") return null;

  const toCurrent = current && (
    <ButtonLink href={at("/policies/*", slug)} size="sm">
      {t("viewCurrent", { label: current })}
    </ButtonLink>
  );
  return (
    <Banner tone={VERSION_BANNER_TONES[status]} actions={toCurrent}>
      {t(status, { current: current ?? "none", reason: withdrawalReason ?? "" })}
    </Banner>
  );
}

function Successor({ slug, next }: { slug: string; next: NonNullable<Props["next"]> }) {
  const t = useTranslations("policies.notice");
  const locale = useLocale();
  return (
    <Banner
      tone="info"
      actions={
        <ButtonLink href={at("/policies/*/*/changes", slug, next.label)} size="sm">
          {t("viewChanges")}
        </ButtonLink>
      }
    >
      {t("next", { label: next.label, date: formatDate(next.effectiveAt, locale) })}
    </Banner>
  );
}

/** A version from before the portal: since when it is here, and where it is from (P44). */
function BroughtIn({ version: { provenance, publishedOn, approvedAt } }: Props) {
  const t = useTranslations("policies.notice");
  const locale = useLocale();
  if (!provenance || !publishedOn || !approvedAt) return null;
  return (
    <p className="text-small text-ink-muted wrap-break-word">
      {t("broughtIn", {
        at: formatDate(approvedAt, locale),
        published: formatDate(shanghaiMidnight(publishedOn), locale),
        provenance,
      })}
    </p>
  );
}

/** What was published is called what it was called then, so a reader is told why two names are met. */
function Renamings({ formerTitles }: Props) {
  const t = useTranslations("policies.notice");
  const locale = useLocale();
  return formerTitles.map((former) => (
    <p key={former.until} className="text-small text-ink-muted">
      {t("renamed", { before: former[locale], date: formatDate(former.until, locale) })}
    </p>
  ));
}

function Language({ slug, version, text, bindingLocale }: Props) {
  const t = useTranslations("policies");
  const locale = useLocale();
  if (text.locale !== locale) {
    const words = {
      wanted: t(`language.${locale}`),
      shown: t(`language.${text.locale}`),
    };
    return <Banner tone="plain">{t("notice.untranslated", words)}</Banner>;
  }
  if (text.isBinding) return null;

  const binding = t(`language.${bindingLocale}`);
  return (
    <p className="text-small text-ink-muted">
      {t("notice.translation", { binding })}{" "}
      <Link href={at("/policies/*/*", slug, version.label)} locale={bindingLocale}>
        {t("notice.viewBinding", { binding })}
      </Link>
    </p>
  );
}
