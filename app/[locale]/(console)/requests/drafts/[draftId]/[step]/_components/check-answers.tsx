import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { DetailText } from "@/components/requests/detail-words";
import { RightSentence } from "@/components/requests/right-sentence";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { findOwnPlace } from "@/domain/accounts/list-own";
import type { Context } from "@/domain/context";
import { type FilingStep, isStepDone, openStep, stepsOf } from "@/domain/requests/filing-steps";
import type { Draft } from "@/domain/requests/read-draft";
import { detailsOf, RIGHTS } from "@/domain/requests/rights";
import { submitAction } from "@/app/[locale]/(console)/requests/new/actions";
import { at } from "@/lib/addresses";

type Props = { ctx: Context; draft: Draft };

/** Everything once more, each with the way to change it, and back here. */
export async function CheckAnswers({ ctx, draft }: Props) {
  const [t, locale] = await Promise.all([getTranslations("requests.filing"), getLocale()]);
  const steps = stepsOf(draft.answers).filter((step) => step !== "check");
  const open = openStep(draft.answers, draft.files.length);
  const place = await placeName(ctx, draft);
  return (
    <>
      <dl className="border-line text-ui mb-8 border-t">
        {steps.map((step) => (
          <div
            key={step}
            className="border-line grid gap-x-6 gap-y-1 border-b py-3 sm:grid-cols-[9em_minmax(0,1fr)_auto]"
          >
            <dt className="text-ink-muted">{t(`check.terms.${step}`)}</dt>
            <dd className="min-w-0 break-words whitespace-pre-line">
              <Answer draft={draft} step={step} place={place} />
            </dd>
            <dd>
              <Link
                href={at("/requests/drafts/*/*", draft.id, step, { back: "check" })}
                aria-label={t("check.changeNamed", { what: t(`check.terms.${step}`) })}
              >
                {t("check.change")}
              </Link>
            </dd>
          </div>
        ))}
      </dl>
      {open === "check" ? (
        <ActionForm action={submitAction}>
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="draftId" value={draft.id} />
          <RightSentence sentence={RIGHTS[draft.answers.type ?? "question"].sentence} />
          <p className="text-ink-soft mb-4">{t("check.truth")}</p>
          <SubmitButton>{t("check.submit")}</SubmitButton>
        </ActionForm>
      ) : (
        <Banner
          tone="warn"
          title={t("check.missing", { what: t(`check.terms.${open}`) })}
          actions={
            <ButtonLink
              variant="primary"
              size="sm"
              href={at("/requests/drafts/*/*", draft.id, open, { back: "check" })}
            >
              {t("check.fill")}
            </ButtonLink>
          }
        />
      )}
    </>
  );
}

type AnswerProps = { draft: Draft; step: FilingStep; place: string };

async function Answer({ draft, step, place }: AnswerProps) {
  const [t, type] = await Promise.all([
    getTranslations("requests.filing"),
    getTranslations("requests.type"),
  ]);
  const { answers, files } = draft;
  if (!isStepDone(step, answers, files.length)) return t("check.none");
  if (step === "facts") return <Facts answers={answers} />;
  const said: Record<FilingStep, () => string> = {
    who: () => t(`who.choices.${answers.capacity ?? "end_user"}`),
    account: () => place,
    app: () => [answers.appName, answers.sdkAppId].filter(Boolean).join(" · "),
    type: () => type(answers.type ?? "question"),
    ground: () => t(`ground.choices.${answers.ground ?? "a"}`),
    facts: () => "",
    subjects: () =>
      t("check.subjects", {
        count: answers.subjects?.length ?? 0,
        first: answers.subjects?.slice(0, 3).join("\n") ?? "",
        duplicates: answers.duplicates ?? 0,
      }),
    proof: () => files.map(({ name }) => name).join("\n") || t("check.noProof"),
    check: () => "",
  };
  return <bdi>{said[step]()}</bdi>;
}

/** What the form of the type asked, then the rest, and whose law applies. */
async function Facts({ answers }: Pick<Draft, "answers">) {
  const t = await getTranslations("requests.filing");
  const { type, capacity, details = {}, facts, region } = answers;
  return (
    <div className="grid gap-2">
      {detailsOf(type, capacity).map((detail) => (
        <div key={detail}>
          <span className="text-ink-muted text-small">{t(`details.labels.${detail}`)}</span>
          <div>
            <DetailText detail={detail} text={details[detail] ?? ""} />
          </div>
        </div>
      ))}
      {facts?.trim() && <bdi>{facts}</bdi>}
      {region && <span>{t(`region.of.${region}`)}</span>}
    </div>
  );
}

async function placeName(ctx: Context, { answers }: Draft): Promise<string> {
  if (!answers.accountId) return "";
  const { accountId, appId } = answers;
  const place = await findOwnPlace(ctx, { accountId, appId });
  const app = place?.app;
  return [place?.account.name, app && `${app.name} ${app.sdkAppId}`].filter(Boolean).join(" · ");
}
