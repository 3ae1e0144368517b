import { useTranslations } from "next-intl";

import type {
  LegalBasis,
  RefusalCode,
  RequestDecision,
  StandardParagraph,
} from "@/db/vocabulary/requests";

import { Prose } from "../broadcasts/broadcast-facts";

type Props = {
  decision: RequestDecision;
  code: RefusalCode | null;
  explanation: string;
  paragraphs: readonly StandardParagraph[];
  /** On what the processing rests, where that was asked (P50). */
  bases?: readonly LegalBasis[];
  /** It is under appeal already: then the way to one is not told again. */
  isAppealed?: boolean;
  /** It answers an appeal: there is no further one. */
  isFinal?: boolean;
  /** Its requester has a page of it; who left no mail address has none. */
  hasPage: boolean;
};

/**
 * An answer exactly as its requester reads it, for them and for who proposes or reviews it: the
 * outcome, the explanation, the ground (P35, P36), the standard sentences (P31, P50), the ways on.
 */
export function AnswerText(answer: Props) {
  const t = useTranslations("requests");
  return (
    <div className="border-line bg-raised max-w-measure rounded-md border px-5 py-4">
      <p className="mb-3 font-semibold">
        {t("answer.title", { outcome: t(`outcome.${answer.decision}`) })}
      </p>
      <AnswerBody {...answer} />
    </div>
  );
}

/** All below the outcome, which a proof sheet says as its sentence. */
export function AnswerBody({ decision, code, explanation, paragraphs, bases, ...on }: Props) {
  const t = useTranslations("requests");
  const appealWay = on.hasPage ? "appealWay" : "appealWayWithoutPage";
  return (
    <div className="max-w-measure grid gap-3">
      <p className="wrap-anywhere">
        <bdi>
          <Prose text={explanation} />
        </bdi>
      </p>
      {bases && bases.length > 0 && (
        <div>
          <p className="font-semibold">{t("answer.bases")}</p>
          <ul className="list-disc space-y-1 pl-5">
            {bases.map((one) => (
              <li key={one}>{t(`basis.${one}`)}</li>
            ))}
          </ul>
        </div>
      )}
      {code && (
        <div className="bg-sunken rounded-md px-4 py-3">
          <p className="font-semibold">{t("answer.ground", { code })}</p>
          <p>{t(`code.${code}`)}</p>
        </div>
      )}
      {paragraphs.map((one) => (
        <p key={one}>{t(`answer.${one}`)}</p>
      ))}
      {decision !== "fulfilled" && !on.isAppealed && (
        <p>{t(`answer.${on.isFinal ? "finalWay" : appealWay}`)}</p>
      )}
      <p className="text-ink-muted">{t("answer.reviewed")}</p>
    </div>
  );
}
