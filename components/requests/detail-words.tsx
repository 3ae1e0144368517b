import { useTranslations } from "next-intl";

import {
  type ChosenDetail,
  DETAIL_CHOICES,
  isChosen,
  type RequestDetail,
} from "@/db/vocabulary/requests";

type Answered = { detail: RequestDetail; text: string };

/** The choices of a question, each with the key of its words below requests.filing.details. */
export function detailChoices(detail: ChosenDetail) {
  switch (detail) {
    case "scope":
      return DETAIL_CHOICES.scope.map((value) => ({
        value,
        label: `choices.scope.${value}` as const,
      }));
    case "format":
      return DETAIL_CHOICES.format.map((value) => ({
        value,
        label: `choices.format.${value}` as const,
      }));
    case "settled":
      return DETAIL_CHOICES.settled.map((value) => ({
        value,
        label: `choices.settled.${value}` as const,
      }));
    case "guardian":
      return DETAIL_CHOICES.guardian.map((value) => ({
        value,
        label: `choices.guardian.${value}` as const,
      }));
  }
}

/** What was answered to a question of a right's own form, in words: a choice in the reader's language. */
export function DetailText({ detail, text }: Answered) {
  const t = useTranslations("requests.filing.details");
  const chosen = isChosen(detail) && detailChoices(detail).find(({ value }) => value === text);
  return <bdi className="break-words whitespace-pre-line">{chosen ? t(chosen.label) : text}</bdi>;
}

/** The questions and answers of a right's own form, as facts. */
export function useDetailFacts(details: readonly Answered[]) {
  const t = useTranslations("requests.filing.details");
  return details.map(({ detail, text }) => ({
    term: t(`labels.${detail}`),
    value: <DetailText detail={detail} text={text} />,
  }));
}
