import { useLocale } from "next-intl";

import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { Told } from "@/domain/broadcasts/facts";
import { type Address } from "@/lib/addresses";

import { IncidentSeverity } from "./incident-severity";
import { noticeHref, noticeKind, noticeTitle } from "./broadcast-title";

type Props = {
  told: Told;
  at: Date | string;
  /** Where the title leads, when not to the item itself: the message, the delivery board. */
  href?: Address;
};

/** A notice in a list: its line, and below it what kind it is and when it was told. */
export function BroadcastSummary({ told, at, href = noticeHref(told) }: Props) {
  const locale = useLocale();
  return (
    <>
      <Link href={href} tone="main">
        {noticeTitle(told, locale)}
      </Link>
      <p className="text-small text-ink-muted flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>
          {noticeKind(told, locale)} · <Time at={at} form="table" />
        </span>
        <IncidentSeverity told={told} />
      </p>
    </>
  );
}
