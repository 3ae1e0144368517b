import { getLocale, getTranslations } from "next-intl/server";

import { LinkTable } from "@/components/tickets/link-table";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { may } from "@/domain/access/permissions";
import { listTicketLinks } from "@/domain/tickets/list-links";
import { withLanguage, at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

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
  const t = await getTranslations("tickets.links");
  const ticket = typeof asked.ticket === "string" ? asked.ticket.trim() : "";
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={
          may(ctx.actor, "ticket.issueLink") && (
            <ButtonLink href="/ops/tickets/new" variant="primary">
              {t("new")}
            </ButtonLink>
          )
        }
      />
      <Filter ticket={ticket} />
      {rows.length === 0 ? (
        <EmptyState title={t(ticket ? "notFound" : "empty")}>
          {t(ticket ? "notFoundText" : "emptyText")}
        </EmptyState>
      ) : (
        <LinkTable caption={t("title")} rows={rows} />
      )}
      <Pager href={at("/ops/tickets", { ticket })} previous={previous} next={next} />
    </>
  );
}

async function Filter({ ticket }: { ticket: string }) {
  const [t, locale] = await Promise.all([getTranslations("tickets.links"), getLocale()]);
  return (
    <search className="mb-4 block print:hidden">
      <form
        action={withLanguage(locale, "/ops/tickets")}
        className="flex flex-wrap items-end gap-2"
      >
        <Field id="ticket" label={t("ticket")} className="max-w-90 min-w-0 flex-1">
          <Input id="ticket" name="ticket" type="search" defaultValue={ticket} maxLength={64} />
        </Field>
        <Button type="submit">{t("find")}</Button>
        {ticket && (
          <ButtonLink href="/ops/tickets" variant="text">
            {t("clear")}
          </ButtonLink>
        )}
      </form>
    </search>
  );
}
