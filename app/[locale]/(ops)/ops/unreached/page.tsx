import { getTranslations } from "next-intl/server";

import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { countUnreached, listUnreached, UNREACHED_SHELVES } from "@/domain/broadcasts/unreached";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { UnreachedTable } from "./_components/unreached-table";

type Props = { searchParams: Promise<{ shelf?: string; page?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("broadcasts.unreached");
  return { title: t("title") };
}

/** The accounts that a mandatory notice did not reach by mail: whom it tried, why it failed, and what was done. */
export default async function UnreachedPage({ searchParams }: Props) {
  const { shelf: asked, page } = await searchParams;
  const ctx = await requireContext("unreached.read");
  const shelf = UNREACHED_SHELVES.find((one) => one === asked) ?? "open";
  const [t, open, { rows, previous, next }] = await Promise.all([
    getTranslations("broadcasts.unreached"),
    countUnreached(ctx, {}),
    listUnreached(ctx, { shelf, page }),
  ]);

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <TabLinks
        label={t("shelves")}
        tabs={UNREACHED_SHELVES.map((one) => ({
          href: one === "open" ? "/ops/unreached" : at("/ops/unreached", { shelf: one }),
          label: t(`shelf.${one}`),
          current: one === shelf,
          ...(one === "open" && { count: open }),
        }))}
      />
      <UnreachedTable shelf={shelf} rows={rows} />
      <Pager href={at("/ops/unreached", { shelf })} previous={previous} next={next} />
    </>
  );
}
