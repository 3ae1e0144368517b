"use client";

import { useTranslations } from "next-intl";

import { BilingualField } from "@/components/form/bilingual-field";
import { RowList } from "@/components/form/row-list";
import { type Texts } from "@/db/schema/incidents";

const EMPTY: Texts = {};

/** Advice to developers; each item becomes one of their checklist (P22). */
export function AdviceEditor({ advice }: { advice: readonly Texts[] }) {
  const t = useTranslations("incidents.browser.advice");
  return (
    <RowList
      name="adviceDevelopers"
      rows={advice}
      empty={EMPTY}
      words={{ add: t("add"), row: (number) => t("row", { number }) }}
    >
      {(texts, index) => (
        <BilingualField
          name={`adviceDevelopers.${index}`}
          label={t("text")}
          required
          rows={2}
          maxLength={1000}
          values={texts}
        />
      )}
    </RowList>
  );
}
