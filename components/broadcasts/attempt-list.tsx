import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { type Tried } from "@/domain/broadcasts/unreached";
import { at } from "@/lib/addresses";
import { formatTableDateTime } from "@/lib/format";

import { DeliveryReason, DeliveryStatus } from "./delivery-status";

type Props = { broadcastId: string; tried: readonly Tried[] };

/** Everybody of an account that was mailed, in order, with what became of it and when. */
export function AttemptList({ broadcastId, tried }: Props) {
  const t = useTranslations("broadcasts.unreached");
  if (tried.length === 0) return <p className="text-ink-muted">{t("nobody")}</p>;
  return (
    <ol className="flex flex-col gap-2.5">
      {tried.map(({ userId, name, address, status, reason, failedAt, isFallback }) => (
        <li key={userId}>
          <span className="flex flex-wrap items-baseline gap-x-3">
            <Link href={at("/ops/broadcasts/*/recipients/*", broadcastId, userId)}>{name}</Link>
            <span className="wrap-anywhere">{address}</span>
            {isFallback && <span className="text-small text-ink-muted">{t("fallback")}</span>}
          </span>
          <span className="text-small text-ink-muted flex flex-wrap items-baseline gap-x-3">
            <DeliveryStatus status={status} />
            <span className="tabular-nums">{formatTableDateTime(failedAt)}</span>
            {reason && <DeliveryReason reason={reason} />}
          </span>
        </li>
      ))}
    </ol>
  );
}
