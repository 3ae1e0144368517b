import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { CheckboxField, TextField } from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";
import { SubmitButton } from "@/components/form/submit-button";
import { linkClass } from "@/components/ui/link";
import { Section } from "@/components/ui/section";

import { enterYear } from "../actions";

const SAMPLE = "day,kind,note\r\n2027-01-01,rest,元旦\r\n2027-01-02,rest,元旦\r\n";

/** A year's days as a file, with where they come from; looked at first, saved then. */
export function YearForm({ nextYear }: { nextYear: number }) {
  const t = useTranslations("calendar.form");
  return (
    <Section
      title={t("title")}
      more={
        <a
          download="calendar.csv"
          className={linkClass()}
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${SAMPLE}`)}`}
        >
          {t("sample")}
        </a>
      }
    >
      <ActionForm action={enterYear} label={t("title")} className="max-w-form">
        <div>
          <TextField
            name="year"
            label={t("year")}
            required
            inputMode="numeric"
            defaultValue={String(nextYear)}
            className="max-w-32"
          />
          <TextField
            name="source"
            label={t("source")}
            hint={t("sourceHint")}
            required
            maxLength={200}
          />
          <FileField
            name="file"
            label={t("file")}
            hint={t("fileHint")}
            required
            accept=".csv,.txt,text/csv"
          />
          <CheckboxField name="isComplete" label={t("complete")} />
        </div>
        <div className="mt-4 flex flex-wrap gap-2">
          <SubmitButton variant="outline" name="step" value="preview">
            {t("preview")}
          </SubmitButton>
          <SubmitButton name="step" value="save">
            {t("save")}
          </SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
