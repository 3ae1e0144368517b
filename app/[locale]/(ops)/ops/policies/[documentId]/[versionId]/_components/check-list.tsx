"use client";

import { useTranslations } from "next-intl";

import { VERSION_CHECKS, type VersionCheck } from "@/db/vocabulary/policies";
import { CheckList as Checks, type Missing } from "@/components/reviews/check-list";

/** What still keeps the version from its review; questions count as one. */
export function CheckList({ label, missing }: { label: string; missing: Missing }) {
  const t = useTranslations("policies.browser.check");
  const questions = Object.keys(missing).filter(isQuestion);
  const shown = Object.entries(missing).filter(
    ([field]) => !isQuestion(field) || field === questions[0],
  );
  const say = (field: string, problem: string) =>
    isQuestion(field)
      ? t("questions", { count: questions.length })
      : t("field", { field: nameOf(field), problem });
  return <Checks label={label} missing={Object.fromEntries(shown)} say={say} />;

  function nameOf(field: string): string {
    const [part, second] = field.split(".");
    if (part === "explanations" && isCheck(second)) return t(`names.${second}`);
    if (part === "changes" && second) return t("change", { number: Number(second) + 1 });
    return t(NAMES[part ?? ""] ?? "effectiveDate");
  }
}

const NAMES: Record<string, "text" | "changes" | "warnings"> = {
  texts: "text",
  changes: "changes",
  warnings: "warnings",
};

const isCheck = (name: string | undefined): name is VersionCheck =>
  VERSION_CHECKS.some((check) => check === name);

const isQuestion = (field: string) => field.startsWith("majorAnswers.");
