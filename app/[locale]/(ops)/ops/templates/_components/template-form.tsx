import { getTranslations } from "next-intl/server";

import { Hidden } from "@/app/[locale]/(ops)/ops/_reviews/frame";
import { ActionForm } from "@/components/form/action-form";
import { BilingualField } from "@/components/form/bilingual-field";
import { RadiosField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Facts } from "@/components/ui/facts";
import { TEMPLATE_USES, TEMPLATE_VARIABLES } from "@/db/vocabulary/incidents";
import { LOCALES } from "@/db/vocabulary/languages";
import { type findTemplate } from "@/domain/incidents/templates";

import { retireTemplateAction, saveTemplateAction } from "../actions";

type Template = Awaited<ReturnType<typeof findTemplate>>;

/** The words of a template in both languages, with the variables that its use knows; without one, those of a new one. */
export async function TemplateForm({ template }: { template: Template | null }) {
  const t = await getTranslations("incidents.desk.templates");
  return (
    <ActionForm action={saveTemplateAction} label={t("form")} guard>
      {template ? (
        <Hidden values={{ templateId: template.id, number: template.number, use: template.use }} />
      ) : (
        <RadiosField
          name="use"
          label={t("use")}
          required
          defaultValue="announcement"
          options={TEMPLATE_USES.map((value) => ({ value, label: t(`uses.${value}`) }))}
        />
      )}
      <TextField
        name="name"
        label={t("name")}
        required
        maxLength={60}
        autoComplete="off"
        defaultValue={template?.name ?? ""}
        fieldClassName="max-w-120"
      />
      <BilingualField
        name="title"
        label={t("words.title")}
        required
        maxLength={120}
        values={template?.title ?? {}}
      />
      <BilingualField
        name="situation"
        label={t(template ? `words.${template.use}` : "words.text")}
        required
        rows={8}
        maxLength={5000}
        values={template?.situation ?? {}}
      />
      <div className="mt-5">
        <Variables template={template} />
      </div>
      <div className="mt-4">
        <SubmitButton>{t(template ? "saveNext" : "save")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** Offers it no more. */
export async function RetireForm({ template }: { template: Template }) {
  const t = await getTranslations("incidents.desk.templates");
  return (
    <ActionForm
      action={retireTemplateAction}
      label={t("retire")}
      className="mt-6"
      confirm={{
        title: t("retireTitle"),
        body: t("retireText"),
        confirmLabel: t("retire"),
        danger: true,
      }}
    >
      <Hidden values={{ templateId: template.id }} />
      <SubmitButton variant="danger">{t("retire")}</SubmitButton>
    </ActionForm>
  );
}

/** The words alone, for who may not write, and of one that is retired. */
export async function TemplateWords({ template: { title, situation } }: { template: Template }) {
  const t = await getTranslations("incidents.desk.templates");
  return (
    <Facts
      facts={LOCALES.flatMap((locale) => [
        { term: t(`titleIn.${locale}`), value: <span lang={locale}>{title[locale] ?? ""}</span> },
        {
          term: t(`textIn.${locale}`),
          value: (
            <span lang={locale} className="wrap-anywhere whitespace-pre-line">
              {situation[locale] ?? ""}
            </span>
          ),
        },
      ])}
    />
  );
}

/** What may be named, by use: of a template that exists, its own. */
async function Variables({ template }: { template: Template | null }) {
  const t = await getTranslations("incidents.desk.templates");
  const uses = template ? [template.use] : TEMPLATE_USES;
  return (
    <>
      <p className="text-small text-ink-muted mb-2">{t("variablesNote")}</p>
      {uses.map((use) => (
        <div key={use} className="mt-2">
          {!template && <p className="font-medium">{t(`uses.${use}`)}</p>}
          <Facts
            tight
            facts={TEMPLATE_VARIABLES[use].map((name) => ({
              term: t(`variable.${name}`),
              value: <code>{`{{${name}}}`}</code>,
            }))}
          />
        </div>
      ))}
    </>
  );
}
