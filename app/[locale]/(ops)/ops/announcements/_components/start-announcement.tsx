import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { listProducts } from "@/domain/accounts/list-products";
import { type Context } from "@/domain/context";

import { startAnnouncementAction } from "../actions";

/** Begins an announcement of a product with its title. */
export async function StartAnnouncement({ ctx }: { ctx: Context }) {
  const [t, locale, products] = await Promise.all([
    getTranslations("incidents.desk.announcements"),
    getLocale(),
    listProducts(ctx, {}),
  ]);
  if (products.length === 0) return <p className="text-ink-muted mb-6">{t("noProduct")}</p>;
  return (
    <div className="mb-8">
      <Section title={t("create")}>
        <ActionForm
          action={startAnnouncementAction}
          label={t("create")}
          className="flex flex-wrap items-end gap-3"
        >
          <SelectField
            name="productId"
            label={t("product")}
            required
            fieldClassName="mt-0 w-56 max-md:w-full"
            options={products.map(({ id, names }) => ({ value: id, label: names[locale] }))}
          />
          <TextField
            name="title"
            label={t("heading")}
            required
            maxLength={120}
            lang="zh-CN"
            autoComplete="off"
            fieldClassName="mt-0 min-w-0 grow basis-64 md:max-w-120"
          />
          <SubmitButton>{t("start")}</SubmitButton>
        </ActionForm>
      </Section>
    </div>
  );
}
