import { getLocale, getTranslations } from "next-intl/server";

import { QuestionStatus } from "@/components/policies/version-status";
import { Facts } from "@/components/ui/facts";
import { Hash } from "@/components/ui/hash";
import { Section } from "@/components/ui/section";
import { MAJOR_QUESTIONS } from "@/db/vocabulary/policies";
import { type OpsVersion } from "@/domain/policies/find-version";
import { formatDateTime } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

import { ChangeLines } from "./change-lines";

/** The facts the approval is bound to, the change list, the six answers. */
export async function ReviewFacts(read: OpsVersion) {
  const { version, hashNow, isTold } = read;
  const [t, r, old, locale] = await Promise.all([
    getTranslations("policies.ops.review"),
    getTranslations("reviews.review"),
    getTranslations("policies.ops.archive"),
    getLocale(),
  ]);
  const { effectiveDate, submittedAt } = version;

  return (
    <>
      <Section title={r("facts")}>
        <Facts
          facts={[
            {
              term: t("effective"),
              value: !effectiveDate
                ? t("noDate")
                : isTold || version.provenance
                  ? t("effectiveFrom", {
                      at: formatDateTime(shanghaiMidnight(effectiveDate), locale),
                    })
                  : t("effectiveNow"),
            },
            ...(version.provenance
              ? [
                  { term: old("publishedTerm"), value: version.publishedOn },
                  { term: old("provenanceTerm"), value: version.provenance },
                ]
              : []),
            {
              term: t("endUsers"),
              value: t(version.affectsEndUsers ? "endUsersAffected" : "endUsersNotAffected"),
            },
            {
              term: t("consent"),
              value: t(version.needsConsent ? "consentNeeded" : "consentNotNeeded"),
            },
            {
              term: t("submitted"),
              value: submittedAt ? formatDateTime(submittedAt, locale) : t("notYet"),
            },
            { term: t("hash"), value: <Hash value={hashNow} /> },
          ]}
        />
      </Section>
      <Section title={t("changes")} note={t("count", { count: version.changes.length })}>
        <ChangeLines {...read} />
      </Section>
      {!version.provenance && (
        <Section title={t("questions")} note={t(verdictOn(version))}>
          <Answers answers={version.majorAnswers} />
        </Section>
      )}
    </>
  );
}

/** A change is ordinary only when all six are answered. */
function verdictOn({ isMajor, majorAnswers }: OpsVersion["version"]) {
  if (isMajor) return "isMajor";
  const isOpen = MAJOR_QUESTIONS.some((question) => majorAnswers[question] === undefined);
  return isOpen ? "isOpen" : "isMinor";
}

async function Answers({ answers }: { answers: OpsVersion["version"]["majorAnswers"] }) {
  const t = await getTranslations("policies.browser.questions");
  return (
    <ol>
      {MAJOR_QUESTIONS.map((question, index) => (
        <li
          key={question}
          className="border-line grid grid-cols-[2em_minmax(0,1fr)_auto] gap-x-2 border-b py-2 first:border-t"
        >
          <span className="text-ink-muted tabular-nums">{index + 1}</span>
          <span>{t(`ask.${question}`)}</span>
          <QuestionStatus state={answerTo(answers[question])} />
        </li>
      ))}
    </ol>
  );
}

const answerTo = (given: boolean | undefined) =>
  given === undefined ? "unanswered" : given ? "yes" : "no";
