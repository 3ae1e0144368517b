import { useTranslations } from "next-intl";

import { CheckStatus } from "@/components/ui/check-status";
import type { MeterPart } from "@/components/ui/meter";
import { Stamp } from "@/components/ui/stamp";
import { Status, type StatusTone } from "@/components/ui/status";
import type { AcknowledgementAnswer } from "@/db/vocabulary/policies";
import type { CoverageState } from "@/domain/policies/coverage";
import type { OwnPolicy } from "@/domain/policies/own-policies";
import { formatTableDate } from "@/lib/format";

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

/** How the reader's account has answered a version, that it still has to, or what stands where nothing is asked. */
export function OwnAnswerStatus({ own, instead }: { own: OwnPolicy; instead?: React.ReactNode }) {
  const t = useTranslations("home.console.policies");
  const { answer, needsAnswer, personName, answeredAt } = own;
  if (!answer)
    return needsAnswer ? <CheckStatus isGood={false}>{t("unanswered")}</CheckStatus> : instead;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <AnswerStatus answer={answer} />
      <span className="text-ink-muted text-small">
        {personName} · {answeredAt && formatTableDate(answeredAt)}
      </span>
    </span>
  );
}

/** The same for every account, those without an answer too. */
export function CoverageStatus({ state }: { state: CoverageState }) {
  const t = useTranslations("policies.ops.answers.filter");
  if (state === "acknowledged" || state === "disagreed")
    return <AnswerStatus answer={state} reader="coverage" />;
  return <Status tone="off">{t(state)}</Status>;
}
