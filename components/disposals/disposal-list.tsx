import { useTranslations } from "next-intl";

import { DisposalStatus } from "@/components/requests/request-status";
import { Time } from "@/components/ui/time";
import type { DataStore, DisposalAction, HoldReason } from "@/db/vocabulary/requests";
import { shanghaiMidnight } from "@/lib/shanghai";

type Disposal = {
  id: string;
  store: DataStore;
  action: DisposalAction;
  holdReason: HoldReason | null;
  executor: string | null;
  method: string | null;
  dueDate: string;
  doneAt: Date | null;
  result: string | null;
  backupsUntil: string | null;
  /** Who said that it is done; left out where that is nobody's business. */
  doneByName?: string | null;
};

/** What becomes of the data, store by store: who empties it by when and how, or how it was done and by whom (P10). */
export function DisposalList({ disposals }: { disposals: readonly Disposal[] }) {
  const t = useTranslations("disposals");
  const request = useTranslations("requests");
  return (
    <ul>
      {disposals.map((one) => (
        <li key={one.id} className="border-line border-b py-3">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <strong>{request(`store.${one.store}`)}</strong>
            <span>{request(`act.${one.action}`)}</span>
            <DisposalStatus {...one} />
            <span className="text-small text-ink-muted">
              {one.doneAt ? (
                <>
                  {one.doneByName} <Time at={one.doneAt} form="table" />
                </>
              ) : (
                <>
                  {t("due")} <Time at={shanghaiMidnight(one.dueDate)} form="table-date" />
                </>
              )}
            </span>
          </div>
          {one.executor && (
            <p className="text-small wrap-anywhere">
              {t("by", { executor: one.executor, method: one.method ?? "" })}
            </p>
          )}
          {one.holdReason && <p className="text-small">{request(`hold.${one.holdReason}`)}</p>}
          {one.result && <p className="text-small wrap-anywhere">{one.result}</p>}
          {one.backupsUntil && (
            <p className="text-small">{t("backups", { date: one.backupsUntil })}</p>
          )}
        </li>
      ))}
    </ul>
  );
}
