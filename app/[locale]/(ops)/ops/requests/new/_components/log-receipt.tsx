import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import type { RequestStanding } from "@/domain/requests/list-status";
import { at } from "@/lib/addresses";
import { shanghaiMidnight } from "@/lib/shanghai";

type Props = {
  request: RequestStanding;
  /** Lines of its list that said the same as an earlier one. */
  repeated: number;
  canOpen: boolean;
};

/** What was just entered: its number, until when, and whether the requester has been told. */
export function LogReceipt({ request, repeated, canOpen }: Props) {
  const t = useTranslations("support.log");
  const { number, dueDate, isDueProvisional, isTold } = request;
  return (
    <div className="max-w-form mb-8 group-has-[form_[role=alert]]/page:hidden">
      <Banner
        tone="ok"
        role="status"
        title={
          <>
            {t("logged", { number })} <CopyButton text={number} label={t("number")} />
          </>
        }
        actions={
          canOpen && (
            <ButtonLink size="sm" href={at("/ops/requests/*", number)}>
              {t("open")}
            </ButtonLink>
          )
        }
      >
        <p>
          {t("due")} <Time at={shanghaiMidnight(dueDate)} form="date" />
          {isDueProvisional && t("provisional")}
        </p>
        <p>{t(isTold ? "told" : "untold")}</p>
        {repeated > 0 && <p>{t("repeated", { count: repeated })}</p>}
      </Banner>
    </div>
  );
}
