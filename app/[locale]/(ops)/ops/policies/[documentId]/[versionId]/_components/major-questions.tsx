"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";

import { RadiosField } from "@/components/form/fields";
import { QuestionStatus } from "@/components/policies/version-status";
import { MAJOR_QUESTIONS, type MajorQuestion, majorReasons } from "@/db/vocabulary/policies";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

type Answers = Partial<Record<MajorQuestion, boolean>>;

type Props = {
  answers: Answers;
  /** The day from which another contact card holds, where it changes with this version (P45). */
  cardSince: string | null;
};

/** The six questions that decide whether a change is major (P42); none is answered in advance. */
export function MajorQuestions({ answers: given, cardSince }: Props) {
  const t = useTranslations("policies.browser.questions");
  const locale = useLocale();
  const [answers, setAnswers] = useState(given);
  const answerOf = (question: MajorQuestion) => {
    const answer = given[question];
    return answer === undefined ? undefined : answer ? "yes" : "no";
  };

  return (
    <div
      onChange={({ target }) => {
        if (!(target instanceof HTMLInputElement)) return;
        const [, name] = target.name.split(".");
        const question = MAJOR_QUESTIONS.find((one) => one === name);
        if (question) setAnswers({ ...answers, [question]: target.value === "yes" });
      }}
    >
      <ol>
        {MAJOR_QUESTIONS.map((question, index) => (
          <li
            key={question}
            className="border-line grid grid-cols-[2em_minmax(0,1fr)] border-b py-3 first:border-t"
          >
            <span aria-hidden="true" className="text-ink-muted tabular-nums">
              {index + 1}
            </span>
            <div>
              <RadiosField
                name={`majorAnswers.${question}`}
                label={t(`ask.${question}`)}
                hint={
                  question === "contacts" && cardSince
                    ? t("byCard", { date: formatDate(shanghaiMidnight(cardSince), locale) })
                    : t(`hint.${question}`)
                }
                inline
                defaultValue={answerOf(question)}
                options={[
                  { value: "yes", label: t("yes") },
                  { value: "no", label: t("no") },
                ]}
              />
            </div>
          </li>
        ))}
      </ol>
      <Verdict answers={answers} />
    </div>
  );
}

/** What the answers so far come to, said as they change. */
function Verdict({ answers }: { answers: Answers }) {
  const t = useTranslations("policies.browser.questions");
  const open = MAJOR_QUESTIONS.filter((question) => answers[question] === undefined).length;
  const isMajor = majorReasons(answers).length > 0;
  return (
    <p role="status" className="mt-3 flex flex-wrap items-baseline gap-x-3">
      <QuestionStatus state={isMajor ? "major" : open > 0 ? "undecided" : "minor"} />
      <span className="text-small text-ink-muted">
        {open > 0 ? t("open", { count: open }) : t(isMajor ? "majorText" : "minorText")}
      </span>
    </p>
  );
}
