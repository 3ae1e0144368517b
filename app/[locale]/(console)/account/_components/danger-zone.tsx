import { useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { OwnAccount } from "@/domain/accounts/list-own";
import { at } from "@/lib/addresses";

type Props = {
  account: OwnAccount;
  /** Whether a deregistration of it waits for another owner or cools off. */
  isLeaving: boolean;
};

/** The end of an account's part: deregistration, for its owners; the others see who may ask. */
export function DangerZone({ account: { id, role, members }, isLeaving }: Props) {
  const t = useTranslations("deregistrations.own");
  const href = at("/account/deregistration", { account: id });
  const owners = members.filter((member) => member.role === "owner").map(({ name }) => name);
  return (
    <div className="border-danger-line rounded-md border px-5 py-4 print:hidden">
      <h3 className="text-ui text-danger font-semibold">{t("zone")}</h3>
      <p className="max-w-measure mt-1">{t(isLeaving ? "zoneLeaving" : "zoneText")}</p>
      {role === "owner" || isLeaving ? (
        <ButtonLink href={href} variant="danger" className="mt-3">
          {t(isLeaving ? "zoneStanding" : "zoneOpen")}
        </ButtonLink>
      ) : (
        <p className="mt-2 flex flex-wrap gap-x-4">
          {t("zoneOthers", { owners: owners.join(t("separator")) })}
          <Link href={href}>{t("zoneLook")}</Link>
        </p>
      )}
    </div>
  );
}
