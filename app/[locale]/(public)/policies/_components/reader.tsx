import { useLocale, useTranslations } from "next-intl";

import { ReadingPage } from "@/components/layout/reading-page";
import { ChangeList } from "@/components/policies/change-list";
import { Corrections } from "@/components/policies/corrections";
import { Citation } from "@/components/policies/citation";
import { PolicyText } from "@/components/policies/policy-text";
import { SubscribeLink } from "@/components/broadcasts/subscribe-link";
import { PrintButton } from "@/components/ui/print-button";
import { PrintFooter } from "@/components/policies/print-footer";
import { TableOfContents } from "@/components/policies/table-of-contents";
import { VersionAside } from "@/components/policies/version-aside";
import { VersionMeta } from "@/components/policies/version-meta";
import { VersionRibbon } from "@/components/policies/version-ribbon";
import { VersionNeighbours } from "@/components/policies/version-neighbours";
import { hasBanners, VersionBanners } from "@/components/policies/version-banners";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { at, withLanguage } from "@/lib/addresses";
import { placeNames } from "@/text/places";
import { type ReadableVersion } from "@/domain/policies/read";
import { outline, readingMinutes } from "@/text/visible-text";

type Props = {
  reading: ReadableVersion;
  vendor: string;
  contact: string;
  /** What the reader's account has to do with it. */
  own: React.ReactNode;
  /** The lasting address of this version. */
  address: string;
  now: Date;
};

export function Reader({ reading, vendor, contact, own, address, now }: Props) {
  const locale = useLocale();
  const t = useTranslations("policies");
  const { document, version, versions, text } = reading;
  const { slug } = document;
  const title = document.titles[locale];
  const notices = noticesOf(reading);
  const anchors = version.changes.map(({ anchor }) => anchor);

  return (
    <ReadingPage
      as="article"
      title={title}
      lead={
        <VersionMeta
          slug={slug}
          version={version}
          versions={versions}
          announcedAt={version.provenance ? null : version.approvedAt}
          needsConsent={version.needsConsent}
          minutes={readingMinutes(text.blocks, text.locale)}
        />
      }
      notices={
        <>
          {own}
          {hasBanners(notices, locale) && <VersionBanners {...notices} />}
        </>
      }
      contents={<TableOfContents outline={outline(text.blocks)} lang={text.locale} />}
      aside={
        <VersionAside
          slug={slug}
          contentHash={version.contentHash}
          ribbon={<VersionRibbon {...{ versions, now }} size="aside" shownId={version.id} />}
          others={versions.filter(({ id }) => id !== version.id)}
          related={reading.related.map(({ titles, ...one }) => ({ ...one, title: titles[locale] }))}
          contacts={[{ label: contact, href: `mailto:${contact}` }]}
        />
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <ChangeList
          changes={version.changes}
          locale={locale}
          outline={placeNames(text.blocks, anchors)}
          actions={<Actions reading={reading} />}
        />
        <Corrections corrections={reading.corrections} address={address} />
        <PolicyText blocks={text.blocks} lang={text.locale} />
        <VersionNeighbours slug={slug} {...neighboursOf(reading)} />
        <SubscribeLink href={at("/subscriptions", { document: document.id })} what="document" />
        <Citation {...version} vendor={vendor} title={title} address={address} />
        <PrintFooter
          name={`${title} ${t("version", { label: version.label })}`}
          contentHash={version.contentHash}
          address={address}
        />
      </div>
    </ReadingPage>
  );
}

function Actions({ reading }: { reading: ReadableVersion }) {
  const t = useTranslations("policies.page");
  const locale = useLocale();
  const { document, version, previousLabel } = reading;
  const path = at("/policies/*/*", document.slug, version.label);
  return (
    <>
      {previousLabel && (
        <ButtonLink
          href={at("/policies/*/*/changes", document.slug, version.label, { since: previousLabel })}
        >
          {t("compare", { label: previousLabel })}
        </ButtonLink>
      )}
      {reading.hasManifest && (
        <ButtonLink href={at("/policies/*/*/manifest", document.slug, version.label)}>
          {t("manifest")}
        </ButtonLink>
      )}
      <PrintButton label={t("print")} />
      {(["md", "json"] as const).map((format) => (
        <a
          key={format}
          href={`${withLanguage(locale, path)}.${format}`}
          className={buttonClass({ variant: "text" })}
        >
          {FORMATS[format]}
        </a>
      ))}
    </>
  );
}

const FORMATS = { md: "Markdown", json: "JSON" } as const;

function noticesOf({ document, version, versions, text }: ReadableVersion) {
  const next = versions.find(({ status }) => status === "scheduled");
  return {
    slug: document.slug,
    version,
    text,
    bindingLocale: document.bindingLocale,
    formerTitles: document.formerTitles,
    currentLabel: versions.find(({ status }) => status === "in_force")?.label ?? null,
    next: next?.effectiveAt ? { label: next.label, effectiveAt: next.effectiveAt } : null,
  };
}

/** Versions are newest first. */
function neighboursOf({ version, versions }: ReadableVersion) {
  const at = versions.findIndex(({ id }) => id === version.id);
  return { next: versions[at - 1]?.label ?? null, previous: versions[at + 1]?.label ?? null };
}
