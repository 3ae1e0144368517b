import { getTranslations } from "next-intl/server";

import { type Counts } from "@/components/broadcasts/delivery-counts";
import { DeliveryStatus } from "@/components/broadcasts/delivery-status";
import { linkClass } from "@/components/ui/link";
import { DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";

/** What each status means, "unknown" included: said, never hidden. */
export async function StatusLegend({ mails }: { mails: Counts }) {
  const t = await getTranslations("broadcasts.board");
  const hasUnknown = mails.some(({ status }) => status === "unknown");
  return (
    <details className="mt-6" open={hasUnknown}>
      <summary className={`${linkClass()} text-small inline-block max-md:py-2`}>
        {t("legend.title")}
      </summary>
      <dl className="text-small max-w-measure mt-3 grid gap-x-4 gap-y-2 sm:grid-cols-[8em_minmax(0,1fr)]">
        {DELIVERY_STATUSES.map((status) => (
          <div key={status} className="contents">
            <dt>
              <DeliveryStatus status={status} />
            </dt>
            <dd className="text-ink-muted max-sm:mb-2">{t(`legend.${status}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
