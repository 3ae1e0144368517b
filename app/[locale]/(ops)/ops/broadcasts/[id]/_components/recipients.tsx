import { getTranslations } from "next-intl/server";

import { type Counts, countOf } from "@/components/broadcasts/delivery-counts";
import { PartSearch } from "@/components/form/list-search";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";
import { listRecipients, RECIPIENT_FILTERS } from "@/domain/broadcasts/list-recipients";
import { type Context } from "@/domain/context";
import { at } from "@/lib/addresses";

import { RecipientTable } from "./recipient-table";

type Search = { status?: string; search?: string; page?: string };
type Props = { ctx: Context; broadcastId: string; search: Search; mails: Counts; people: number };

/** Every recipient, found by mail status, name, address or account; the choice is in the address. */
export async function Recipients({ ctx, broadcastId, search: asked, mails, people }: Props) {
  const t = await getTranslations("broadcasts.board");
  const { status, search, filter } = readFilter(asked);
  const { rows, previous, next } = await listRecipients(ctx, {
    broadcastId,
    ...filter,
    page: asked.page,
  });
  const addressOf = (query: Filter) =>
    at("/ops/broadcasts/*", broadcastId, { ...query, "#": "recipients" });

  return (
    <>
      <PartSearch
        action="#recipients"
        id="recipient-search"
        name="search"
        value={search}
        kept={{ status }}
        words={{
          label: t("recipients.search"),
          find: t("recipients.find"),
          clear: t("recipients.clear"),
        }}
        clearHref={addressOf({ status })}
      />
      <TabLinks
        label={t("recipients.filters")}
        tabs={[
          {
            href: addressOf({ search }),
            label: t("recipients.all"),
            count: people,
            current: !status,
          },
          ...DELIVERY_STATUSES.filter((one) => countOf(mails, [one]) > 0 || one === status).map(
            (one) => ({
              href: addressOf({ ...filter, status: one }),
              label: t(`status.${one}`),
              count: countOf(mails, [one]),
              current: one === status,
            }),
          ),
          ...(people > countOf(mails) || status === "none"
            ? [
                {
                  href: addressOf({ ...filter, status: "none" }),
                  label: t("recipients.noMail"),
                  count: people - countOf(mails),
                  current: status === "none",
                },
              ]
            : []),
        ]}
      />
      <RecipientTable
        broadcastId={broadcastId}
        rows={rows}
        caption={t("recipients.title")}
        search={search}
      />
      <Pager href={addressOf(filter)} previous={previous} next={next} />
    </>
  );
}

type RecipientFilter = (typeof RECIPIENT_FILTERS)[number];
type Filter = { status?: RecipientFilter | undefined; search?: string };

function readFilter(asked: Search) {
  const status = RECIPIENT_FILTERS.find((one) => one === asked.status);
  // An address may name it twice.
  const search = typeof asked.search === "string" ? asked.search.trim().slice(0, 200) : "";
  const filter: Filter = { ...(status && { status }), ...(search && { search }) };
  return { status, search, filter };
}
