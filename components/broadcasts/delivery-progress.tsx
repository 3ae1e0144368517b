import { useLocale, useTranslations } from "next-intl";

import { Figure } from "@/components/ui/figure";
import { type BroadcastStatus } from "@/db/vocabulary";
import { formatNumber } from "@/lib/format";

import { ARRIVED, type Counts, countOf, UNREACHED } from "./delivery-counts";

type Props = {
  status: BroadcastStatus;
  mails: Counts;
  people: number;
  /** Mails that left within the last minute. */
  perMinute: number;
};

/**
 * How far it is, in words: while it runs how many have left, how fast, and how long it will take;
 * at its end how many people were told and whom no mail has reached.
 */
export function DeliveryProgress({ status, mails, people, perMinute }: Props) {
  const t = useTranslations("broadcasts.board.progress");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const [all, queued] = [countOf(mails), countOf(mails, ["queued"])];
  const unreached = countOf(mails, UNREACHED);

  if (status !== "finished") {
    return (
      <div aria-live="polite">
        <Figure value={number(all - queued)} unit={t("of", { all: number(all) })} />
        <p className="text-ink-muted mt-1">
          {status === "paused"
            ? t("paused")
            : perMinute > 0
              ? t("pace", { perMinute: number(perMinute), minutes: Math.ceil(queued / perMinute) })
              : t("starting")}
        </p>
      </div>
    );
  }
  return (
    <div aria-live="polite">
      <Figure value={number(people)} unit={t("told")} />
      <p className="text-ink-muted mt-1">
        {all === 0
          ? t("noMails")
          : t("finished", {
              delivered: number(countOf(mails, ARRIVED)),
              open: countOf(mails, ["sent"]),
              unreached,
            })}
      </p>
    </div>
  );
}
