import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { ListSearch } from "@/components/form/list-search";
import { ReadingPage } from "@/components/layout/reading-page";
import { OwnAnswerStatus } from "@/components/policies/answer-status";
import { DocumentEntry, VersionList } from "@/components/policies/document-entry";
import { FoundTexts } from "@/components/policies/found-texts";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import type { Locale } from "@/db/vocabulary/languages";
import { type LibraryDocument, listArchive, readLibrary } from "@/domain/policies/library";
import { searchPolicies } from "@/domain/policies/search-policies";
import { at, withLanguage } from "@/lib/addresses";
import { publicContext } from "@/server/public-context";
import { publicMetadata } from "@/server/public-metadata";

import { readOwnPolicies } from "./_components/own-answers";

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<{ page?: string; of?: string; versions?: string; q?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "policies.library" });
  const words = { title: t("title"), description: t("description") };
  return publicMetadata({ locale, path: "/policies", ...words });
}

/** The library: every document, what is in force, what is ahead, and the archive; or one document with all its versions (P02). */
export default async function LibraryPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const ctx = await publicContext();
  const { page, of, versions, q } = await searchParams;
  if (q?.trim()) return <Found locale={locale} q={q} page={page} />;
  const [t, library] = await Promise.all([
    getTranslations("policies.library"),
    readLibrary(ctx, { page, of }),
  ]);
  const { rows: documents, previous, next } = library;
  const own = await readOwnPolicies(documents.map(({ slug }) => slug));
  if (of && documents.length === 0) notFound();

  return (
    <ReadingPage title={t("title")} lead={t("lead")}>
      {!of && documents.length > 0 && <LibrarySearch locale={locale} value="" />}
      {documents.length === 0 && <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
      <div className="border-ink border-t-2">
        {documents.map((document) => (
          <DocumentEntry
            key={document.id}
            document={document}
            now={ctx.now}
            marks={Object.fromEntries(
              own
                .filter(({ slug }) => slug === document.slug)
                .map((one) => [one.label, <OwnAnswerStatus key={one.label} own={one} />]),
            )}
          >
            {of && <Archive document={document} page={versions} />}
          </DocumentEntry>
        ))}
      </div>
      {of && <Link href="/policies">{t("all")}</Link>}
      <Pager href="/policies" previous={previous} next={next} />
    </ReadingPage>
  );
}

type SearchProps = { locale: Locale; value: string };

/** A plain form: what is looked for stands in the address. */
async function LibrarySearch({ locale, value }: SearchProps) {
  const t = await getTranslations("policies.search");
  return (
    <ListSearch
      action={withLanguage(locale, "/policies")}
      id="library-search"
      name="q"
      value={value}
      maxLength={80}
      words={{ label: t("label"), hint: t("hint"), find: t("find"), clear: t("clear") }}
      clearHref="/policies"
    />
  );
}

type FoundProps = { locale: Locale; q: string; page: string | undefined };

/** What was looked for in all published versions, clause by clause. */
async function Found({ locale, q, page }: FoundProps) {
  const [t, found] = await Promise.all([
    getTranslations("policies.search"),
    searchPolicies(await publicContext(), { q, locale, page }),
  ]);
  return (
    <ReadingPage title={t("title")}>
      <LibrarySearch locale={locale} value={found.q} />
      {found.rows.length === 0 ? (
        <EmptyState title={t("none", { words: found.q })}>{t("noneText")}</EmptyState>
      ) : (
        <FoundTexts found={found.rows} />
      )}
      <Pager href={at("/policies", { q: found.q })} previous={found.previous} next={found.next} />
    </ReadingPage>
  );
}

type ArchiveProps = { document: LibraryDocument; page: string | undefined };

async function Archive({ document, page }: ArchiveProps) {
  const [t, versions] = await Promise.all([
    getTranslations("policies.library"),
    listArchive(await publicContext(), { documentId: document.id, page }),
  ]);
  const { rows, previous, next } = versions;
  return (
    <>
      <h3 className="text-ui mt-5 font-semibold">{t("versions", { count: document.count })}</h3>
      <VersionList document={document} versions={rows} hasEarlier={next !== null} />
      <Pager
        href={at("/policies", { of: document.slug })}
        name="versions"
        previous={previous}
        next={next}
      />
    </>
  );
}
