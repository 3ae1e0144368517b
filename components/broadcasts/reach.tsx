import { useTranslations } from "next-intl";

import { Funnel, type FunnelStep } from "@/components/ui/funnel";

import { type Counts, countOf, outcomesOf } from "./delivery-counts";

type Props = {
  people: number;
  mails: Counts;
  messages: Counts;
  /** How many have read the in-site message. */
  read: number;
  /** How many said that they know of it; null where more is asked, or nothing. */
  known: number | null;
  /** Where the thing told asks for answers: how many accounts there are, and how many have answered. */
  answers: { answered: number; all: number } | null;
};

/** From the people it is meant for to the accounts that answered: what arrived alone counts as delivered. */
export function Reach({ people, mails, messages, read, known, answers }: Props) {
  const t = useTranslations("broadcasts.board.reach");
  const step = (key: StepKey, figure: string, bar: Bar): FunnelStep => ({
    ...{ key, figure, text: t(key), label: t("label", { step: t(key), count: figure }) },
    ...bar,
  });
  const share = (count: number) => count / Math.max(people, 1);
  const [mailed, placed] = [countOf(mails), countOf(messages)];
  const { arrived, unknown, unconfirmed } = outcomesOf(mails);
  const rest = useRest(mails);
  return (
    <Funnel
      steps={[
        step("people", t("countPeople", { count: people }), { share: share(people) }),
        step("mailed", t("countMails", { count: mailed }), {
          share: share(mailed),
          limit: share(people),
        }),
        step("arrived", t("ofMails", { count: arrived, all: mailed }), {
          share: share(arrived),
          unknown: share(unknown + unconfirmed),
          limit: share(mailed),
          note: rest,
        }),
        step("read", t("ofPeople", { count: read, all: placed }), {
          share: share(read),
          limit: share(placed),
        }),
        ...(known === null
          ? []
          : [
              step("known", t("ofPeople", { count: known, all: placed }), {
                share: share(known),
                limit: share(placed),
              }),
            ]),
        ...(answers
          ? [
              step("answered", t("ofAccounts", { count: answers.answered, all: answers.all }), {
                share: answers.answered / Math.max(answers.all, 1),
                limit: 1,
              }),
            ]
          : []),
      ]}
    />
  );
}

type StepKey = "people" | "mailed" | "arrived" | "read" | "known" | "answered";
type Bar = Pick<FunnelStep, "share" | "unknown" | "limit" | "note">;

const REST = ["unconfirmed", "unknown", "missed", "cancelled"] as const;

/** What became of the mails that have not arrived: each is in one of these. */
function useRest(mails: Counts): string {
  const [t, words] = [
    useTranslations("broadcasts.board.reach"),
    useTranslations("broadcasts.board.progress"),
  ];
  const { underWay, queued, ...outcomes } = outcomesOf(mails);
  const open = underWay + queued;
  return [
    ...(open > 0 ? [t("open", { count: open })] : []),
    ...REST.filter((one) => outcomes[one] > 0).map((one) =>
      words(`rest.${one}`, { count: outcomes[one] }),
    ),
  ].join(words("separator"));
}
