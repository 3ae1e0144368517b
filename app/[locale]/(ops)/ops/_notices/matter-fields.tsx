import { getTranslations } from "next-intl/server";

import { BilingualField } from "@/components/form/bilingual-field";
import { RadiosField } from "@/components/form/fields";
import { Section } from "@/components/ui/section";
import type { NoticeParts } from "@/db/schema/incidents";
import { ALL_MATTER_PARTS, type MatterPart, MATTERS } from "@/db/vocabulary/incidents";

/** By which matters a part is shown; a style sheet needs the whole names. */
const TRANSFER = "group-has-[[value=transfer]:checked]/matter:block";
const ABROAD = "group-has-[[value=cross_border]:checked]/matter:block";
const DISCLOSURE = "group-has-[[value=disclosure]:checked]/matter:block";
const END = "group-has-[[value=end_of_service]:checked]/matter:block";
const SHOWN: Record<MatterPart, string> = {
  information: DISCLOSURE,
  recipient: `${TRANSFER} ${ABROAD}`,
  contact: TRANSFER,
  purpose: `${TRANSFER} ${ABROAD} ${DISCLOSURE}`,
  basis: DISCLOSURE,
  safeguards: ABROAD,
  risk: ABROAD,
  service: END,
  ends: END,
  instead: END,
  takeout: END,
  disposal: END,
};

/** Whether an announcement is about a transfer, one abroad, a disclosure or the end of a service, and what it then must say (P10, P13, P15, P51). */
export async function MatterFields({ parts }: { parts: NoticeParts }) {
  const [t, words] = await Promise.all([
    getTranslations("incidents.desk.composer.matter"),
    getTranslations("notices"),
  ]);
  return (
    <Section id="part-matter" title={t("title")} note={t("note")}>
      <div className="group/matter">
        <RadiosField
          name="matter"
          label={t("label")}
          defaultValue={parts.matter ?? ""}
          options={[
            { value: "", label: t("none") },
            ...MATTERS.map((value) => ({ value, label: words(`matter.${value}`) })),
          ]}
        />
        {ALL_MATTER_PARTS.map((part) => (
          <div key={part} className={`mt-5 hidden ${SHOWN[part]}`}>
            <BilingualField
              name={`matterParts.${part}`}
              label={words(`matterPart.${part}`)}
              rows={2}
              maxLength={1000}
              values={parts.matterParts?.[part] ?? {}}
            />
          </div>
        ))}
      </div>
    </Section>
  );
}
