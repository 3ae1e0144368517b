import { useLocale, useTranslations } from "next-intl";

import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { type LibraryDocument } from "@/domain/policies/library";
import { type Address, at } from "@/lib/addresses";

import { VersionPeriod } from "./version-period";
import { VersionRibbon } from "./version-ribbon";
import { VersionStatus } from "./version-status";

type Version = LibraryDocument["versions"][number];

type Props = {
  document: LibraryDocument;
  now: Date;
  /** By the label of a version: what the reader's account has to do with it. */
  marks?: Readonly<Record<string, React.ReactNode>>;
  /** In place of the newest versions: a page of all of them. */
  children?: React.ReactNode;
};

/** One document of the library: what is in force, what is ahead, and the newest of the versions there were (P02). */
export function DocumentEntry({ document, now, marks = {}, children }: Props) {
  const t = useTranslations("policies");
  const locale = useLocale();
  const { slug, kind, titles, product, inForce, ahead } = document;

  return (
    <article id={slug} className="border-line border-t py-7 first:border-t-0 md:py-9">
      <p className="text-small text-ink-muted">
        {product[locale]} · {t(`kind.${kind}`)}
      </p>
      <h2 className="text-h3 mt-0.5">
        <Link href={at("/policies/*", slug)} tone="main">
          {titles[locale]}
        </Link>
      </h2>
      <ul className="mt-2.5 grid gap-1">
        {inForce ? (
          <VersionLine
            version={inForce}
            href={at("/policies/*", slug)}
            mark={marks[inForce.label]}
          />
        ) : (
          <li className="text-ui text-ink-muted">{t("library.notInForce")}</li>
        )}
        {ahead && (
          <VersionLine
            version={ahead}
            href={at("/policies/*/*", slug, ahead.label)}
            mark={marks[ahead.label]}
          />
        )}
      </ul>
      {document.count > 1 && <VersionRibbon versions={document.versions} now={now} />}
      {children ?? <NewestVersions document={document} />}
    </article>
  );
}

type LineProps = { version: Version; href: Address; mark?: React.ReactNode };

function VersionLine({ version, href, mark }: LineProps) {
  const t = useTranslations("policies");
  return (
    <li className="text-ui text-ink-muted flex flex-wrap items-center gap-x-4 gap-y-0.5">
      <span className="min-w-[5.5em]">
        <VersionStatus status={version.status} />
      </span>
      <Link href={href} className="max-md:py-1">
        {t("version", { label: version.label })}
      </Link>
      <span>
        <VersionPeriod {...version} />
      </span>
      {mark}
    </li>
  );
}

function NewestVersions({ document }: { document: LibraryDocument }) {
  const t = useTranslations("policies.library");
  const { slug, count, versions } = document;
  const hasMore = count > versions.length;
  return (
    <details className="group mt-3">
      <summary className="text-ui text-ink-soft hover:text-ink inline-flex min-h-9 items-center gap-1.5 rounded-sm max-md:min-h-11">
        {t(hasMore ? "newest" : "versions", { count, shown: versions.length })}
        <Icon name="chevron-down" size={14} className="group-open:rotate-180" />
      </summary>
      <VersionList document={document} versions={versions} hasEarlier={hasMore} />
      {hasMore && (
        <p className="text-ui mt-2">
          <Link href={at("/policies", { of: slug })} className="max-md:py-1">
            {t("versions", { count })}
          </Link>
        </p>
      )}
    </details>
  );
}

type ListProps = Pick<Props, "document"> & {
  versions: readonly Omit<Version, "count" | "place" | "documentId">[];
  /** Whether the last of these has one before it. */
  hasEarlier: boolean;
};

/** Versions of a document, each with its comparison to the one before. */
export function VersionList({ document: { slug, titles }, versions, hasEarlier }: ListProps) {
  const t = useTranslations("policies");
  const locale = useLocale();
  return (
    <ul
      aria-label={t("library.versionsOf", { title: titles[locale] })}
      className="border-line text-ui mt-1 border-t"
    >
      {versions.map((version, index) => (
        <li
          key={version.id}
          className="border-line text-ink-muted flex flex-wrap items-center gap-x-4 gap-y-0.5 border-b py-2"
        >
          <Link
            href={at("/policies/*/*", slug, version.label)}
            className="min-w-[4.5em] max-md:py-1"
          >
            {t("version", { label: version.label })}
          </Link>
          <span className="min-w-[5.5em]">
            <VersionStatus status={version.status} />
          </span>
          <span>
            <VersionPeriod {...version} />
          </span>
          {(hasEarlier || index < versions.length - 1) && (
            <Link
              href={at("/policies/*/*/changes", slug, version.label)}
              aria-label={t("library.compareLong", { label: version.label })}
              className="text-small ml-auto max-md:py-1"
            >
              {t("library.compare")}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
