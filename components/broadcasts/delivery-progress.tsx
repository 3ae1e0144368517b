import { useLocale, useTranslations } from "next-intl";

import { Figure } from "@/components/ui/figure";
import { type BroadcastStatus } from "@/db/vocabulary";
import { formatNumber } from "@/lib/format";

import { ARRIVED, type Counts, countOf, UNREACHED } from "./delivery-counts";

type Props = {
  status: BroadcastStatus;
  /** Whether its remainder was cancelled. */
  isCancelled: boolean;
  mails: Counts;
  people: number;
  /** Mails that left within the last minute. */
  perMinute: number;
  /** Accounts that no mail of a mandatory notice reached and nobody has told otherwise. */
  unreachedAccounts: number;
};

/**
 * How far it is, in words: while it runs how many have left, how fast, and how long it will take,
 * then how many wait for news; at its end how many people were told and whom no mail has reached.
 */
export function DeliveryProgress(props: Props) {
  const { status, mails, people } = props;
  const t = useTranslations("broadcasts.board.progress");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const [all, queued] = [countOf(mails), countOf(mails, ["queued"])];
  const isDone = status === "finished";

  return (
    <div aria-live="polite">
      {isDone ? (
        <Figure value={number(people)} unit={t("told")} />
      ) : (
        <Figure value={number(all - queued)} unit={t("of", { all: number(all) })} />
      )}
      <p className="text-ink-muted mt-1">{useStanding(props)}</p>
    </div>
  );
}

function useStanding({ status, isCancelled, mails, perMinute, unreachedAccounts }: Props): string {
  const t = useTranslations("broadcasts.board.progress");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const [all, queued] = [countOf(mails), countOf(mails, ["queued"])];
  const [delivered, open] = [number(countOf(mails, ARRIVED)), countOf(mails, ["sent"])];

  switch (status) {
    case "paused":
      return t("paused", { queued });
    case "sending":
      if (queued === 0) return t("awaiting", { delivered, open });
      if (isCancelled) return t("ending", { queued });
      if (perMinute === 0) return t("starting");
      return t("pace", { perMinute: number(perMinute), minutes: Math.ceil(queued / perMinute) });
    case "finished": {
      if (all === 0) return t("noMails");
      const missed = countOf(mails, UNREACHED);
      return t("finished", { delivered, missed, accounts: unreachedAccounts });
    }
  }
}
