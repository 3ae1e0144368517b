import { getLocale, getTranslations } from "next-intl/server";

import { ListSearch } from "@/components/form/list-search";
import { VersionStatus } from "@/components/policies/version-status";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Locale } from "@/db/vocabulary/languages";
import { may } from "@/domain/access/permissions";
import { listDocuments, type DocumentRow } from "@/domain/policies/list-documents";
import { at, withLanguage } from "@/lib/addresses";
import { requireContext } from "@/server/session";

export async function generateMetadata() {
  const t = await getTranslations("policies.ops.documents");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<{ search?: string; page?: string }> };

/** Every document: what is in force and what is on its way. */
export default async function OpsPoliciesPage({ searchParams }: PageProps) {
  const ctx = await requireContext("policy.readDrafts");
  const query = await searchParams;
  const search = query.search?.trim() ?? "";
  const [t, locale, { rows: documents, previous, next }] = await Promise.all([
    getTranslations("policies.ops.documents"),
    getLocale(),
    listDocuments(ctx, query),
  ]);
  const create = may(ctx.actor, "policy.draft") && (
    <ButtonLink href="/ops/policies/new" variant="primary">
      {t("create")}
    </ButtonLink>
  );

  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={(documents.length > 0 || search) && create}
      />
      {(documents.length > 0 || search) && (
        <ListSearch
          action={withLanguage(locale, "/ops/policies")}
          id="search"
          name="search"
          value={search}
          words={{
            label: t("search"),
            hint: t("searchHint"),
            find: t("find"),
            clear: t("clear"),
          }}
          clearHref="/ops/policies"
        />
      )}
      {documents.length > 0 ? (
        <DocumentTable documents={documents} locale={locale} />
      ) : search ? (
        <EmptyState title={t("notFound", { search })}>{t("notFoundText")}</EmptyState>
      ) : (
        <EmptyState title={t("empty")} actions={create}>
          {t("emptyText")}
        </EmptyState>
      )}
      <Pager href={at("/ops/policies", { search })} previous={previous} next={next} />
    </>
  );
}

type Props = { documents: readonly DocumentRow[]; locale: Locale };

async function DocumentTable({ documents, locale }: Props) {
  const t = await getTranslations("policies.ops.documents");
  const kind = await getTranslations("policies.kind");
  return (
    <Table
      caption={t("title")}
      rows={documents}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("document"),
          rowHeader: true,
          cell: (document) => (
            <>
              <Link href={at("/ops/policies/*", document.id)} tone="main">
                {document.titles[locale]}
              </Link>
              <CellNote>
                {t("belongs", { product: document.product[locale], kind: kind(document.kind) })}
              </CellNote>
            </>
          ),
        },
        {
          header: t("inForce"),
          cell: ({ inForce }) => {
            if (!inForce) return t("noneInForce");
            return (
              <>
                {t("labelled", { label: inForce.label })}
                {inForce.effectiveAt && (
                  <CellNote>
                    <Time at={inForce.effectiveAt} form="table-date" />
                  </CellNote>
                )}
              </>
            );
          },
        },
        {
          header: t("ahead"),
          cell: ({ id, ahead }) => {
            if (!ahead) return t("noneAhead");
            return (
              <>
                <span className="flex flex-wrap gap-x-3">
                  <Link href={at("/ops/policies/*/*", id, ahead.id)}>
                    {t("labelled", { label: ahead.label })}
                  </Link>
                  <VersionStatus status={ahead.status} />
                </span>
                <CellNote>
                  {ahead.effectiveDate ? t("from", { day: ahead.effectiveDate }) : t("noDate")}
                </CellNote>
              </>
            );
          },
        },
        { header: t("versions"), align: "end", cell: ({ versions }) => versions },
      ]}
    />
  );
}
