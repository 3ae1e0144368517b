import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { RadiosField } from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";
import { SubmitButton } from "@/components/form/submit-button";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { LOCALES } from "@/db/vocabulary/languages";
import { type OpsVersion } from "@/domain/policies/find-version";

import { importFile } from "../actions";

type Props = Pick<OpsVersion, "version" | "document">;

/** A form of its own: it replaces one text and leaves everything else that is being typed. */
export async function ImportForm({ version, document }: Props) {
  const [t, language] = await Promise.all([
    getTranslations("policies.ops.import"),
    getTranslations("policies.language"),
  ]);
  return (
    <details className="group mb-6">
      <summary className={buttonClass({ size: "sm" })}>
        <Icon name="upload" />
        {t("open")}
      </summary>
      <div className="border-line max-w-form mt-3 rounded-md border p-5">
        <ActionForm action={importFile} label={t("open")}>
          <input type="hidden" name="versionId" value={version.id} />
          <input type="hidden" name="revision" value={version.revision} />
          <div>
            <FileField
              name="file"
              label={t("file")}
              hint={t("fileHint")}
              accept=".md,.markdown,.txt,.docx"
              required
            />
          </div>
          <RadiosField
            name="textLocale"
            label={t("language")}
            hint={t("languageHint")}
            inline
            defaultValue={document.bindingLocale}
            options={LOCALES.map((value) => ({ value, label: language(value) }))}
          />
          <div className="mt-5">
            <SubmitButton variant="outline">{t("submit")}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </details>
  );
}
