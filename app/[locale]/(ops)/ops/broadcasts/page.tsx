import { getTranslations } from "next-intl/server";

import { ScheduledAnnouncements } from "@/app/[locale]/(ops)/ops/_notices/scheduled";
import { BroadcastTable } from "@/components/broadcasts/delivery-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { BROADCAST_SHELVES, listBroadcasts } from "@/domain/broadcasts/list";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

type Props = { searchParams: Promise<{ shelf?: string; page?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("broadcasts.board");
  return { title: t("list.title") };
}

/** Everything that was sent, the newest first; receipts, one per answer, stand apart. */
export default async function BroadcastsPage({ searchParams }: Props) {
  const { shelf: asked, page } = await searchParams;
  const ctx = await requireContext("broadcast.read");
  const shelf = BROADCAST_SHELVES.find((one) => one === asked) ?? "notices";
  const [t, { rows, previous, next }] = await Promise.all([
    getTranslations("broadcasts.board.list"),
    listBroadcasts(ctx, { shelf, page }),
  ]);

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <TabLinks
        label={t("shelves")}
        tabs={BROADCAST_SHELVES.map((one) => ({
          href: one === "notices" ? "/ops/broadcasts" : at("/ops/broadcasts", { shelf: one }),
          label: t(`shelf.${one}`),
          current: one === shelf,
        }))}
      />
      {shelf === "notices" && !page && (
        <div className="mb-8 empty:hidden">
          <ScheduledAnnouncements ctx={ctx} />
        </div>
      )}
      {rows.length === 0 ? (
        <EmptyState title={t(`empty.${shelf}`)}>{t(`emptyText.${shelf}`)}</EmptyState>
      ) : (
        <BroadcastTable caption={t(`shelf.${shelf}`)} broadcasts={rows} />
      )}
      <Pager href={at("/ops/broadcasts", { shelf })} previous={previous} next={next} />
    </>
  );
}
