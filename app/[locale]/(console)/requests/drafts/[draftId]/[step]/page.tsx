import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { findFiledDraft } from "@/domain/requests/find-filed-draft";
import {
  type Answers,
  FILING_STEPS,
  type FilingStep,
  isOnePerson,
  stepBefore,
  stepsOf,
} from "@/domain/requests/filing-steps";
import type { Draft } from "@/domain/requests/read-draft";
import { at } from "@/lib/addresses";
import { redirectTo } from "@/server/redirect";
import { requireContext } from "@/server/session";
import { WizardPage } from "@/app/[locale]/(console)/requests/_components/wizard-page";

import { CheckAnswers } from "./_components/check-answers";
import { OwnWays } from "./_components/own-ways";
import { ProofFiles } from "./_components/proof-files";
import { StepForm } from "./_components/step-form";

type Props = {
  params: Promise<{ draftId: string; step: string }>;
  searchParams: Promise<{ back?: string; on?: string; search?: string; page?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const { draftId, step: asked } = await params;
  const t = await getTranslations("requests.filing");
  const step = stepNamed(asked);
  if (!step) return { title: t("title") };
  const { answers } = await readOpenDraft(draftId);
  return { title: (await wordsOf(step, answers)).title };
}

/** One page of the wizard; a page that does not concern this draft is not there. */
export default async function StepPage({ params, searchParams }: Props) {
  const { draftId, step: asked } = await params;
  const ctx = await requireContext("request.file");
  const draft = await readOpenDraft(draftId);
  const step = stepNamed(asked);
  const steps = stepsOf(draft.answers);
  if (!step || !steps.includes(step)) notFound();
  const { back: from, on, ...slice } = await searchParams;
  const isFromCheck = from === "check";
  const before = isFromCheck ? "check" : stepBefore(step, draft.answers);
  const back = before ? at("/requests/drafts/*/*", draftId, before) : "/requests";
  // How many pages there are is known once the type is chosen; before, the number would jump.
  const of = draft.answers.type && steps.length;
  return (
    <WizardPage
      {...await wordsOf(step, draft.answers)}
      back={back}
      at={{ step: steps.indexOf(step) + 1, of }}
    >
      <OwnWays ctx={ctx} draft={draft} step={step} on={on} isFromCheck={isFromCheck} />
      {step === "check" && <CheckAnswers ctx={ctx} draft={draft} />}
      {step === "proof" && <ProofFiles ctx={ctx} draft={draft} />}
      {step !== "check" && step !== "proof" && (
        <StepForm ctx={ctx} draft={draft} step={step} isFromCheck={isFromCheck} slice={slice} />
      )}
    </WizardPage>
  );
}

/**
 * The draft, once for the page and its title. One that has been sent, which the browser's Back button
 * asks for, leads to its request; one that is gone, to what the reader has.
 */
async function readOpenDraft(draftId: string): Promise<Draft> {
  const ctx = await requireContext("request.file");
  const { draft, number } = await findFiledDraft(ctx, { draftId });
  return draft ?? redirectTo(number ? at("/requests/*", number) : "/requests");
}

/** What is asked on a page, in the words of the type of request and of who it is about. */
async function wordsOf(step: FilingStep, { type = "question", capacity }: Answers) {
  const t = await getTranslations("requests.filing");
  if (step === "facts") return { title: t(`facts.titles.${type}`), lead: t(`facts.leads.${type}`) };
  if (step === "subjects" && isOnePerson(capacity))
    return { title: t("subjects.one.title"), lead: t("subjects.one.lead") };
  return { title: t(`titles.${step}`), lead: t(`leads.${step}`) };
}

const stepNamed = (name: string): FilingStep | undefined =>
  FILING_STEPS.find((step) => step === name);
