import { useTranslations } from "next-intl";

import { type RefusalCode, type RequestDecision, type StandardParagraph } from "@/db/vocabulary";

type Props = {
  decision: RequestDecision;
  code: RefusalCode | null;
  explanation: string;
  paragraphs: readonly StandardParagraph[];
};

/** An answer exactly as its requester reads it: the outcome, its reason, the explanation, the ways on. */
export function AnswerText({ decision, code, explanation, paragraphs }: Props) {
  const t = useTranslations("cases");
  return (
    <div className="border-line bg-raised max-w-measure grid gap-3 rounded-md border px-5 py-4">
      <p className="font-semibold">{t(`status.${decision}`)}</p>
      {code && <p className="text-ink-soft">{t(`code.${code}`)}</p>}
      <p className="wrap-anywhere whitespace-pre-wrap">{explanation}</p>
      {paragraphs.map((one) => (
        <p key={one}>{t(`paragraph.${one}`)}</p>
      ))}
      {decision !== "fulfilled" && <p>{t("appealWay")}</p>}
    </div>
  );
}
