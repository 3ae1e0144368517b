import { getLocale, getTranslations } from "next-intl/server";

import { ListSearch } from "@/components/form/list-search";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Table } from "@/components/ui/table";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { TICKET_PURPOSES } from "@/db/vocabulary/tickets";
import type { Context } from "@/domain/context";
import { findNamedNotice, listNamedNotices } from "@/domain/tickets/list-notices";
import { at, withLanguage } from "@/lib/addresses";
import { localized } from "@/lib/localized";
import { Drawn } from "@/server/drawn";
import { requireContext } from "@/server/session";

import { LinkForm } from "./_components/link-form";

export async function generateMetadata() {
  const t = await getTranslations("tickets.new");
  return { title: t("title") };
}

type Known = { ticket?: string; request?: string; uin?: string };
type Search = Known & { purpose?: string; notice?: string; search?: string; page?: string };
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/**
 * Support makes a link for a ticket, where no ticket system does it by the interface. What a link to
 * read leads to is found before anything is typed.
 */
export default async function NewLinkPage({ searchParams }: Props) {
  const ctx = await requireContext("ticket.issueLink");
  const given = Object.entries(await searchParams).filter(([, value]) => typeof value === "string");
  const query = Object.fromEntries(given) as Search;
  const [t, locale] = await Promise.all([getTranslations("tickets"), getLocale()]);
  const purpose = TICKET_PURPOSES.find((one) => one === query.purpose) ?? TICKET_PURPOSES[0];
  const value = query.notice ?? "";
  const { ticket, request, uin } = query;
  const known = { ticket, request, uin };
  const found = purpose === "read_notice" && value ? await findNamedNotice(ctx, { value }) : null;
  return (
    <>
      <PageHead
        title={t("new.title")}
        note={t("new.lead")}
        crumbs={[{ label: t("links.title"), href: "/ops/tickets" }, { label: t("new.title") }]}
      />
      <Drawn />
      <TabLinks
        label={t("links.purpose")}
        tabs={TICKET_PURPOSES.map((one) => ({
          href: at("/ops/tickets/new", {
            ...known,
            ...(one !== TICKET_PURPOSES[0] && { purpose: one }),
          }),
          label: t(`links.purposes.${one}`),
          current: one === purpose,
        }))}
      />
      <p className="text-ui text-ink-muted mt-4 mb-5">{t(`new.purposeHints.${purpose}`)}</p>
      {purpose !== "read_notice" && <LinkForm purpose={purpose} known={known} />}
      {purpose === "read_notice" && !found && <Notices ctx={ctx} query={query} />}
      {found && (
        <LinkForm
          purpose={purpose}
          known={known}
          notice={{
            value,
            name: t(`new.${found.kind}`, {
              label: found.label ?? "",
              title: localized(found.titles, locale).text,
            }),
          }}
        />
      )}
    </>
  );
}

async function Notices({ ctx, query }: { ctx: Context; query: Search }) {
  const [t, locale] = await Promise.all([getTranslations("tickets.new"), getLocale()]);
  const { rows, previous, next } = await listNamedNotices(ctx, query);
  const search = query.search?.trim() ?? "";
  const kept = { purpose: "read_notice", ...(query.ticket && { ticket: query.ticket }) };
  return (
    <>
      <ListSearch
        action={withLanguage(locale, "/ops/tickets/new")}
        id="notice-search"
        name="search"
        value={search}
        words={{
          label: t("noticeSearch"),
          hint: t("noticeHint"),
          find: t("noticeFind"),
          clear: t("noticeClear"),
        }}
        clearHref={at("/ops/tickets/new", kept)}
        kept={kept}
      />
      <Table
        caption={t("notice")}
        rows={rows}
        rowKey={({ value }) => value}
        empty={
          <EmptyState title={t(search ? "noticeHintNone" : "noNotice", { search })}>
            {t(search ? "noticeHintNoneText" : "noNoticeText")}
          </EmptyState>
        }
        columns={[
          {
            header: t("notice"),
            rowHeader: true,
            cell: ({ kind, value, label, titles }) => (
              <Link href={at("/ops/tickets/new", { ...kept, notice: value })} tone="main">
                {t(kind, { label, title: localized(titles, locale).text })}
              </Link>
            ),
          },
          {
            header: t("noticeAt"),
            nowrap: true,
            cell: ({ kind, at: moment }) => (
              <>
                {t(`since.${kind}`)} <Time at={moment} form="table" />
              </>
            ),
          },
        ]}
      />
      <Pager href={at("/ops/tickets/new", { ...kept, search })} previous={previous} next={next} />
    </>
  );
}
