"use client";

import { useTranslations } from "next-intl";

import { CheckboxField } from "@/components/form/fields";
import { useForm } from "@/components/form/form-state";

const LISTS = ["named", "namedFile", "excluded", "excludedFile"];
/** Refusals of lines, without which the rest of a list is still what was meant. */
const OF_LINES =
  /^(?:notices\.errors\.ids\.(?!tooMany)|lists\.errors\.(?:several|blank|shortened)$)/;

/** Offered once lines were refused: to go on without them. */
export function SkipRefusedLines() {
  const t = useTranslations("incidents.browser.leavesOut");
  const { fields } = useForm();
  const isRefused = LISTS.some((list) => fields[list]?.some((key) => OF_LINES.test(key)));
  if (!isRefused) return null;
  return (
    <div className="mt-5">
      <CheckboxField name="leavesOut" label={t("label")} hint={t("hint")} />
    </div>
  );
}
