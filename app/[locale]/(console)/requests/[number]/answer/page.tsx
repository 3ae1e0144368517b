import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { Prose } from "@/components/broadcasts/broadcast-facts";
import { ActionForm } from "@/components/form/action-form";
import { RadiosField, TextareaField } from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";
import { SubmitButton } from "@/components/form/submit-button";
import { DetailText } from "@/components/requests/detail-words";
import { GivenFiles } from "@/components/requests/given-files";
import { StopWays } from "@/components/policies/stop-guide";
import { Banner } from "@/components/ui/banner";
import { Facts } from "@/components/ui/facts";
import { Link, linkClass } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { DEVELOPER_ANSWERS } from "@/db/vocabulary/requests";
import type { Context } from "@/domain/context";
import { readProductPolicies } from "@/domain/policies/library";
import { readOwnPolicyAddress } from "@/domain/policies/own-policy";
import { readStopGuide } from "@/domain/policies/stop-guide";
import { readDeveloperTask, type TaskState } from "@/domain/requests/developer-task";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";
import { contactMail } from "@/server/vendor";

import { answerAsDeveloperAction } from "../actions";

type Props = { params: Promise<{ number: string }> };

export async function generateMetadata({ params }: Props) {
  return { title: (await params).number };
}

/** An end user's request that was routed to the account: check whether it is their user, and answer (P28, P29). */
export default async function DeveloperTaskPage({ params }: Props) {
  const ctx = await requireContext("request.readOwn");
  const { number } = await params;
  const task = await orNotFound(readDeveloperTask(ctx, { number }));
  const [t, type, locale] = await Promise.all([
    getTranslations("requests.filing"),
    getTranslations("requests.type"),
    getLocale(),
  ]);
  return (
    <>
      <PageHead
        crumbs={[{ href: "/requests", label: t("title") }]}
        title={t(task.isStop ? "task.titleStop" : "task.title", { number, type: type(task.type) })}
        note={task.accountName}
      />
      <ReadAbout ctx={ctx} subjectIds={[task.id]} />
      <Lead task={task} />
      <Section title={t("asked.title")}>
        <Facts
          facts={[
            {
              term: t("task.due"),
              value: t("task.dueText", {
                date: formatDate(shanghaiMidnight(task.dueDate), locale),
                requestDate: formatDate(shanghaiMidnight(task.requestDueDate), locale),
              }),
            },
            { term: t("check.terms.app"), value: <bdi>{task.appName}</bdi> },
            ...(task.ground
              ? [{ term: t("check.terms.ground"), value: t(`ground.choices.${task.ground}`) }]
              : []),
            ...task.details.map(({ detail, text }) => ({
              term: t(`details.labels.${detail}`),
              value: <DetailText detail={detail} text={text} />,
            })),
            ...(task.facts.trim()
              ? [
                  {
                    term: t("check.terms.facts"),
                    value: (
                      <bdi className="break-words">
                        <Prose text={task.facts} />
                      </bdi>
                    ),
                  },
                ]
              : []),
            {
              term: t("asked.subjects", { count: task.subjects.length }),
              value: (
                <bdi className="font-mono break-words">
                  <Prose text={task.subjects.join("\n")} />
                </bdi>
              ),
            },
          ]}
        />
      </Section>
      <HowTo ctx={ctx} task={task} />
      <Section title={t("task.answer")}>
        {task.state === "waiting" ? (
          <AnswerForm number={number} isStop={task.isStop} />
        ) : (
          <Ended state={task.state} at={task.endedAt} />
        )}
        {task.answers.map((answer) => (
          <Given key={answer.at.toISOString()} answer={answer} isStop={task.isStop} />
        ))}
      </Section>
    </>
  );
}

type Task = Awaited<ReturnType<typeof readDeveloperTask>>;

/** What is to be done, while it is, and whether it is late. */
function Lead({ task: { state, isStop, isOverdue } }: { task: Task }) {
  const t = useTranslations("requests.filing.task");
  return (
    <>
      {state === "waiting" && <p className="max-w-measure">{t(isStop ? "leadStop" : "lead")}</p>}
      {isOverdue && (
        <div className="mt-4">
          <Banner tone="danger">{t("overdue")}</Banner>
        </div>
      )}
    </>
  );
}

