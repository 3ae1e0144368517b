import { getLocale, getTranslations } from "next-intl/server";

import { ListSearch } from "@/components/form/list-search";
import { LinkTable } from "@/components/tickets/link-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { may } from "@/domain/access/permissions";
import { listTicketLinks } from "@/domain/tickets/list-links";
import { withLanguage, at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { CallbackBanner } from "../_components/callback-banner";
import { revokeLinkAction } from "./actions";

type Search = { ticket?: string; page?: string };
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("tickets.links");
  return { title: t("title") };
}

/** The links of support tickets, the newest first, and the way to make one. */
export default async function TicketsPage({ searchParams }: Props) {
  const ctx = await requireContext("ticket.view");
  // What an address says besides is left out: the query's schema says so.
  const asked = (await searchParams) as Search;
  const { rows, previous, next } = await listTicketLinks(ctx, asked);
  const [t, locale] = await Promise.all([getTranslations("tickets.links"), getLocale()]);
  const ticket = typeof asked.ticket === "string" ? asked.ticket.trim() : "";
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={
          <>
            <ButtonLink href="/ops/tickets/callback">{t("callback")}</ButtonLink>
            {may(ctx.actor, "ticket.issueLink") && (
              <ButtonLink href="/ops/tickets/new" variant="primary">
                {t("new")}
              </ButtonLink>
            )}
          </>
        }
      />
      <CallbackBanner ctx={ctx} />
      <ListSearch
        action={withLanguage(locale, "/ops/tickets")}
        id="ticket"
        name="ticket"
        value={ticket}
        maxLength={64}
        words={{ label: t("ticket"), find: t("find"), clear: t("clear") }}
        clearHref="/ops/tickets"
      />
      {rows.length === 0 ? (
        <EmptyState title={t(ticket ? "notFound" : "empty")}>
          {t(ticket ? "notFoundText" : "emptyText")}
        </EmptyState>
      ) : (
        <LinkTable
          caption={t("title")}
          rows={rows}
          {...(may(ctx.actor, "ticket.issueLink") && { revoke: revokeLinkAction })}
        />
      )}
      <Pager href={at("/ops/tickets", { ticket })} previous={previous} next={next} />
    </>
  );
}
