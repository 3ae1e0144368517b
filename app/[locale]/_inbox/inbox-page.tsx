import { getTranslations } from "next-intl/server";

import { PinnedIncidents } from "@/app/[locale]/(console)/_components/advice-todos";
import { ButtonForm } from "@/components/form/button-form";
import { PartSearch } from "@/components/form/list-search";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { SegmentedLinks } from "@/components/ui/segmented-control";
import { TabLinks } from "@/components/ui/tabs";
import { INBOX_CATEGORIES } from "@/db/vocabulary/inbox";
import { may } from "@/domain/access/permissions";
import { listOpenAdvice } from "@/domain/incidents/open-advice";
import { countUnreadOf, INBOX_VIEWS, inboxFilter, listInbox } from "@/domain/inbox/list";
import { countActedOn } from "@/domain/inbox/mark";
import { at, withLanguage } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { markAllReadAction, takeBackAction } from "./actions";
import { PlaceFields } from "./message-button";
import { MessageList } from "./message-list";
import { inboxAddress, type InboxPlace, type InboxSearch, type Room } from "./place";

type Props = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<InboxSearch>;
  room: Room;
};

/** The reader's messages, in the console or in operations: the same messages, each in its own shell. */
export async function InboxPage({ params, searchParams, room }: Props) {
  const ctx = await requireContext("inbox.readOwn");
  const [{ locale }, { undo, page, ...query }] = await Promise.all([params, searchParams]);
  const filter = inboxFilter.parse(query);
  const place: InboxPlace = { room, filter, page };
  const [t, { rows, previous, next }, unread] = await Promise.all([
    getTranslations("inbox"),
    listInbox(ctx, { ...filter, page }),
    countUnreadOf(ctx, {}),
  ]);

  return (
    <>
      <PageHead
        title={t("title")}
        note={t(room ? "leadStaff" : "lead")}
        actions={
          unread.size > 0 && (
            <ButtonForm action={markAllReadAction}>
              <PlaceFields place={{ room, filter }} />
              <Button type="submit" size="sm">
                {t("markAllRead")}
              </Button>
            </ButtonForm>
          )
        }
      />
      {undo && <Done undo={undo} place={place} />}
      <Pinned place={place} />
      <PartSearch
        action={withLanguage(locale, at(`${room}/inbox`))}
        id="inbox-search"
        name="q"
        value={filter.q}
        maxLength={80}
        words={{ label: t("search.label"), find: t("search.find"), clear: t("search.clear") }}
        clearHref={inboxAddress({ room, filter: { ...filter, q: "" } })}
        kept={{ show: filter.show !== "all" && filter.show, category: filter.category }}
      />
      <Shelves place={place} unread={unread} />
      <div className="mt-4">
        <Views place={place} />
      </div>
      {rows.length === 0 ? (
        <NoMessages place={place} />
      ) : (
        <MessageList messages={rows} place={place} />
      )}
      <Pager href={inboxAddress({ room, filter })} previous={previous} next={next} />
    </>
  );
}

/** Above the first page of what is not archived: the incidents that still ask the reader to act. */
async function Pinned({ place: { room, filter, page } }: { place: InboxPlace }) {
  const ctx = await requireContext("inbox.readOwn");
  const isFirst = room === "" && !page && filter.show !== "archived" && !filter.q;
  const shows = isFirst && [undefined, "incidents"].includes(filter.category);
  if (!shows || !may(ctx.actor, "notice.followAdvice")) return null;
  const advice = (await listOpenAdvice(ctx, {})).filter(({ isRequired }) => isRequired);
  return advice.length > 0 && <PinnedIncidents advice={advice} />;
}

type ShelvesProps = { place: InboxPlace; unread: Awaited<ReturnType<typeof countUnreadOf>> };

/** The kinds of messages, each with how many of it are unread. */
async function Shelves({ place: { room, filter }, unread }: ShelvesProps) {
  const t = await getTranslations("inbox");
  return (
    <TabLinks
      label={t("categories")}
      tabs={[undefined, ...INBOX_CATEGORIES].map((category) => {
        const count = category && unread.get(category);
        return {
          href: inboxAddress({ room, filter: { ...filter, category } }),
          label: t(category ? `category.${category}` : "category.all"),
          ...(count && { count }),
          current: filter.category === category,
        };
      })}
    />
  );
}

async function Views({ place: { room, filter } }: { place: InboxPlace }) {
  const t = await getTranslations("inbox");
  return (
    <SegmentedLinks
      label={t("views")}
      items={INBOX_VIEWS.map((show) => ({
        href: inboxAddress({ room, filter: { ...filter, show } }),
        label: t(show),
        current: filter.show === show,
      }))}
    />
  );
}

/** What was just done, while it stands; it can be taken back. */
async function Done({ undo, place }: { undo: string; place: InboxPlace }) {
  const [what, at] = undo.split(".");
  if ((what !== "read" && what !== "archived") || !/^\d{1,15}$/.test(at ?? "")) return null;
  const [t, ctx] = await Promise.all([getTranslations("inbox"), requireContext("inbox.readOwn")]);
  const count = await countActedOn(ctx, { what, at });
  if (count === 0) return null;
  return (
    <div className="mb-4">
      <Banner
        tone="ok"
        role="status"
        actions={
          <ButtonForm action={takeBackAction}>
            <input type="hidden" name="what" value={what} />
            <input type="hidden" name="at" value={at} />
            <PlaceFields place={place} />
            <Button type="submit" size="sm">
              {t("undo")}
            </Button>
          </ButtonForm>
        }
      >
        {t(`done.${what}`, { count })}
      </Banner>
    </div>
  );
}

async function NoMessages({ place: { room, filter } }: { place: InboxPlace }) {
  const t = await getTranslations("inbox");
  const { show = "all", category, q } = filter;
  if (q)
    return <EmptyState title={t("empty.sought", { words: q })}>{t("emptyText.sought")}</EmptyState>;
  return (
    <EmptyState title={t(category ? "empty.category" : `empty.${show}`)}>
      {t(`emptyText.${room && show === "all" ? "staff" : show}`)}
    </EmptyState>
  );
}
