import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { EndpointStatus } from "@/components/endpoints/endpoint-status";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { CellNote, Table } from "@/components/ui/table";
import { listOwnAccountNames } from "@/domain/access/find-accounts";
import { listOwnEndpoints, type OwnEndpoints } from "@/domain/endpoints/list";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { ReachPage } from "../_components/reach-page";

type Props = { searchParams: Promise<{ account?: string; saved?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("endpoints");
  return { title: t("title") };
}

/** Where an account's notices are posted, one account at a time. */
export default async function EndpointsPage({ searchParams }: Props) {
  const ctx = await requireContext("endpoint.readOwn");
  const query = await searchParams;
  const [t, accounts] = await Promise.all([
    getTranslations("endpoints"),
    listOwnAccountNames(ctx, {}),
  ]);
  const accountId = query.account ?? accounts[0]?.id;
  if (!accountId) notFound();
  const own = await orNotFound(listOwnEndpoints(ctx, { accountId }));
  const { name, uin } = own.account;

  return (
    <ReachPage
      title={t("title")}
      of={t("of", { account: name, uin })}
      accountId={accountId}
      accounts={accounts}
      accountsLabel={t("accounts")}
      href={(account) => at("/account/endpoints", { account })}
      saved={query.saved === "removed" ? t("saved.removed") : null}
      lead={
        <>
          <p>{t("lead")}</p>
          {!own.canManage && <p className="text-ink-muted">{t("readOnly")}</p>}
        </>
      }
    >
      <Endpoints own={own} />
    </ReachPage>
  );
}

async function Endpoints({ own: { account, endpoints, canManage } }: { own: OwnEndpoints }) {
  const t = await getTranslations("endpoints");
  const add = (
    <Link href={at("/account/endpoints/new", { account: account.id })}>{t("list.add")}</Link>
  );
  return (
    <Section title={t("list.title")} more={canManage && add}>
      <Table
        caption={t("list.title")}
        rows={endpoints}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t("list.empty")}>{t("list.emptyText")}</EmptyState>}
        columns={[
          {
            header: t("list.name"),
            rowHeader: true,
            cell: ({ id, name, host }) => (
              <>
                <Link href={at("/account/endpoints/*", id)} tone="main" className="wrap-anywhere">
                  {name}
                </Link>
                <CellNote>
                  <span className="wrap-anywhere">{host}</span>
                </CellNote>
              </>
            ),
          },
          { header: t("list.channel"), cell: ({ channel }) => t(`channel.${channel}`) },
          {
            header: t("list.topics"),
            cell: ({ topics }) => topics.map((one) => t(`topic.${one}`)).join(t("separator")),
          },
          {
            header: t("list.state"),
            cell: ({ endReason }) => <EndpointStatus endReason={endReason} />,
          },
        ]}
      />
    </Section>
  );
}
