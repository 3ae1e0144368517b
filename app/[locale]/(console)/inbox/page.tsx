import { useLocale } from "next-intl";
import { getTranslations } from "next-intl/server";

import { NoticeGravity } from "@/components/broadcasts/notice-gravity";
import { noticeKind, NoticeTitle } from "@/components/broadcasts/notice-title";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { countUnread, type InboxMessage, listInbox } from "@/domain/inbox/list";
import { requireContext } from "@/server/session";

import { markAllReadAction } from "./actions";

type Props = { searchParams: Promise<{ show?: string; before?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default async function InboxPage({ searchParams }: Props) {
  const ctx = await requireContext("inbox.readOwn");
  const query = await searchParams;
  const show = query.show === "unread" ? "unread" : "all";
  const [t, { rows, next }, unread] = await Promise.all([
    getTranslations("inbox"),
    listInbox(ctx, { show, before: query.before }),
    countUnread(ctx, {}),
  ]);

  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={
          unread > 0 && (
            <form action={markAllReadAction}>
              <Button type="submit" size="sm">
                {t("markAllRead")}
              </Button>
            </form>
          )
        }
      />
      <TabLinks
        label={t("title")}
        tabs={[
          { href: "/inbox", label: t("all"), current: show === "all" },
          {
            href: "/inbox?show=unread",
            label: t("unread"),
            count: unread,
            current: show === "unread",
          },
        ]}
      />
      {rows.length === 0 ? (
        <EmptyState title={t(show === "unread" ? "emptyUnread" : "empty")}>
          {t("emptyText")}
        </EmptyState>
      ) : (
        <ul>
          {rows.map((message) => (
            <MessageRow key={message.id} message={message} unreadWord={t("unreadMark")} />
          ))}
        </ul>
      )}
      <Pager
        nextHref={next ? `/inbox?show=${show}&before=${encodeURIComponent(next)}` : undefined}
      />
    </>
  );
}

function MessageRow({ message, unreadWord }: { message: InboxMessage; unreadWord: string }) {
  const isUnread = message.readAt === null;
  return (
    <li className="border-line grid grid-cols-[16px_minmax(0,1fr)] items-baseline gap-x-3 border-b py-3 md:grid-cols-[16px_minmax(0,1fr)_max-content]">
      <span aria-hidden className={isUnread ? "bg-danger size-2 rounded-full" : ""} />
      <div className={isUnread ? "font-semibold" : ""}>
        <Link href={`/inbox/${message.id}`} tone="plain">
          {isUnread && <span className="sr-only">{unreadWord}</span>}
          <NoticeTitle told={message.told} />
        </Link>
        <p className="text-small text-ink-muted flex flex-wrap items-center gap-x-2 gap-y-1 font-normal">
          <span>{noticeKind(message.told, useLocale())}</span>
          <NoticeGravity told={message.told} />
        </p>
      </div>
      <span className="text-ink-muted text-small max-md:col-start-2">
        <Time at={message.createdAt} form="table" />
      </span>
    </li>
  );
}
