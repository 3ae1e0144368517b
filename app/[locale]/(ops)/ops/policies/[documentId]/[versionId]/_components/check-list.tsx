"use client";

import { useTranslations } from "next-intl";

import { fieldId } from "@/components/form/form-state";
import { useMessage } from "@/components/form/use-message";
import { linkClass } from "@/components/ui/link";
import { StatusShape } from "@/components/ui/status";

type Missing = Readonly<Record<string, readonly string[]>>;

/** What still keeps the version from its review, each a link to its field; questions count as one. */
export function CheckList({ label, missing }: { label: string; missing: Missing }) {
  const t = useTranslations("policies.browser.check");
  const say = useMessage();
  const questions = Object.keys(missing).filter(isQuestion);
  const shown = Object.entries(missing).filter(
    ([field]) => !isQuestion(field) || field === questions[0],
  );

  return (
    <ul aria-label={label}>
      {shown.map(([field, keys]) => (
        <li
          key={field}
          className="border-line grid grid-cols-[20px_minmax(0,1fr)] items-baseline border-b py-2"
        >
          <StatusShape tone="danger" />
          <a href={`#${fieldId(field)}`} className={linkClass("plain")}>
            {isQuestion(field)
              ? t("questions", { count: questions.length })
              : t("field", {
                  field: nameOf(field),
                  problem: say(keys[0] ?? "errors.field.required"),
                })}
          </a>
        </li>
      ))}
    </ul>
  );

  function nameOf(field: string): string {
    const [part, second] = field.split(".");
    if (part === "changes" && second) return t("change", { number: Number(second) + 1 });
    return t(part === "texts" ? "text" : part === "changes" ? "changes" : "effectiveDate");
  }
}

const isQuestion = (field: string) => field.startsWith("majorAnswers.");
