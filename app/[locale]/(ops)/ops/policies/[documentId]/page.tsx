import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { StopWays } from "@/components/policies/stop-guide";
import { VersionStatus } from "@/components/policies/version-status";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { listDocuments, type OpsDocument } from "@/domain/policies/list-documents";
import { readStopGuide } from "@/domain/policies/stop-guide";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { nextLabel } from "@/domain/policies/rules";

import { VersionTable } from "./_components/version-table";
import { DocumentForms } from "./_components/document-forms";
import { draft } from "./actions";

type Props = { params: Promise<{ documentId: string }> };

export async function generateMetadata({ params }: Props) {
  const ctx = await requireContext("policy.readDrafts");
  const { documentId } = await params;
  const {
    rows: [document],
  } = await orNotFound(listDocuments(ctx, { documentId }));
  return { title: document?.titles[await getLocale()] };
}

/** One document: its versions from the newest, and the way to the next. */
export default async function OpsDocumentPage({ params }: Props) {
  const ctx = await requireContext("policy.readDrafts");
  const { documentId } = await params;
  const {
    rows: [document],
  } = await orNotFound(listDocuments(ctx, { documentId }));
  if (!document) notFound();
  const [t, words, stop, locale, ways] = await Promise.all([
    getTranslations("policies.ops.document"),
    getTranslations("policies"),
    getTranslations("policies.ops.stop"),
    getLocale(),
    readStopGuide(ctx, document),
  ]);
  const address = at("/policies/*", document.slug);
  const published = document.versions.find(({ status }) => status === "in_force");
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
      <Section title={t("versions")} note={t("count", { count: document.versions.length })}>
        {document.versions.length === 0 ? (
          <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
        ) : (
          <VersionTable document={document} caption={t("versions")} />
        )}
      </Section>
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

/** One version at a time is on its way, so the form makes room for a link while there is one. */
async function NextVersion({ document }: { document: OpsDocument }) {
  const t = await getTranslations("policies.ops.document");
  const ahead = document.versions.find(({ status }) =>
    ["draft", "in_review", "scheduled"].includes(status),
  );
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
  const [latest] = document.versions;
  const withdrawn = document.versions.filter(({ status }) => status === "withdrawn");
  const hasText = document.versions.some(({ status }) => status === "in_force");
  return (
    <Section title={t("next")}>
      <ActionForm action={draft} label={t("next")} className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="documentId" value={document.id} />
        <TextField
          name="label"
          label={t("label")}
          hint={t(document.versions.length > 0 ? "labelHint" : "labelHintFirst")}
          required
          maxLength={20}
          defaultValue={nextLabel(document.versions.map(({ label }) => label))}
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
              { value: "", label: t(hasText ? "fromCurrent" : "fromNothing") },
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
