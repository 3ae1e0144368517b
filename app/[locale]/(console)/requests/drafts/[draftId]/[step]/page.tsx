import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { FILING_STEPS, type FilingStep, stepBefore, stepsOf } from "@/domain/requests/filing-steps";
import { readDraft } from "@/domain/requests/read-draft";
import { found } from "@/server/found";
import { requireContext } from "@/server/session";

import { WizardPage } from "@/app/[locale]/(console)/requests/_components/wizard-page";
import { CheckAnswers } from "./_components/check-answers";
import { ProofFiles } from "./_components/proof-files";
import { StepForm } from "./_components/step-form";

type Props = {
  params: Promise<{ draftId: string; step: string }>;
  searchParams: Promise<{ back?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const { step } = await params;
  const t = await getTranslations("filing");
  const known = stepNamed(step);
  return { title: known ? t(`titles.${known}`) : t("title") };
}

/** One page of the wizard; a page that does not concern this draft is not there. */
export default async function StepPage({ params, searchParams }: Props) {
  const { draftId, step: asked } = await params;
  const ctx = await requireContext("request.file");
  const draft = await found(readDraft(ctx, { draftId }));
  const step = stepNamed(asked);
  const steps = stepsOf(draft.answers);
  if (!step || !steps.includes(step)) notFound();
  const t = await getTranslations("filing");
  const isFromCheck = (await searchParams).back === "check";
  const before = isFromCheck ? "check" : stepBefore(step, draft.answers);
  const back = before ? `/requests/drafts/${draftId}/${before}` : "/requests";
  return (
    <WizardPage
      title={t(`titles.${step}`)}
      lead={t(`leads.${step}`)}
      back={back}
      at={{ step: steps.indexOf(step) + 1, of: steps.length }}
    >
      {step === "check" && <CheckAnswers ctx={ctx} draft={draft} />}
      {step === "proof" && <ProofFiles draft={draft} />}
      {step !== "check" && step !== "proof" && (
        <StepForm ctx={ctx} draft={draft} step={step} isFromCheck={isFromCheck} />
      )}
    </WizardPage>
  );
}

const stepNamed = (name: string): FilingStep | undefined =>
  FILING_STEPS.find((step) => step === name);
