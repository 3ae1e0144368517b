import { getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { type Context } from "@/domain/context";
import { countSendings } from "@/domain/incidents/read-sendings";

/** What left by one person's word waits for an approver, half an hour at most: said above all else. */
export async function SendingsBanner({ ctx }: { ctx: Context }) {
  const { waiting, unseen } = await countSendings(ctx, {});
  if (waiting === 0) return null;
  const t = await getTranslations("incidents.desk.emergency");
  return (
    <div className="mb-8">
      <Banner
        tone="danger"
        title={unseen > 0 ? t("deskUnseen", { count: unseen }) : t("desk", { count: waiting })}
        actions={
          <ButtonLink href="/ops/reviews" size="sm">
            {t("open")}
          </ButtonLink>
        }
      >
        {t("deskText")}
      </Banner>
    </div>
  );
}
