import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { LinkTable } from "@/components/tickets/link-table";
import { StandingTable } from "@/components/tickets/standing-table";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import { may } from "@/domain/access/permissions";
import type { Context, Person } from "@/domain/context";
import { listRequestStatus } from "@/domain/requests/list-status";
import {
  findCustomers,
  type FoundCustomers,
  type FoundPerson,
} from "@/domain/tickets/find-customers";
import { revokeLinkAction } from "@/app/[locale]/(ops)/ops/tickets/actions";
import { at } from "@/lib/addresses";

type Props = { ctx: Context & { actor: Person }; wanted: string; page: string | undefined };

/** What was found, kind by kind; what is not there has no heading. */
export async function SearchResults({ ctx, wanted, page }: Props) {
  const t = await getTranslations("support.search");
  const { accounts, people, links } = await findCustomers(ctx, { wanted, page });
  const requests = await listRequestStatus(ctx, { found: wanted });
  const canIssue = may(ctx.actor, "ticket.issueLink");
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
            canIssue={canIssue}
          />
        </Section>
      )}
      {links.length > 0 && (
        <Section
          title={t("links")}
          more={
            canIssue && (
              <Link href={at("/ops/tickets/new", { ticket: wanted })}>{t("another")}</Link>
            )
          }
        >
          <LinkTable
            caption={t("links")}
            rows={links}
            {...(canIssue && { revoke: revokeLinkAction })}
          />
        </Section>
      )}
    </>
  );
}

/** Accounts that fit. A look at one is on the record, so nothing is fetched before the click. */
function FoundAccounts({ rows }: { rows: FoundCustomers["accounts"]["rows"] }) {
  const t = useTranslations("support.search");
  return (
    <Table
      caption={t("accounts")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("account"),
          rowHeader: true,
          cell: ({ id, name, closedAt }) => (
            <>
              <Link href={at("/ops/support/accounts/*", id)} tone="main">
                {name}
              </Link>{" "}
              {closedAt && <Chip after>{t("closed")}</Chip>}
            </>
          ),
        },
        { header: t("uin"), nowrap: true, cell: ({ uin }) => uin },
        { header: t("apps"), align: "end", cell: ({ apps }) => apps },
      ]}
    />
  );
}

/** People that fit, members of accounts or not; the address in part. */
function FoundPeople({ rows }: { rows: readonly FoundPerson[] }) {
  const t = useTranslations("support.search");
  return (
    <Table
      caption={t("people")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("person"),
          rowHeader: true,
          cell: ({ id, name }) => (
            <Link href={at("/ops/support/people/*", id)} tone="main">
              {name}
            </Link>
          ),
        },
        {
          header: t("address"),
          cell: ({ email }) => <span className="wrap-anywhere">{email}</span>,
        },
        {
          header: t("of"),
          cell: ({ accountNames }) => accountNames.join(t("separator")) || t("none"),
        },
      ]}
    />
  );
}
