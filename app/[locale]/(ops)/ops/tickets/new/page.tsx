import { getTranslations } from "next-intl/server";

import { PageHead } from "@/components/ui/page-head";
import { listNamedNotices } from "@/domain/tickets/list-notices";
import { requireContext } from "@/server/session";

import { LinkForm } from "./_components/link-form";

export async function generateMetadata() {
  const t = await getTranslations("tickets.new");
  return { title: t("title") };
}

/** Support makes a link for a ticket, where no ticket system does it by the interface. */
export default async function NewLinkPage() {
  const ctx = await requireContext("ticket.issueLink");
  const [t, notices] = await Promise.all([getTranslations("tickets"), listNamedNotices(ctx, {})]);
  return (
    <>
      <PageHead
        title={t("new.title")}
        note={t("new.lead")}
        crumbs={[{ label: t("links.title"), href: "/ops/tickets" }, { label: t("new.title") }]}
      />
      <LinkForm notices={notices} />
    </>
  );
}
