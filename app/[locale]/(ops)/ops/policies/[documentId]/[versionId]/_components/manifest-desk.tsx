import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { RadiosField, TextareaField } from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";
import { SubmitButton } from "@/components/form/submit-button";
import { ListChanges } from "@/components/policies/list-changes";
import { ManifestTables } from "@/components/policies/manifest-tables";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { type OpsVersion } from "@/domain/policies/find-version";
import { countRows } from "@/text/manifest";

import { enterList, resetLists } from "../actions";

type Props = Pick<OpsVersion, "version" | "document" | "lists">;

/** What the texts list, as it was read, and the ways to enter it beside them. */
export async function ManifestDesk({ version, document, lists }: Props) {
  const [t, language] = await Promise.all([
    getTranslations("policies.manifest.desk"),
    getTranslations("policies.language"),
  ]);
  const count = lists.reduce((sum, { manifest }) => sum + (manifest ? countRows(manifest) : 0), 0);
  if (lists.length === 0) return null;
  return (
    <details className="group mb-6">
      <summary className={buttonClass({ size: "sm" })}>
        <Icon name="file" />
        {t("open", { count })}
      </summary>
      <div className="border-line mt-3 rounded-md border p-5">
        <p className="max-w-measure mb-4">{t("lead")}</p>
        <ul className="mb-4 list-disc pl-5">
          {lists.map(({ locale, manifest }) => (
            <li key={locale}>
              {manifest
                ? t("read", {
                    language: language(locale),
                    information: manifest.information.length,
                    permissions: manifest.permissions.length,
                    register: manifest.register.length,
                    source: manifest.source,
                  })
                : t("none", { language: language(locale) })}
            </li>
          ))}
        </ul>
        <VersionLists document={document} lists={lists} />
        <ActionForm action={enterList} label={t("submit")} className="max-w-form mt-6">
          <input type="hidden" name="versionId" value={version.id} />
          <input type="hidden" name="revision" value={version.revision} />
          <RadiosField
            name="textLocale"
            label={t("language")}
            inline
            defaultValue={document.bindingLocale}
            options={lists.map(({ locale }) => ({ value: locale, label: language(locale) }))}
          />
          <TextareaField name="rows" label={t("rows")} hint={t("rowsHint")} rows={6} />
          <FileField name="file" label={t("file")} accept=".csv,.tsv,.txt" />
          <div className="mt-5">
            <SubmitButton variant="outline">{t("submit")}</SubmitButton>
          </div>
        </ActionForm>
        {lists
          .filter(({ manifest }) => manifest?.source === "entered")
          .map(({ locale }) => (
            <ActionForm key={locale} action={resetLists} label={t("reset")}>
              <input type="hidden" name="versionId" value={version.id} />
              <input type="hidden" name="revision" value={version.revision} />
              <input type="hidden" name="locale" value={locale} />
              <div className="mt-4">
                <SubmitButton variant="text">
                  {t("reset")} ({language(locale)})
                </SubmitButton>
              </div>
            </ActionForm>
          ))}
      </div>
    </details>
  );
}

/** The binding text's lists, with what becomes of those of the version before. */
export function VersionLists({ document, lists }: Omit<Props, "version">) {
  const shown = lists.find(({ locale }) => locale === document.bindingLocale);
  if (!shown?.manifest && !shown?.changes.length) return null;
  return (
    <>
      <ListChanges changes={shown.changes} />
      {shown.manifest && <ManifestTables rows={shown.manifest} lang={shown.locale} />}
    </>
  );
}
