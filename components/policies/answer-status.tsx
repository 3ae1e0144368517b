import { useTranslations } from "next-intl";

import type { MeterPart } from "@/components/ui/meter";
import { Stamp } from "@/components/ui/stamp";
import { Status, type StatusTone } from "@/components/ui/status";
import type { AcknowledgementAnswer } from "@/db/vocabulary/policies";
import type { CoverageState } from "@/domain/policies/coverage";

/** To who gave it, among all answers to a version, and to support. */
type Reader = "own" | "coverage" | "support";

const ANSWER_TONES: Record<AcknowledgementAnswer, Record<Reader, StatusTone | "stamp">> = {
  acknowledged: { own: "stamp", coverage: "stamp", support: "ok" },
  disagreed: { own: "off", coverage: "danger", support: "danger" },
};

export const COVERAGE_TONES: Record<CoverageState, MeterPart["tone"]> = {
  acknowledged: "ok",
  disagreed: "danger",
  not_asked: "off",
  unanswered: "waiting",
  joined_later: "off",
};

type Props = { answer: AcknowledgementAnswer; reader?: Reader };

/** What an account answered to a version: the seal, or a shape and a word. */
export function AnswerStatus({ answer, reader = "own" }: Props) {
  const t = useTranslations("acknowledgements.answer");
  const tone = ANSWER_TONES[answer][reader];
  if (tone === "stamp") return <Stamp>{t(answer)}</Stamp>;
  return <Status tone={tone}>{t(answer)}</Status>;
}

/** The same for every account, those without an answer too. */
export function CoverageStatus({ state }: { state: CoverageState }) {
  const t = useTranslations("policies.ops.answers.filter");
  if (state === "acknowledged" || state === "disagreed")
    return <AnswerStatus answer={state} reader="coverage" />;
  return <Status tone="off">{t(state)}</Status>;
}
