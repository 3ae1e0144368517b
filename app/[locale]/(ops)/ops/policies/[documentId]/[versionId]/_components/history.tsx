import { getTranslations } from "next-intl/server";

import { History } from "@/app/[locale]/(ops)/ops/_reviews/history";
import { type Withdrawal } from "@/domain/broadcasts/withdrawals";
import { type OpsVersion } from "@/domain/policies/find-version";

type Props = { read: OpsVersion; withdrawals?: readonly Withdrawal[] };

/** How a version came about and what became of it. */
export async function VersionHistory({ read, withdrawals = [] }: Props) {
  const { version } = read;
  const t = await getTranslations("policies.ops.history");
  return (
    <History
      label={t("label")}
      thing={version}
      past={read}
      withdrawals={withdrawals}
      more={[
        { at: version.inForceAt, tone: "ok", title: t("inForce") },
        { at: version.archivedAt, tone: "off", title: t("archived") },
      ]}
    />
  );
}
