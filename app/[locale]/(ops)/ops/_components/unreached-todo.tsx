import { getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { may } from "@/domain/access/permissions";
import { countUnreached } from "@/domain/broadcasts/unreached";
import { type Context } from "@/domain/context";

/** Accounts that a mandatory notice did not reach, for those who may tell them some other way. */
export async function UnreachedTodo({ ctx }: { ctx: Context }) {
  if (!may(ctx.actor, "unreached.settle")) return null;
  const [t, accounts] = await Promise.all([
    getTranslations("ops.desk.unreached"),
    countUnreached(ctx, {}),
  ]);
  if (accounts === 0) return null;
  return (
    <div className="mb-8">
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
