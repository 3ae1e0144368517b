import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { type OpsDocument } from "@/domain/policies/list-documents";

import { discard, rename } from "../actions";

/** To give a document another title, and to throw away one of which nothing was ever published. */
export async function DocumentForms({ document }: { document: OpsDocument }) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.document"), getLocale()]);
  const { ahead, versions } = document;
  const isDraftOnly = versions === 0 || (versions === 1 && ahead?.status === "draft");
  return (
    <Section title={t("rename")} note={t("renameHint")}>
      <ActionForm action={rename} label={t("rename")} className="max-w-form grid gap-4">
        <input type="hidden" name="documentId" value={document.id} />
        <TextField
          name="titleZh"
          label={t("titleZh")}
          required
          maxLength={120}
          defaultValue={document.titleZh}
        />
        <TextField
          name="titleEn"
          label={t("titleEn")}
          required
          maxLength={200}
          defaultValue={document.titleEn}
        />
        <div>
          <SubmitButton variant="outline">{t("renameSubmit")}</SubmitButton>
        </div>
      </ActionForm>
      {isDraftOnly && (
        <ActionForm
          action={discard}
          label={t("discard")}
          className="mt-8"
          confirm={{
            title: t("discardTitle", { title: document.titles[locale] }),
            body: t("discardText"),
            confirmLabel: t("discard"),
            danger: true,
          }}
        >
          <input type="hidden" name="documentId" value={document.id} />
          <SubmitButton variant="danger">{t("discard")}</SubmitButton>
        </ActionForm>
      )}
    </Section>
  );
}
