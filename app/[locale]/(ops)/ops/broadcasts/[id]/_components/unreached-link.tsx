import { getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { may } from "@/domain/access/permissions";
import { type Context } from "@/domain/context";

type Props = { ctx: Context; accounts: number };

/** The accounts nobody of whom was reached are somebody's task: said above all numbers. */
export async function UnreachedLink({ ctx, accounts }: Props) {
  if (accounts === 0 || !may(ctx.actor, "unreached.read")) return null;
  const t = await getTranslations("broadcasts.board.unreached");
  return (
    <div className="mt-6">
      <Banner
        tone="danger"
        title={t("title", { accounts })}
        actions={
          <ButtonLink href="/ops/unreached" size="sm">
            {t("open")}
          </ButtonLink>
        }
      >
        {t("text")}
      </Banner>
    </div>
  );
}
