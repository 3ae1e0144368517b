import { useTranslations } from "next-intl";

import { TextareaField } from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";

type Props = {
  name: "named" | "excluded";
  label: string;
  hint: string;
  ids: readonly string[];
  required?: boolean;
};

/** SDKAppIDs, one a line: pasted, or from a CSV file that takes their place. */
export function IdListField({ name, label, hint, ids, required = false }: Props) {
  const t = useTranslations("incidents.desk.audienceForm");
  return (
    <div className="grid gap-4">
      <div>
        <TextareaField
          name={name}
          label={label}
          hint={hint}
          {...(ids.length > 0 && { aside: t("listed", { count: ids.length }) })}
          required={required}
          rows={name === "named" ? 8 : 4}
          inputMode="numeric"
          spellCheck={false}
          autoComplete="off"
          defaultValue={ids.join("\n")}
          className="font-mono"
        />
      </div>
      <div>
        <FileField name={`${name}File`} label={t("file")} hint={t("fileHint")} accept=".csv,.txt" />
      </div>
    </div>
  );
}
