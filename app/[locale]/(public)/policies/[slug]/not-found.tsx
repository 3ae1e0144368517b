import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";

import { ReadingPage } from "@/components/layout/reading-page";
import { Link } from "@/components/ui/link";
import { VersionPeriod } from "@/components/policies/version-period";
import { VersionStatus } from "@/components/policies/version-status";
import { type LibraryDocument, readLibrary } from "@/domain/policies/library";
import { at } from "@/lib/addresses";
import { publicContext } from "@/server/public-context";

/** A mistyped or unpublished version: those that are there. A mistyped document: those that are. */
export default async function MissingVersion() {
  // A "not found" gets no parameters; the proxy hands the address on.
  const [, , , slug] = ((await headers()).get("x-gaozhi-path") ?? "").split(/[/?]/);
  const ctx = await publicContext();
  const [document] = (await readLibrary(ctx, { of: slug })).rows;
  if (slug && document) return <Versions document={document} />;
  return <Documents documents={(await readLibrary(ctx, {})).rows} />;
}

async function Versions({ document }: { document: LibraryDocument }) {
  const [t, locale] = [await getTranslations("policies"), await getLocale()];
  return (
    <ReadingPage
      title={t("missing.titleVersion")}
      lead={t("missing.textVersion", { title: document.titles[locale] })}
    >
      <ul className="border-line border-t">
        {document.versions.map((version) => (
          <li
            key={version.id}
            className="border-line text-ui text-ink-muted flex flex-wrap items-center gap-x-4 border-b py-2"
          >
            <Link href={at("/policies/*/*", document.slug, version.label)} className="max-md:py-1">
              {t("version", { label: version.label })}
            </Link>
            <VersionStatus status={version.status} />
            <span>
              <VersionPeriod {...version} />
            </span>
          </li>
        ))}
      </ul>
      {document.count > document.versions.length && (
        <p className="mt-4">
          <Link href={at("/policies", { of: document.slug })}>
            {t("library.versions", { count: document.count })}
          </Link>
        </p>
      )}
    </ReadingPage>
  );
}

/** The first page of the library, and the way to all of it. */
async function Documents({ documents }: { documents: readonly LibraryDocument[] }) {
  const [t, locale] = [await getTranslations("policies.missing"), await getLocale()];
  return (
    <ReadingPage title={t("titleDocument")} lead={t("textDocument")}>
      <ul className="border-line border-t">
        {documents.map(({ id, slug, titles }) => (
          <li key={id} className="border-line border-b py-2">
            <Link href={at("/policies/*", slug)}>{titles[locale]}</Link>
          </li>
        ))}
      </ul>
    </ReadingPage>
  );
}
