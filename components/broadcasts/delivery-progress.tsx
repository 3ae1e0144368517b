import { useLocale, useTranslations } from "next-intl";

import { Figure } from "@/components/ui/figure";
import type { BroadcastStatus } from "@/db/vocabulary/broadcasts";
import { formatNumber } from "@/lib/format";

import { type Counts, countOf, outcomesOf } from "./delivery-counts";

type Props = {
  status: BroadcastStatus;
  isCancelled: boolean;
  /** How many people it tells; and how many of them are still to be written, while it is prepared. */
  people: number;
  peopleAhead: number;
  /** And how many of them are held back for the second wave. */
  held: number;
  mails: Counts;
  messages: Counts;
  /** Mails that left within the last minute. */
  perMinute: number;
  /** Accounts that no mail of a mandatory notice reached and nobody has told otherwise. */
  unreachedAccounts: number;
};

/**
 * How far it is, in words: while it runs how many have left, how fast, and how long it will take,
 * then how many wait for news; at its end how many mails have arrived, and what became of all others.
 * In-site messages are counted apart: one that was placed has not been read.
 */
export function DeliveryProgress(props: Props) {
  const { status, mails, messages, people, peopleAhead, held } = props;
  const t = useTranslations("broadcasts.board.progress");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const [all, { arrived, queued }] = [countOf(mails), outcomesOf(mails)];
  const placed = countOf(messages);

  return (
    <div aria-live="polite">
      {all > 0 && (
        <Figure
          value={number(status === "finished" ? arrived : all - queued)}
          unit={t(status === "finished" ? "arrivedOf" : "of", { all: number(all) })}
        />
      )}
      <p className="text-ink-muted mt-1">{useStanding(props)}</p>
      {peopleAhead > 0 && (
        <p className="text-ink-muted mt-1">
          {t("preparing", { done: number(people - peopleAhead - held), all: number(people) })}
        </p>
      )}
      {held > 0 && <p className="text-ink-muted mt-1">{t("held", { count: held })}</p>}
      {placed > 0 && <p className="text-ink-muted mt-1">{t("placed", { count: placed })}</p>}
    </div>
  );
}

const REST = ["unconfirmed", "unknown", "missed", "cancelled"] as const;

function useStanding(props: Props): string {
  const { status, isCancelled, peopleAhead, held, mails, perMinute, unreachedAccounts } = props;
  const t = useTranslations("broadcasts.board.progress");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const { arrived, underWay: open, queued, ...rest } = outcomesOf(mails);
  const ahead = queued + peopleAhead;
  const delivered = number(arrived);
  const others = REST.filter((outcome) => rest[outcome] > 0).map((outcome) =>
    t(`rest.${outcome}`, { count: rest[outcome] }),
  );
  const listed = others.length > 0 ? t("others", { list: others.join(t("separator")) }) : "";

  switch (status) {
    case "paused":
      return t("paused", { queued });
    case "sending":
      if (ahead === 0)
        return t(held > 0 ? "awaitingFirst" : "awaiting", { delivered, open, others: listed });
      if (isCancelled) return t("ending", { queued });
      if (perMinute === 0) return t("starting");
      return t("pace", { perMinute: number(perMinute), minutes: Math.ceil(ahead / perMinute) });
    case "finished": {
      if (countOf(mails) === 0) return t("noMails");
      return t("finished", {
        delivered,
        others: listed || t("allArrived"),
        accounts: unreachedAccounts,
      });
    }
  }
}
