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
export async function ToldSection({ ctx, of, page, home }: Props) {
  const t = await getTranslations("support.told");
  const { rows, previous, next } = await listTold(ctx, { of, page });
  return (
    <Section id="told" title={t("title")}>
      {rows.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      ) : (
        <ToldList rows={rows} />
      )}
      <Pager name="told" href={`${home}#told`} previous={previous} next={next} />
    </Section>
  );
}
