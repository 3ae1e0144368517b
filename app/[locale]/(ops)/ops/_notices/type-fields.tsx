import { getLocale, getTranslations } from "next-intl/server";

import { RadiosField, SelectField } from "@/components/form/fields";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { localized } from "@/lib/localized";

const LATER = ["update", "correction", "final"] as const;

/** A later notice may still become another kind of later notice; the first and an announcement stay. */
export async function TypeFields({ read: { notice, published } }: { read: OpsNotice }) {
  const [t, next, types, locale] = await Promise.all([
    getTranslations("incidents.desk.composer.type"),
    getTranslations("incidents.desk.next"),
    getTranslations("notices.type"),
    getLocale(),
  ]);
  if (notice.type === "initial" || notice.type === "announcement")
    return <input type="hidden" name="type" value={notice.type} />;
  return (
    <div className="group/type mb-5">
      <RadiosField
        name="type"
        label={t("label")}
        required
        inline
        defaultValue={notice.type}
        options={LATER.map((value) => ({ value, label: types(value) }))}
      />
      <div className="mt-5 hidden group-has-[[value=correction]:checked]/type:block">
        <SelectField
          name="correctsId"
          label={t("corrects")}
          hint={t("correctsHint")}
          required
          defaultValue={notice.correctsId ?? ""}
          options={[
            { value: "", label: t("choose") },
            ...published.map(({ id, sequence, type, title }) => ({
              value: id,
              label: next("named", {
                sequence,
                type: types(type),
                title: localized(title, locale).text,
              }),
            })),
          ]}
        />
      </div>
    </div>
  );
}
