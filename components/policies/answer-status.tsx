import { useTranslations } from "next-intl";

import type { MeterPart } from "@/components/ui/meter";
import { Stamp } from "@/components/ui/stamp";
import { Status, type StatusTone } from "@/components/ui/status";
import type { AcknowledgementAnswer, AskState } from "@/db/vocabulary/policies";
import type { OwnPolicy } from "@/domain/policies/own-policies";
import { formatTableDate } from "@/lib/format";

/** To who gave it, among all answers to a version, and to support. */
type Reader = "own" | "coverage" | "support";

const ANSWER_TONES: Record<AcknowledgementAnswer, Record<Reader, StatusTone | "stamp">> = {
  acknowledged: { own: "stamp", coverage: "stamp", support: "ok" },
  disagreed: { own: "off", coverage: "danger", support: "danger" },
};

export const COVERAGE_TONES: Record<AskState, MeterPart["tone"]> = {
  acknowledged: "ok",
  disagreed: "danger",
  waiting: "waiting",
  deferred: "waiting",
  overdue: "danger",
  joined_later: "off",
  superseded: "off",
  waived: "off",
  not_asked: "off",
};

const STATE_TONES = {
  waiting: "warn",
  deferred: "info",
  overdue: "danger",
  joined_later: "warn",
  superseded: "off",
  waived: "off",
  not_asked: "off",
} as const satisfies Record<Exclude<AskState, AcknowledgementAnswer>, StatusTone>;

type Props = { answer: AcknowledgementAnswer; reader?: Reader };

/** What an account answered to a version: the seal, or a shape and a word. */
export function AnswerStatus({ answer, reader = "own" }: Props) {
  const t = useTranslations("acknowledgements.answer");
  const tone = ANSWER_TONES[answer][reader];
  if (tone === "stamp") return <Stamp>{t(answer)}</Stamp>;
  return <Status tone={tone}>{t(answer)}</Status>;
}

/** How an account stands to a version: the same word on every page. */
export function AskStatus({ state, reader = "own" }: { state: AskState; reader?: Reader }) {
  const t = useTranslations("acknowledgements");
  if (state === "acknowledged" || state === "disagreed")
    return <AnswerStatus answer={state} reader={reader} />;
  return <Status tone={STATE_TONES[state]}>{t(`state.${state}`)}</Status>;
}

/** How the reader's accounts stand to a version, by whom and when it was answered, or what stands where nothing is asked. */
export function OwnAnswerStatus({ own, instead }: { own: OwnPolicy; instead?: React.ReactNode }) {
  const { state, answer, personName, answeredAt } = own;
  if (state === "not_asked" && instead !== undefined) return instead;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <AskStatus state={state} />
      {answer === state && (
        <span className="text-ink-muted text-small">
          {personName} · {answeredAt && formatTableDate(answeredAt)}
        </span>
      )}
    </span>
  );
}
