import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { Status } from "@/components/ui/status";
import { CellNote } from "@/components/ui/table";
import type { RegionRoute, Withheld } from "@/domain/broadcasts/mail-routes";

type Props = {
  withheld: readonly Withheld[];
  /** Of a telling that has started, what was withheld; else what would be. */
  isTold?: boolean;
  className?: string;
};

/** How many mails of which region do not leave, and why: never left out where it is so (P15). */
export function WithheldMails({ withheld, isTold = false, className }: Props) {
  const t = useTranslations("broadcasts.routes.withheld");
  if (withheld.length === 0) return null;
  return (
    <div className={className}>
      <Banner tone="warn" title={t(isTold ? "titleTold" : "title")}>
        <ul>
          {withheld.map(({ region, cause, mails }) => (
            <li key={`${region} ${cause}`}>{t(`because.${cause}`, { region, count: mails })}</li>
          ))}
        </ul>
      </Banner>
    </div>
  );
}

/** Whether the mails of a region leave, and why not. */
export function RouteStatus({ route, isWarned }: { route: RegionRoute; isWarned: boolean }) {
  const t = useTranslations("broadcasts.routes");
  const { refused } = route;
  if (refused)
    return (
      <>
        <Status tone={refused === "inbox_only" ? "off" : "danger"}>{t("inSiteOnly")}</Status>
        <CellNote>{t(`cause.${refused}`)}</CellNote>
      </>
    );
  return (
    <>
      <Status tone={isWarned ? "warn" : "ok"}>{t("leaves")}</Status>
      {isWarned && <CellNote>{t("asBefore")}</CellNote>}
    </>
  );
}
