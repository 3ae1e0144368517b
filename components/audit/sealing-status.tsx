import { useLocale, useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";
import { Status } from "@/components/ui/status";
import { formatDateTime } from "@/lib/format";

type Props = {
  /** What was signed last; null before the first. */
  last: { size: number; note: string; sealedAt: Date } | null;
  check: { checkedAt: Date; isGood: boolean } | null;
  /** What somebody outside signed last; null where nobody has. */
  witness: { name: string; size: number; at: Date } | null;
  /** Which time an authority put to which state last; null where none has. */
  stamp: { authority: string; size: number; at: Date } | null;
  /** Entries that are not sealed yet. */
  waiting: number;
  /** Where the checkpoint is published, in full. */
  address: string;
};

/** How far the record is sealed and how its last check ended, with the checkpoint to take away. */
export function SealingStatus({ last, check, witness, stamp, waiting, address }: Props) {
  const t = useTranslations("audit.sealing");
  const locale = useLocale();
  const at = (moment: Date) => ({ at: formatDateTime(moment, locale) });
  return (
    <div className="text-small mb-6 flex flex-wrap items-baseline gap-x-5 gap-y-1">
      {last ? (
        <Status tone="ok">
          {t("to", { place: last.size })} · {t("at", at(last.sealedAt))}
        </Status>
      ) : (
        <Status tone="warn">{t("never")}</Status>
      )}
      {waiting > 0 && <span className="text-ink-muted">{t("waiting", { count: waiting })}</span>}
      {check ? (
        <Status tone={check.isGood ? "ok" : "danger"}>
          {t(check.isGood ? "good" : "bad", at(check.checkedAt))}
        </Status>
      ) : (
        <span className="text-ink-muted">{t("unchecked")}</span>
      )}
      {witness && (
        <Status tone="ok">
          {t("witnessed", { name: witness.name, place: witness.size, ...at(witness.at) })}
        </Status>
      )}
      {stamp && (
        <Status tone="ok">
          {t("stamped", { name: stamp.authority, place: stamp.size, ...at(stamp.at) })}
        </Status>
      )}
      {last && (
        <details className="open:basis-full print:hidden">
          <summary className="text-ink-muted hover:text-ink cursor-pointer py-0.5 max-md:py-3">
            {t("checkpoint")}
          </summary>
          <p className="mt-1">{t("keep")}</p>
          <pre className="bg-sunken text-caption my-2 rounded-md px-3 py-2 wrap-anywhere whitespace-pre-wrap">
            {last.note}
          </pre>
          <p>
            {t("where")}{" "}
            <a href={address} className={linkClass("text")}>
              <span className="wrap-anywhere">{address}</span>
            </a>
          </p>
        </details>
      )}
    </div>
  );
}
