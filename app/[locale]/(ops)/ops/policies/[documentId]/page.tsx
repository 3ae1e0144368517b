import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { StopWays } from "@/components/policies/stop-guide";
import { VersionRibbon } from "@/components/policies/version-ribbon";
import { VersionStatus } from "@/components/policies/version-status";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { findDocument, listVersions, type OpsDocument } from "@/domain/policies/list-documents";
import { readStopGuide } from "@/domain/policies/stop-guide";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { nextLabel } from "@/domain/policies/rules";

import { VersionTable } from "./_components/version-table";
import { DocumentForms } from "./_components/document-forms";
import { draft } from "./actions";

type Props = {
  params: Promise<{ documentId: string }>;
  searchParams: Promise<{ page?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">) {
  const ctx = await requireContext("policy.readDrafts");
  const { documentId } = await params;
  const document = await orNotFound(findDocument(ctx, { documentId }));
  return { title: document.titles[await getLocale()] };
}

/** One document: its versions from the newest, and the way to the next. */
export default async function OpsDocumentPage({ params, searchParams }: Props) {
  const ctx = await requireContext("policy.readDrafts");
  const { documentId } = await params;
  const document = await orNotFound(findDocument(ctx, { documentId }));
  const { page } = await searchParams;
  const [t, words, stop, locale, ways, versions] = await Promise.all([
    getTranslations("policies.ops.document"),
    getTranslations("policies"),
    getTranslations("policies.ops.stop"),
    getLocale(),
    readStopGuide(ctx, document),
    listVersions(ctx, { documentId, page }),
  ]);
  const address = at("/policies/*", document.slug);
  const published = document.inForce;
  const mayWrite = may(ctx.actor, "policy.draft") && !document.discardedAt;

  return (
    <>
      <PageHead
        title={document.titles[locale]}
        crumbs={[
          { label: words("ops.documents.title"), href: "/ops/policies" },
          { label: document.titles[locale] },
        ]}
        note={published && <VersionStatus status={published.status} />}
      />
      <Facts
        facts={[
          { term: t("product"), value: document.product[locale] },
          { term: t("kind"), value: words(`kind.${document.kind}`) },
          { term: t("binding"), value: words(`language.${document.bindingLocale}`) },
          {
            term: t("address"),
            value: published ? (
              <Link href={address} className="wrap-anywhere">
                {address}
              </Link>
            ) : (
              t("addressLater", { address })
            ),
          },
        ]}
      />
      <Discarded document={document} />
      {mayWrite && <NextVersion document={document} />}
      <Versions {...{ document, versions, mayWrite }} isFirstPage={!page} now={ctx.now} />
      <Section
        title={stop("title")}
        note={stop("note", { product: document.product[locale] })}
        more={
          mayWrite && (
            <Link href={at("/ops/policies/*/stop-guide", document.id)}>{stop("edit")}</Link>
          )
        }
      >
        {ways.length === 0 ? (
          <EmptyState title={stop("empty")}>{stop("emptyText")}</EmptyState>
        ) : (
          <StopWays ways={ways} />
        )}
      </Section>
      {mayWrite && <DocumentForms document={document} />}
    </>
  );
}

type VersionsProps = {
  document: OpsDocument;
  versions: Awaited<ReturnType<typeof listVersions>>;
  mayWrite: boolean;
  isFirstPage: boolean;
  now: Date;
};

async function Versions({ document, versions, mayWrite, isFirstPage, now }: VersionsProps) {
  const [t, old] = await Promise.all([
    getTranslations("policies.ops.document"),
    getTranslations("policies.ops.archive"),
  ]);
  return (
    <Section
      title={t("versions")}
      note={t("count", { count: document.versions })}
      more={
        mayWrite &&
        document.inForce && (
          <Link href={at("/ops/policies/*/archive", document.id)}>{old("open")}</Link>
        )
      }
    >
      {isFirstPage && <VersionRibbon versions={versions.rows} now={now} />}
      {versions.rows.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      ) : (
        <VersionTable document={document} versions={versions.rows} caption={t("versions")} />
      )}
      <Pager
        href={at("/ops/policies/*", document.id)}
        previous={versions.previous}
        next={versions.next}
      />
    </Section>
  );
}

/** One version at a time is on its way, so the form makes room for a link while there is one. */
async function NextVersion({ document }: { document: OpsDocument }) {
  const t = await getTranslations("policies.ops.document");
  const { ahead, inForce, latest, withdrawn } = document;
  if (ahead) {
    return (
      <Section title={t("next")}>
        <p className="text-ink-muted">
          {t("aheadFirst", { label: ahead.label })}{" "}
          <Link href={at("/ops/policies/*/*", document.id, ahead.id)}>{t("openAhead")}</Link>
        </p>
      </Section>
    );
  }
  return (
    <Section title={t("next")}>
      <ActionForm action={draft} label={t("next")} className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="documentId" value={document.id} />
        <TextField
          name="label"
          label={t("label")}
          hint={t(latest ? "labelHint" : "labelHintFirst")}
          required
          maxLength={20}
          defaultValue={nextLabel(latest?.label)}
          spellCheck={false}
          autoComplete="off"
        />
        {withdrawn.length > 0 && (
          <SelectField
            name="fromId"
            label={t("from")}
            hint={t("labelBurnt")}
            defaultValue={latest?.status === "withdrawn" ? latest.id : ""}
            options={[
              { value: "", label: t(inForce ? "fromCurrent" : "fromNothing") },
              ...withdrawn.map(({ id, label }) => ({
                value: id,
                label: t("fromWithdrawn", { label }),
              })),
            ]}
          />
        )}
        <SubmitButton>{t("draft")}</SubmitButton>
      </ActionForm>
    </Section>
  );
}

async function Discarded({ document: { discardedAt } }: { document: OpsDocument }) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.document"), getLocale()]);
  if (!discardedAt) return null;
  return (
    <div className="mt-6">
      <Banner tone="plain">{t("discarded", { at: formatDateTime(discardedAt, locale) })}</Banner>
    </div>
  );
}
