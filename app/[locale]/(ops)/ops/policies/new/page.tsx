import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { RadiosField, SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { type Crumb } from "@/components/ui/breadcrumb";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { SubmitBar } from "@/components/ui/submit-bar";
import { LOCALES } from "@/db/vocabulary/languages";
import { DOCUMENT_KINDS } from "@/db/vocabulary/policies";
import { listProducts } from "@/domain/policies/list-documents";
import { requireContext } from "@/server/session";

import { create } from "./actions";

export async function generateMetadata() {
  const t = await getTranslations("policies.ops.create");
  return { title: t("title") };
}

export default async function NewDocumentPage() {
  const ctx = await requireContext("policy.draft");
  const [t, words, locale, products] = await Promise.all([
    getTranslations("policies.ops.create"),
    getTranslations("policies"),
    getLocale(),
    listProducts(ctx, {}),
  ]);
  const crumbs: Crumb[] = [
    { label: words("ops.documents.title"), href: "/ops/policies" },
    { label: t("title") },
  ];
  if (products.length === 0) {
    return (
      <>
        <PageHead title={t("title")} crumbs={crumbs} />
        <EmptyState title={t("noProduct")}>{t("noProductText")}</EmptyState>
      </>
    );
  }

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} crumbs={crumbs} />
      <ActionForm action={create} guard className="max-w-form">
        <SelectField
          name="productId"
          label={t("product")}
          required
          options={products.map(({ id, nameZh, nameEn }) => ({
            value: id,
            label: locale === "zh-CN" ? nameZh : nameEn,
          }))}
        />
        <RadiosField
          name="kind"
          label={t("kind")}
          required
          defaultValue="privacy_guide"
          options={DOCUMENT_KINDS.map((value) => ({ value, label: words(`kind.${value}`) }))}
        />
        <TextField name="titleZh" label={t("titleZh")} required maxLength={120} lang="zh-CN" />
        <TextField name="titleEn" label={t("titleEn")} required maxLength={200} lang="en" />
        <TextField
          name="slug"
          label={t("slug")}
          hint={t("slugHint")}
          required
          maxLength={60}
          autoCapitalize="none"
          spellCheck={false}
        />
        <RadiosField
          name="bindingLocale"
          label={t("binding")}
          hint={t("bindingHint")}
          required
          inline
          defaultValue="zh-CN"
          options={LOCALES.map((value) => ({ value, label: words(`language.${value}`) }))}
        />
        <SubmitBar>
          <ButtonLink href="/ops/policies">{t("cancel")}</ButtonLink>
          <SubmitButton>{t("submit")}</SubmitButton>
        </SubmitBar>
      </ActionForm>
    </>
  );
}
