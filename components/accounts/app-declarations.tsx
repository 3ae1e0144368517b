import { useLocale, useTranslations } from "next-intl";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { CheckboxField, RadiosField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { CheckStatus } from "@/components/ui/check-status";
import {
  DECLARATION_QUESTIONS,
  DECLARATION_TOPICS,
  type DeclarationQuestion,
  type DeclarationTopic,
} from "@/db/vocabulary/accounts";
import type { DeclaredAnswer } from "@/db/schema/accounts";
import type { DeclarationHistory, Declarations, Declared } from "@/domain/accounts/declarations";
import type { AccountApp } from "@/domain/accounts/list-apps";
import { DECLARATION_SOURCES, decidedBy, isToAnswer, shortOf } from "@/domain/accounts/rules";
import { formatDateTime } from "@/lib/format";

import { DeclarationStatus } from "./account-status";

type TopicProps = { topic: DeclarationTopic };

/** Both results, one below the other, for a row of a list. */
export function DeclarationResults({ declarations }: { declarations: Declarations }) {
  return (
    <ul>
      {DECLARATION_TOPICS.map((topic) => (
        <li key={topic}>
          <DeclarationStatus topic={topic} declared={declarations[topic]} />
        </li>
      ))}
    </ul>
  );
}

type SectionProps = { app: AccountApp; history: DeclarationHistory };

/** What was declared of an app, for those who only read it. */
export function AppDeclarations({ app, history }: SectionProps) {
  const t = useTranslations("accounts.declarations");
  return (
    <Section id="declarations" title={t("title")} note={t("lead")}>
      <div className="max-w-form grid gap-6">
        {DECLARATION_TOPICS.map((topic) => {
          const declared = app.declarations[topic];
          return (
            <div key={topic}>
              <h3 className="text-ui mb-1 font-semibold">{t(`topic.${topic}`)}</h3>
              <Standing {...{ topic, declared, history }}>
                {declared && <Answers topic={topic} answer={declared.answer} />}
              </Standing>
            </div>
          );
        })}
      </div>
    </Section>
  );
}

type StandingProps = TopicProps & {
  declared: Declared | null;
  history: DeclarationHistory;
  children?: React.ReactNode;
};

/** What follows from a declaration and by which article, who gave it, and what was declared before. */
function Standing({ topic, declared, history, children }: StandingProps) {
  const t = useTranslations("accounts.declarations");
  const locale = useLocale();
  const [latest, ...earlier] = history.filter((one) => one.topic === topic);
  return (
    <>
      <p>
        <DeclarationStatus topic={topic} declared={declared} />
      </p>
      {declared && <Because topic={topic} answer={declared.answer} />}
      {children}
      {latest && (
        <p className="text-small text-ink-muted mt-1">
          {t("by", { name: latest.declaredByName, at: formatDateTime(latest.declaredAt, locale) })}
        </p>
      )}
      <Earlier topic={topic} history={earlier} />
    </>
  );
}

type AnswerProps = TopicProps & { answer: DeclaredAnswer };

/** The articles that decide, and what the promise asks for and is not there. */
function Because({ topic, answer }: AnswerProps) {
  const t = useTranslations("accounts.declarations");
  const articles = decidedBy(topic, answer).map((one) =>
    t(`article.${DECLARATION_SOURCES[one].article}`),
  );
  return (
    <>
      {articles.length > 0 && (
        <p className="text-small text-ink-soft">
          {t("because", { articles: articles.join(t("separator")) })}
        </p>
      )}
      {shortOf(answer).map((one) => (
        <p key={one} className="mt-1">
          <CheckStatus isGood={false}>
            <span className="whitespace-normal">{t(`short.${shortWord(one)}`)}</span>
          </CheckStatus>
        </p>
      ))}
    </>
  );
}

const shortWord = (question: DeclarationQuestion) =>
  question === "isOfAge" ? "isOfAge" : "hasGuardianConsent";

function Answers({ topic, answer }: AnswerProps) {
  const t = useTranslations("accounts.declarations");
  return (
    <div className="mt-1">
      <Facts
        tight
        facts={asked(topic, answer).map((one) => ({
          term: t(`word.${answer[one] ? "yes" : "no"}`),
          value: t(`question.${one}`),
        }))}
      />
    </div>
  );
}

const asked = (topic: DeclarationTopic, answer: DeclaredAnswer): DeclarationQuestion[] =>
  DECLARATION_QUESTIONS[topic].filter((one) => isToAnswer(one, answer));

function Earlier({ topic, history }: TopicProps & { history: DeclarationHistory }) {
  const t = useTranslations("accounts.declarations");
  const locale = useLocale();
  if (history.length === 0) return null;
  return (
    <details className="mt-1">
      <summary className="text-link text-small rounded-sm max-md:min-h-11 max-md:py-2.5">
        {t("earlier", { count: history.length })}
      </summary>
      <ul className="mt-1 grid gap-3">
        {history.map(({ revision, answer, declaredAt, declaredByName }) => (
          <li key={revision} className="border-line border-l-2 pl-3">
            <p className="text-small text-ink-muted">
              {t("by", { name: declaredByName, at: formatDateTime(declaredAt, locale) })}
            </p>
            <Answers topic={topic} answer={answer} />
          </li>
        ))}
      </ul>
    </details>
  );
}

type FormProps = SectionProps & { undeclaredOthers: number; action: FormAction };

/** The owner's questions. A topic left blank stays undeclared; nothing is chosen beforehand. */
export function DeclarationForm({ app, history, undeclaredOthers, action }: FormProps) {
  const t = useTranslations("accounts.declarations");
  return (
    <Section id="declarations" title={t("title")} note={t("lead")}>
      <ActionForm
        action={action}
        guard
        label={t("title")}
        doneMessage={t("saved")}
        className="max-w-form"
      >
        {DECLARATION_TOPICS.map((topic) => (
          <Questions key={topic} {...{ topic, history }} declared={app.declarations[topic]} />
        ))}
        <input type="hidden" name="appId" value={app.id} />
        {undeclaredOthers > 0 && (
          <CheckboxField
            name="others"
            label={t("others", { count: undeclaredOthers })}
            hint={t("othersHint")}
          />
        )}
        <div className="mt-6">
          <SubmitButton variant="outline">{t("save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

function Questions({ topic, declared, history }: Omit<StandingProps, "children">) {
  const t = useTranslations("accounts.declarations");
  const answer = declared?.answer ?? {};
  return (
    <fieldset className="group/topic border-line not-first:mt-6 not-first:border-t not-first:pt-4">
      <legend className="text-ui float-left w-full font-semibold">{t(`topic.${topic}`)}</legend>
      <div className="clear-both mb-4">
        <Standing {...{ topic, declared, history }} />
        <p className="text-small text-ink-muted mt-2">{t(`hint.${topic}`)}</p>
      </div>
      {DECLARATION_QUESTIONS[topic].map((question) => (
        <div
          key={question}
          className={
            question === "hasGuardianConsent"
              ? "mt-5 hidden group-has-[[name*=isForChildren][value=yes]:checked]/topic:block"
              : "mt-5 first:mt-0"
          }
        >
          <RadiosField
            name={`${topic}.${question}`}
            label={t(`question.${question}`)}
            hint={t(`article.${DECLARATION_SOURCES[question].article}`)}
            inline
            defaultValue={wordOf(answer[question])}
            options={(["yes", "no"] as const).map((value) => ({
              value,
              label: t(`word.${value}`),
            }))}
          />
        </div>
      ))}
    </fieldset>
  );
}

function wordOf(said: boolean | undefined) {
  if (said === undefined) return undefined;
  return said ? "yes" : "no";
}
