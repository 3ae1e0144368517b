"use client";

import { useTranslations } from "next-intl";

import { BilingualField } from "@/components/form/bilingual-field";
import { SelectField } from "@/components/form/fields";
import { MomentField } from "@/components/form/moment-field";
import { RowList } from "@/components/form/row-list";
import { type Measure } from "@/db/schema/incidents";
import { MEASURE_STATES } from "@/db/vocabulary/incidents";

const EMPTY: Measure = { state: "taken", at: "", text: {} };

/** The measures taken and about to be taken, each with its time (P21). */
export function MeasureEditor({ measures }: { measures: readonly Measure[] }) {
  const t = useTranslations("incidents.browser.measures");
  return (
    <RowList
      name="measures"
      rows={measures}
      empty={EMPTY}
      words={{ add: t("add"), row: (number) => t("row", { number }) }}
    >
      {({ state, at, text }, index) => (
        <>
          <div className="mb-3 flex flex-wrap gap-x-4 gap-y-3">
            <SelectField
              name={`measures.${index}.state`}
              label={t("state")}
              required
              defaultValue={state}
              options={MEASURE_STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
              fieldClassName="mt-0 w-44"
            />
            <div className="w-64">
              <MomentField
                name={`measures.${index}.at`}
                label={t("at")}
                required
                at={at ? new Date(at) : null}
              />
            </div>
          </div>
          <BilingualField
            name={`measures.${index}.text`}
            label={t("text")}
            required
            rows={2}
            maxLength={1000}
            values={text}
          />
        </>
      )}
    </RowList>
  );
}
