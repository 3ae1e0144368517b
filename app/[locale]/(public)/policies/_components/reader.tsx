import { useLocale, useTranslations } from "next-intl";

import { ChangeList } from "@/components/policies/change-list";
import { Citation } from "@/components/policies/citation";
import { PolicyText } from "@/components/policies/policy-text";
import { PrintButton } from "@/components/ui/print-button";
import { PrintFooter } from "@/components/policies/print-footer";
import { TableOfContents } from "@/components/policies/table-of-contents";
import { VersionAside } from "@/components/policies/version-aside";
import { VersionMeta } from "@/components/policies/version-meta";
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
  /** The lasting address of this version. */
  address: string;
};

export function Reader({ reading, vendor, contact, address }: Props) {
  const locale = useLocale();
  const t = useTranslations("policies");
  const { document, version, versions, text } = reading;
  const { slug } = document;
  const title = document.titles[locale];
  const notices = noticesOf(reading);
  const anchors = version.changes.map(({ anchor }) => anchor);

  return (
    <ReaderLayout
      title={title}
      meta={
        <VersionMeta
          slug={slug}
          version={version}
          versions={versions}
          minutes={readingMinutes(text.blocks, text.locale)}
        />
      }
      notices={hasBanners(notices, locale) && <VersionBanners {...notices} />}
      contents={<TableOfContents outline={outline(text.blocks)} lang={text.locale} />}
      aside={
        <VersionAside
          slug={slug}
          contentHash={version.contentHash}
          others={versions.filter(({ id }) => id !== version.id)}
          contacts={[{ label: contact, href: `mailto:${contact}` }]}
        />
      }
    >
      <ChangeList
        changes={version.changes}
        locale={locale}
        outline={placeNames(text.blocks, anchors)}
        actions={<Actions reading={reading} />}
      />
      <PolicyText blocks={text.blocks} lang={text.locale} />
      <VersionNeighbours slug={slug} {...neighboursOf(reading)} />
      <Citation {...version} vendor={vendor} title={title} address={address} />
      <PrintFooter
        name={`${title} ${t("version", { label: version.label })}`}
        contentHash={version.contentHash}
        address={address}
      />
    </ReaderLayout>
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

type ReaderLayoutProps = {
  title: React.ReactNode;
  meta: React.ReactNode;
  /** "Archived", "not translated": what must be known before reading. */
  notices?: React.ReactNode;
  contents: React.ReactNode;
  children: React.ReactNode;
  aside: React.ReactNode;
};

/** The page of one version: contents, text, aside; one column where there is no room. */
function ReaderLayout({ title, meta, notices, contents, children, aside }: ReaderLayoutProps) {
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 pt-7 lg:grid-cols-[200px_minmax(0,40rem)] lg:pt-12 xl:grid-cols-[216px_minmax(0,40rem)_minmax(0,232px)] xl:justify-between xl:gap-x-14 print:block print:pt-0">
      <header className="mb-5 lg:col-start-2 lg:-col-end-1 lg:mb-10">
        <h1 className="lg:text-h1 max-w-[22em] max-lg:text-[1.625rem] max-lg:leading-9">{title}</h1>
        {meta}
        {notices && <div className="mt-5 grid max-w-160 gap-2 xl:max-w-156">{notices}</div>}
      </header>
      <div className="h-full max-lg:mb-7 lg:col-start-1 lg:row-start-2">{contents}</div>
      <div className="grid min-w-0 gap-4 lg:col-start-2 lg:row-start-2">{children}</div>
      <div className="max-xl:border-line max-xl:mt-12 max-xl:border-t max-xl:pt-5 lg:col-start-2 lg:row-start-3 xl:sticky xl:top-6 xl:col-start-3 xl:row-start-2 print:hidden">
        {aside}
      </div>
    </article>
  );
}
