import { getLocale, getTranslations } from "next-intl/server";

import { WithheldMails } from "@/components/broadcasts/route-status";
import { Facts } from "@/components/ui/facts";
import { Figure } from "@/components/ui/figure";
import { type Context } from "@/domain/context";
import { countAudience } from "@/domain/policies/count-audience";
import { type OpsVersion } from "@/domain/policies/find-version";
import { formatNumber } from "@/lib/format";

type Props = Pick<OpsVersion, "document" | "isTold"> & { ctx: Context };

/** How many people the approval tells, and for how many accounts. */
export async function Audience({ ctx, document, isTold }: Props) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.audience"), getLocale()]);
  if (!isTold) return <p className="text-ink-muted">{t("nobody")}</p>;

  const { people, accounts, withoutMail, withheld, asBefore } = await countAudience(ctx, {
    productId: document.productId,
  });
  return (
    <>
      <Figure
        value={formatNumber(people, locale)}
        unit={t("people", { accounts: formatNumber(accounts, locale) })}
      />
      <div className="mt-2">
        <Facts
          tight
          facts={[
            { term: t("who"), value: t("whoText") },
            { term: t("channels"), value: t("channelsText") },
            ...(withoutMail > 0
              ? [{ term: t("withoutMail"), value: t("withoutMailText", { count: withoutMail }) }]
              : []),
          ]}
        />
      </div>
      <WithheldMails {...{ withheld, asBefore }} className="mt-4" />
    </>
  );
}
