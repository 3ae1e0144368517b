import { useLocale, useTranslations } from "next-intl";

import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { type LibraryDocument } from "@/domain/policies/library";
import { type Address, at } from "@/lib/addresses";

import { VersionPeriod } from "./version-period";
import { VersionStatus } from "./version-status";

type Version = LibraryDocument["versions"][number];

/** One document of the library: what is in force, what is ahead, and every version there was (P02). */
export function DocumentEntry({ document }: { document: LibraryDocument }) {
  const t = useTranslations("policies");
  const locale = useLocale();
  const { slug, kind, titles, product, versions } = document;
  const current = versions.find(({ status }) => status === "in_force");
  const ahead = versions.filter(({ status }) => status === "scheduled");

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
        {current ? (
          <VersionLine version={current} href={at("/policies/*", slug)} />
        ) : (
          <li className="text-ui text-ink-muted">{t("library.notInForce")}</li>
        )}
        {ahead.map((version) => (
          <VersionLine
            key={version.id}
            version={version}
            href={at("/policies/*/*", slug, version.label)}
          />
        ))}
      </ul>
      <AllVersions document={document} />
    </article>
  );
}

function VersionLine({ version, href }: { version: Version; href: Address }) {
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
    </li>
  );
}

function AllVersions({ document: { slug, titles, versions } }: { document: LibraryDocument }) {
  const t = useTranslations("policies");
  const locale = useLocale();
  return (
    <details className="group mt-3">
      <summary className="text-ui text-ink-soft hover:text-ink inline-flex min-h-9 items-center gap-1.5 rounded-sm max-md:min-h-11">
        {t("library.versions", { count: versions.length })}
        <Icon name="chevron-down" size={14} className="group-open:rotate-180" />
      </summary>
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
            {index < versions.length - 1 && (
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
    </details>
  );
}
