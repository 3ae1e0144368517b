import { useTranslations } from "next-intl";

import { SelectField, TextareaField } from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";
import { LEGAL_REGIONS, REQUEST_TYPES } from "@/db/vocabulary/requests";
import { GROUND_CHOICES } from "@/domain/requests/filing-steps";

/** What is asked, in the requester's words, and what came with it. */
export function RequestFields() {
  const t = useTranslations("support.log");
  const type = useTranslations("requests.type");
  const filing = useTranslations("requests.filing");
  return (
    <>
      <SelectField
        name="type"
        label={t("type")}
        required
        defaultValue=""
        options={[
          { value: "", label: t("choose") },
          ...REQUEST_TYPES.map((value) => ({ value, label: type(value) })),
        ]}
      />
      <div className="mt-5 hidden group-has-[option[value=delete]:checked]:block">
        <SelectField
          name="ground"
          label={filing("labels.ground")}
          required
          defaultValue=""
          options={[
            { value: "", label: t("choose") },
            ...GROUND_CHOICES.map((value) => ({
              value,
              label: filing(`ground.choices.${value}`),
            })),
          ]}
        />
      </div>
      <SelectField
        name="region"
        label={filing("region.label")}
        hint={filing("region.hint")}
        defaultValue=""
        options={[
          { value: "", label: filing("region.none") },
          ...LEGAL_REGIONS.map((value) => ({ value, label: filing(`region.of.${value}`) })),
        ]}
      />
      <TextareaField
        name="facts"
        label={filing("facts.label")}
        hint={t("factsHint")}
        required
        rows={8}
        maxLength={5000}
      />
      <TextareaField
        name="list"
        label={filing("subjects.label")}
        hint={t("listHint")}
        rows={4}
        className="font-mono"
      />
      <FileField name="csv" label={t("csv")} hint={filing("subjects.csvHint")} accept=".csv,.txt" />
      <FileField
        name="files"
        label={t("files")}
        hint={t("filesHint")}
        multiple
        accept=".pdf,.png,.jpg,.jpeg,.docx,.txt"
      />
    </>
  );
}
