import { getTranslations } from "next-intl/server";

import { WithdrawnChip } from "@/components/broadcasts/broadcast-status";
import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { NoticeKind } from "@/components/broadcasts/gravity";
import { ButtonForm } from "@/components/form/button-form";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { countUnread, INBOX_VIEWS, type InboxMessage, listInbox } from "@/domain/inbox/list";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { archiveAction, markAllReadAction, unarchiveAction } from "./actions";
import { MessageButton, type Room } from "./message-button";

export type InboxSearch = { show?: string; page?: string; archived?: string };
type Props = { searchParams: Promise<InboxSearch>; room: Room };
type View = (typeof INBOX_VIEWS)[number];

/** The reader's messages, in the console or in operations: the same messages, each in its own shell. */
export async function InboxPage({ searchParams, room }: Props) {
  const ctx = await requireContext("inbox.readOwn");
  const query = await searchParams;
  const show = INBOX_VIEWS.find((view) => view === query.show) ?? "all";
  const [t, { rows, previous, next }, unread] = await Promise.all([
    getTranslations("inbox"),
    listInbox(ctx, { show, page: query.page }),
    countUnread(ctx, {}),
  ]);

  return (
    <>
      <PageHead
        title={t("title")}
        note={t(room ? "leadStaff" : "lead")}
        actions={
          unread > 0 && (
            <ButtonForm action={markAllReadAction}>
              <Button type="submit" size="sm">
                {t("markAllRead")}
              </Button>
            </ButtonForm>
          )
        }
      />
      {query.archived && <Archived id={query.archived} show={show} room={room} />}
      <TabLinks label={t("title")} tabs={await tabsOf({ room, show, unread })} />
      {rows.length === 0 ? (
        <EmptyState title={t(`empty.${show}`)}>
          {t(`emptyText.${room && show === "all" ? "staff" : show}`)}
        </EmptyState>
      ) : (
        <ul>
          {rows.map((message) => (
            <MessageRow key={message.id} message={message} show={show} room={room} />
          ))}
        </ul>
      )}
      <Pager href={at(`${room}/inbox`, { show })} previous={previous} next={next} />
    </>
  );
}

async function tabsOf({ room, show, unread }: { room: Room; show: View; unread: number }) {
  const t = await getTranslations("inbox");
  return INBOX_VIEWS.map((view) => ({
    href: at(`${room}/inbox`, { show: view !== "all" && view }),
    label: t(view),
    ...(view === "unread" && { count: unread }),
    current: show === view,
  }));
}

type ArchivedProps = { id: string; show: View; room: Room };

/** What was just archived can be taken back at once, and stays in the archive. */
async function Archived({ id, show, room }: ArchivedProps) {
  const t = await getTranslations("inbox");
  return (
    <div className="mb-4">
      <Banner
        tone="ok"
        role="status"
        actions={
          <MessageButton action={unarchiveAction} id={id} show={show} room={room}>
            {t("undo")}
          </MessageButton>
        }
      >
        {t.rich("archivedNow", {
          archive: (words) => <Link href={at(`${room}/inbox`, { show: "archived" })}>{words}</Link>,
        })}
      </Banner>
    </div>
  );
}

type RowProps = { message: InboxMessage; show: View; room: Room };

async function MessageRow({ message, show, room }: RowProps) {
  const t = await getTranslations("inbox");
  const isUnread = message.readAt === null && message.withdrawnAt === null;
  const isArchived = message.archivedAt !== null;
  return (
    <li
      data-row
      className="group border-line grid cursor-pointer grid-cols-[16px_minmax(0,1fr)] items-baseline gap-x-3 border-b py-3 md:grid-cols-[16px_minmax(0,1fr)_max-content_max-content]"
    >
      <span
        aria-hidden
        className={isUnread ? "bg-danger size-2 rounded-full forced-colors:border-4" : ""}
      />
      <div className={isUnread ? "font-semibold" : ""}>
        <Link
          href={at(`${room}/inbox/*`, message.id)}
          tone="plain"
          id={`message-${message.id}`}
          className="group-hover:underline"
        >
          {isUnread && <span className="sr-only">{t("unreadMark")}</span>}
          <BroadcastTitle told={message.told} />
        </Link>
        <p className="text-small text-ink-muted">
          <NoticeKind told={message.told} instead={message.withdrawnAt && <WithdrawnChip />} />
        </p>
      </div>
      <span className="text-ink-muted text-small max-md:col-start-2">
        <Time at={message.createdAt} form="table" />
      </span>
      <span className="max-md:col-start-2">
        <MessageButton
          action={isArchived ? unarchiveAction : archiveAction}
          id={message.id}
          show={show}
          room={room}
          variant="text"
          describedBy={`message-${message.id}`}
        >
          {t(isArchived ? "unarchive" : "archive")}
        </MessageButton>
      </span>
    </li>
  );
}
