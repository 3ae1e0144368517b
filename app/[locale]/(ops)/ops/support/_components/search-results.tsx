import { getTranslations } from "next-intl/server";

import { LinkTable } from "@/components/tickets/link-table";
import { StandingTable } from "@/components/tickets/standing-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import type { Context, Person } from "@/domain/context";
import { listRequestStatus } from "@/domain/requests/list-status";
import { findCustomers } from "@/domain/tickets/find-customers";
import { at } from "@/lib/addresses";

import { FoundAccounts } from "./found-accounts";
import { FoundPeople } from "./found-people";

type Props = { ctx: Context & { actor: Person }; wanted: string; page: string | undefined };

/** What was found, kind by kind; what is not there has no heading. */
export async function SearchResults({ ctx, wanted, page }: Props) {
  const t = await getTranslations("support.search");
  const { accounts, people, links } = await findCustomers(ctx, { wanted, page });
  const requests = await listRequestStatus(ctx, { found: wanted });
  const nothing = accounts.rows.length + people.length + links.length + requests.rows.length === 0;
  if (nothing) return <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>;
  return (
    <>
      {accounts.rows.length > 0 && (
        <Section title={t("accounts")}>
          <FoundAccounts rows={accounts.rows} />
          <Pager
            href={at("/ops/support", { q: wanted })}
            previous={accounts.previous}
            next={accounts.next}
          />
        </Section>
      )}
      {people.length > 0 && (
        <Section title={t("people")}>
          <FoundPeople rows={people} />
        </Section>
      )}
      {requests.rows.length > 0 && (
        <Section title={t("requests")}>
          <StandingTable
            caption={t("requests")}
            rows={requests.rows}
            canOpen={may(ctx.actor, "request.readAsStaff")}
          />
        </Section>
      )}
      {links.length > 0 && (
        <Section title={t("links")}>
          <LinkTable caption={t("links")} rows={links} />
        </Section>
      )}
    </>
  );
}
