import { getTranslations } from "next-intl/server";

import { PartSearch } from "@/components/form/list-search";
import { PageHead } from "@/components/ui/page-head";
import { listNamedNotices } from "@/domain/tickets/list-notices";
import { requireContext } from "@/server/session";

import { LinkForm } from "./_components/link-form";

export async function generateMetadata() {
  const t = await getTranslations("tickets.new");
  return { title: t("title") };
}

/** Support makes a link for a ticket, where no ticket system does it by the interface. */
type Props = { searchParams: Promise<{ search?: string }> };

export default async function NewLinkPage({ searchParams }: Props) {
  const ctx = await requireContext("ticket.issueLink");
  const { search } = await searchParams;
  const wanted = typeof search === "string" ? search.trim() : "";
  const [t, notices] = await Promise.all([
    getTranslations("tickets"),
    listNamedNotices(ctx, { search: wanted }),
  ]);
  return (
    <>
      <PageHead
        title={t("new.title")}
        note={t("new.lead")}
        crumbs={[{ label: t("links.title"), href: "/ops/tickets" }, { label: t("new.title") }]}
      />
      {(notices.isCut || wanted) && (
        <PartSearch
          id="notice-search"
          name="search"
          value={wanted}
          words={{
            label: t("new.noticeSearch"),
            find: t("new.noticeFind"),
            clear: t("new.noticeClear"),
          }}
          clearHref="/ops/tickets/new"
        />
      )}
      <LinkForm notices={notices} search={wanted} />
    </>
  );
}
