import { getTranslations } from "next-intl/server";

import { SyncTable } from "@/components/accounts/sync-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { listSyncs, SYNC_VIEWS } from "@/domain/accounts/list-syncs";
import { KEPT_DAYS } from "@/domain/accounts/receive-sync";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
type Wanted = Parameters<typeof listSyncs>[1];

export async function generateMetadata() {
  const t = await getTranslations("accounts.syncs");
  return { title: t("title") };
}

/** What the vendor's console sent in bulk, and what came of it. */
export default async function SyncsPage({ searchParams }: Props) {
  const ctx = await requireContext("account.readSyncs");
  // What an address says besides the known words is "all": the query's schema says so.
  const { rows, previous, next, view } = await listSyncs(ctx, (await searchParams) as Wanted);
  const t = await getTranslations("accounts");
  return (
    <>
      <PageHead
        title={t("syncs.title")}
        note={t("syncs.lead", { days: KEPT_DAYS })}
        crumbs={[{ label: t("title"), href: "/ops/accounts" }, { label: t("syncs.title") }]}
        actions={<ButtonLink href="/api-reference">{t("syncs.reference")}</ButtonLink>}
      />
      <TabLinks
        label={t("syncs.view.label")}
        tabs={SYNC_VIEWS.map((one) => ({
          href: one === "all" ? "/ops/accounts/syncs" : at("/ops/accounts/syncs", { view: one }),
          label: t(`syncs.view.${one}`),
          current: one === view,
        }))}
      />
      {rows.length === 0 ? (
        <EmptyState title={t(`syncs.empty.${view}`)}>{t("syncs.emptyText")}</EmptyState>
      ) : (
        <SyncTable syncs={rows} />
      )}
      <Pager href={at("/ops/accounts/syncs", { view })} previous={previous} next={next} />
    </>
  );
}
