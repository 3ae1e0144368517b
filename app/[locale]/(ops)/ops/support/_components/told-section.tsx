import { getTranslations } from "next-intl/server";

import { ToldList } from "@/components/tickets/told-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import type { Context } from "@/domain/context";
import { listTold } from "@/domain/tickets/told";

type Props = {
  ctx: Context;
  of: { accountId: string } | { userId: string };
  page: string | undefined;
  /** The customer's page. */
  home: string;
};

/** What this customer was told and whether it arrived; page by page. */
export async function ToldSection({ ctx, of, page: asked, home }: Props) {
  const t = await getTranslations("support.told");
  const { rows, page, hasMore } = await listTold(ctx, { of, page: asked });
  const href = (at: number) => `${home}?told=${at}#told`;
  return (
    <Section id="told" title={t("title")}>
      {rows.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      ) : (
        <ToldList rows={rows} />
      )}
      <Pager
        previousHref={page > 1 ? href(page - 1) : undefined}
        nextHref={hasMore ? href(page + 1) : undefined}
      />
    </Section>
  );
}