/** What helps to do it: the calls that stop the product, or the policies a service is closed by. */
function HowTo({ ctx, task: { type, isStop, productId, appId } }: { ctx: Context; task: Task }) {
  if (!productId) return null;
  if (isStop) return <StopCalls ctx={ctx} productId={productId} />;
  if (type !== "deregister_end_user") return null;
  return <ProductPolicy ctx={ctx} productId={productId} appId={appId} />;
}

/** The vendor's call per platform that ends the collection (P30, P31), in its own words. */
async function StopCalls({ ctx, productId }: Omit<PolicyProps, "appId">) {
  const [t, ways, contact] = await Promise.all([
    getTranslations("requests.filing.task"),
    readStopGuide(ctx, { productId }),
    contactMail(),
  ]);
  return (
    <Section title={t("stopWays")} note={t("stopWaysNote")}>
      {ways.length > 0 ? (
        <StopWays ways={ways} />
      ) : (
        <p className="max-w-measure">
          {t("stopNone")}
          <a href={`mailto:${contact}`} className={linkClass()}>
            {contact}
          </a>
        </p>
      )}
    </Section>
  );
}

type PolicyProps = { ctx: Context; productId: string; appId: string | null };

/**
 * An end user closes a service as the product's policy says (P34): what the app's own policy promises its
 * users, and the vendor's policies in force, to hold it against.
 */
async function ProductPolicy({ ctx, productId, appId }: PolicyProps) {
  const [t, locale, policies, own] = await Promise.all([
    getTranslations("requests.filing.task"),
    getLocale(),
    readProductPolicies(ctx, { productId }),
    appId ? readOwnPolicyAddress(ctx, { appId }) : null,
  ]);
  return (
    <Section title={t("policy")}>
      <p className="max-w-measure">{t("policyText")}</p>
      <ul className="mt-2 list-disc space-y-1 pl-5">
        <li className="wrap-anywhere">
          {t("ownPolicy")}
          {own ? (
            <a href={own} rel="noopener noreferrer" className={linkClass()}>
              {own}
            </a>
          ) : (
            t("noOwnPolicy")
          )}
          {!own && appId && (
            <>
              {" "}
              <Link href={at("/account/apps/*/duties", appId)}>{t("enterOwnPolicy")}</Link>
            </>
          )}
        </li>
        {policies.map(({ slug, titles }) => (
          <li key={slug}>
            <Link href={at("/policies/*", slug)}>
              {titles[localeIn(locale)] ?? titles["zh-CN"]}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AnswerForm({ number, isStop }: { number: string; isStop: boolean }) {
  const t = useTranslations("requests.filing.task");
  return (
    <ActionForm action={answerAsDeveloperAction} guard className="max-w-measure">
      <input type="hidden" name="number" value={number} />
      <RadiosField
        name="answer"
        label={t("label")}
        options={DEVELOPER_ANSWERS.map((value) => ({
          value,
          label: isStop && value === "handled" ? t("stopped") : t(`choices.${value}`),
        }))}
      />
      <TextareaField name="text" label={t("text")} hint={t("textHint")} />
      <FileField name="files" label={t("files")} hint={t("filesHint")} multiple />
      <div className="mt-6">
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

type GivenProps = {
  answer: Task["answers"][number];
  isStop: boolean;
};

/** What the account answered: the choice, then what was written to it. */
async function Given({ answer: { by, at, answer, words, files }, isStop }: GivenProps) {
  const t = await getTranslations("requests.filing.task");
  return (
    <div className="border-line max-w-measure mt-4 border-l-2 pl-4">
      <p className="text-small text-ink-muted">
        {by} · <Time at={at} form="full" />
      </p>
      <blockquote aria-label={t("given")} className="mt-1 wrap-anywhere">
        <bdi>
          {answer && (
            <span className="font-semibold">
              {isStop && answer === "handled" ? t("stopped") : t(`choices.${answer}`)}
            </span>
          )}
          <Prose text={words} />
        </bdi>
      </blockquote>
      <GivenFiles files={files} />
    </div>
  );
}

type EndedProps = { state: Exclude<TaskState, "waiting">; at: Date | null };

/** Nothing is asked of the account any more: it has answered, or its time was over. */
async function Ended({ state, at }: EndedProps) {
  const t = await getTranslations("requests.filing.task");
  return (
    <Banner tone={state === "answered" ? "ok" : "plain"}>
      {t(`ended.${state}`)} {at && <Time at={at} form="table" />}
    </Banner>
  );
}
