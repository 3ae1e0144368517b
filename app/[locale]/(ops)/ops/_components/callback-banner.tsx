import { getLocale, getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { may } from "@/domain/access/permissions";
import { readCallbackTrouble } from "@/domain/broadcasts/callback-trouble";
import type { Context, Person } from "@/domain/context";
import { formatDateTime } from "@/lib/format";

type Props = {
  ctx: Context & { actor: Person };
  /** Whether the calls stand on the page already. */
  isThere?: boolean;
};

/** That the ticket system hears of nothing, to who looks after it: said above all else while it lasts. */
export async function CallbackBanner({ ctx, isThere = false }: Props) {
  if (!may(ctx.actor, "ticket.readCallback")) return null;
  const trouble = await readCallbackTrouble(ctx, {});
  if (!trouble) return null;
  const { state, calls } = trouble;
  const t = await getTranslations("tickets.callback");
  const since = formatDateTime(trouble.since, await getLocale());
  return (
    <div className="mb-8">
      <Banner
        tone="danger"
        title={t(`trouble.${state}`)}
        actions={
          !isThere && (
            <ButtonLink href="/ops/tickets/callback" size="sm">
              {t("troubleOpen")}
            </ButtonLink>
          )
        }
      >
        {t(`troubleText.${state}`, { since, calls })}
      </Banner>
    </div>
  );
}
