import { type Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";

import { ReadingPage } from "@/components/layout/reading-page";
import { Link } from "@/components/ui/link";
import { VersionPeriod } from "@/components/policies/version-period";
import { VersionStatus } from "@/components/policies/version-status";
import { type LibraryDocument, readLibrary } from "@/domain/policies/library";
import { at } from "@/lib/addresses";
import { publicContext } from "@/server/public-context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies.missing");
  return { title: t((await readMissing()) ? "titleVersion" : "titleDocument") };
}

/** A mistyped or unpublished version: those that are there. A mistyped document: those that are. */
export default async function MissingVersion() {
  const document = await readMissing();
  if (document) return <Versions document={document} />;
  return <Documents documents={(await readLibrary(await publicContext(), {})).rows} />;
}

/** The document of the address, where one is there. */
async function readMissing(): Promise<LibraryDocument | null> {
  // A "not found" gets no parameters; the proxy hands the address on.
  const [, , , slug] = ((await headers()).get("x-gaozhi-path") ?? "").split(/[/?]/);
  if (!slug) return null;
  const [document] = (await readLibrary(await publicContext(), { of: slug })).rows;
  return document ?? null;
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
