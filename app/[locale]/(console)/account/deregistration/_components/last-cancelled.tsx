import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import type { OwnDeregistration } from "@/domain/deregistrations/read-own";
import { formatDateTime } from "@/lib/format";

type Props = { last: NonNullable<OwnDeregistration["lastCancelled"]> };

/** That the last request was called off, by whom and when. */
export function LastCancelled({ last }: Props) {
  const t = useTranslations("deregistrations.own");
  const locale = useLocale();
  const { number, cancelledAt, cancellerName } = last;
  return (
    <div className="mb-6">
      <Banner tone="plain">
        {t("lastCancelled", {
          number,
          name: cancellerName ?? "",
          at: cancelledAt ? formatDateTime(cancelledAt, locale) : "",
        })}
      </Banner>
    </div>
  );
}
