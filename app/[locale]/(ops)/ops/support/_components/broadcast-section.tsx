import { getTranslations } from "next-intl/server";

import { CustomerBroadcasts } from "@/components/tickets/customer-broadcasts";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import type { Context } from "@/domain/context";
import { listCustomerBroadcasts } from "@/domain/tickets/list-customer-broadcasts";
import { type Address, withQuery } from "@/lib/addresses";

type Props = {
  ctx: Context;
  of: { accountId: string } | { userId: string };
  page: string | undefined;
  home: Address;
};

/** What this customer was told and whether it arrived; page by page. */
export async function BroadcastSection({ ctx, of, page, home }: Props) {
  const t = await getTranslations("support.told");
  const { rows, previous, next } = await listCustomerBroadcasts(ctx, { of, page });
  return (
    <Section id="told" title={t("title")}>
      {rows.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      ) : (
        <CustomerBroadcasts rows={rows} />
      )}
      <Pager name="told" href={withQuery(home, { "#": "told" })} previous={previous} next={next} />
    </Section>
  );
}
