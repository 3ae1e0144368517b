import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { Status } from "@/components/ui/status";
import { CellNote } from "@/components/ui/table";
import type { RegionRoute, Withheld } from "@/domain/broadcasts/mail-routes";

type Props = {
  withheld: readonly Withheld[];
  /** Mails that leave to accounts whose region nobody has entered, while nobody has decided their route. */
  asBefore?: number;
  /** Of a telling that has started, what was withheld; else what would be. */
  isTold?: boolean;
  className?: string;
};

/** How many mails of which region do not leave, and why, and how many leave without a basis: never left out where it is so (P15). */
export function WithheldMails({ withheld, asBefore = 0, isTold = false, className }: Props) {
  const t = useTranslations("broadcasts.routes.withheld");
  if (withheld.length + asBefore === 0) return null;
  return (
    <div className={className}>
      {withheld.length > 0 && (
        <Banner tone="warn" title={t(isTold ? "titleTold" : "title")}>
          <ul>
            {withheld.map(({ region, cause, mails }) => (
              <li key={`${region} ${cause}`}>{t(`because.${cause}`, { region, count: mails })}</li>
            ))}
          </ul>
        </Banner>
      )}
      {asBefore > 0 && (
        <p className="text-small text-ink-muted mt-2">{t("asBefore", { count: asBefore })}</p>
      )}
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
