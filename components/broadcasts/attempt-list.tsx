import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { type Tried } from "@/domain/broadcasts/tries";
import { at } from "@/lib/addresses";
import { formatTableDateTime } from "@/lib/format";

import { DispatchReason, DispatchStatus } from "../endpoints/endpoint-status";
import { DeliveryReason, DeliveryStatus } from "./delivery-status";

type Props = { broadcastId: string; tried: readonly Tried[] };

/** Every mail and post to an account and its people, in order, with what became of it and when. */
export function AttemptList({ broadcastId, tried }: Props) {
  const t = useTranslations("broadcasts.unreached");
  const channels = useTranslations("endpoints.channel");
  if (tried.length === 0) return <p className="text-ink-muted">{t("nobody")}</p>;
  return (
    <ol className="flex flex-col gap-2.5">
      {tried.map((one) => {
        const { channel, name, address, isFallback } = one;
        const isMail = channel === "email";
        return (
          <li key={isMail ? one.userId : one.id}>
            <span className="flex flex-wrap items-baseline gap-x-3">
              {isMail ? (
                <Link href={at("/ops/broadcasts/*/recipients/*", broadcastId, one.userId)}>
                  {name}
                </Link>
              ) : (
                <span className="wrap-anywhere">{name}</span>
              )}
              <span className="text-small text-ink-muted">
                {isMail ? t("mail") : channels(channel)}
              </span>
              <span className="wrap-anywhere">{address}</span>
              {isFallback && (
                <span className="text-small text-ink-muted">
                  {t(isMail ? "fallback" : "later")}
                </span>
              )}
            </span>
            <Outcome tried={one} />
          </li>
        );
      })}
    </ol>
  );
}

function Outcome({ tried }: { tried: Tried }) {
  const { reason } = tried;
  return (
    <span className="text-small text-ink-muted flex flex-wrap items-baseline gap-x-3">
      {tried.channel === "email" ? (
        <DeliveryStatus status={tried.status} />
      ) : (
        <DispatchStatus status={tried.status} />
      )}
      <span className="tabular-nums">{formatTableDateTime(tried.at)}</span>
      {reason &&
        (tried.channel === "email" ? (
          <DeliveryReason reason={reason} />
        ) : (
          <DispatchReason reason={reason} />
        ))}
    </span>
  );
}
