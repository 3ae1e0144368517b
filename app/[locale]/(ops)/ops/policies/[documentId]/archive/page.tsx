import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField, TextField } from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";
import { SubmitButton } from "@/components/form/submit-button";
import { PageHead } from "@/components/ui/page-head";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { findDocument } from "@/domain/policies/list-documents";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { bringIn } from "../actions";

type Props = { params: Promise<{ documentId: string }> };

export async function generateMetadata() {
  const t = await getTranslations("policies.ops.archive");
  return { title: t("title") };
}

/** A version from before the portal, with its true days and where its text is from (P44). */
export default async function BringInPage({ params }: Props) {
  const ctx = await requireContext("policy.draft");
  const { documentId } = await params;
  const document = await orNotFound(findDocument(ctx, { documentId }));
  const [t, words, locale] = await Promise.all([
    getTranslations("policies.ops.archive"),
    getTranslations("policies.ops.documents"),
    getLocale(),
  ]);
  return (
    <>
      <PageHead
        title={t("title")}
        crumbs={[
          { label: words("title"), href: "/ops/policies" },
          { label: document.titles[locale], href: at("/ops/policies/*", document.id) },
          { label: t("title") },
        ]}
      />
      <p className="max-w-measure mb-6">{t("lead")}</p>
      <ActionForm action={bringIn} label={t("title")} guard className="max-w-form">
        <input type="hidden" name="documentId" value={document.id} />
        <TextField
          name="label"
          label={t("label")}
          hint={t("labelHint")}
          required
          maxLength={20}
          spellCheck={false}
          autoComplete="off"
        />
        <TextField
          name="publishedOn"
          type="date"
          label={t("publishedOn")}
          hint={t("publishedOnHint")}
          required
        />
        <TextField
          name="effectiveDate"
          type="date"
          label={t("effective")}
          hint={t("effectiveHint")}
          required
        />
        <Content bindingLocale={document.bindingLocale} />
        <div className="mt-6">
          <SubmitButton>{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </>
  );
}

/** Its texts, what it changed, and where it is from. */
async function Content({ bindingLocale }: { bindingLocale: Locale }) {
  const [t, language] = await Promise.all([
    getTranslations("policies.ops.archive"),
    getTranslations("policies.language"),
  ]);
  const locales = [bindingLocale, ...LOCALES.filter((one) => one !== bindingLocale)];
  return (
    <>
      {locales.map((one) => (
        <FileField
          key={one}
          name={`files.${one}`}
          label={t(one === bindingLocale ? "binding" : "translation", {
            language: language(one),
          })}
          hint={t("fileHint")}
          accept=".md,.markdown,.txt,.docx"
          required={one === bindingLocale}
        />
      ))}
      <TextareaField
        name="changes"
        label={t("changes")}
        hint={t("changesHint")}
        rows={4}
        required
        lang={bindingLocale}
      />
      <TextareaField
        name="provenance"
        label={t("provenance")}
        hint={t("provenanceHint")}
        rows={2}
        maxLength={1000}
        required
      />
    </>
  );
}
