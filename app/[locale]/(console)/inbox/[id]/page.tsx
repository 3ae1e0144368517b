import { getLocale, getTranslations } from "next-intl/server";

import { NoticeBody } from "@/components/broadcasts/notice-body";
import { NoticeTitle } from "@/components/broadcasts/notice-title";
import { Button } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { Time } from "@/components/ui/time";
import { findMessage } from "@/domain/inbox/list";
import { found } from "@/server/found";
import { requireContext } from "@/server/session";

import { archiveAction, markReadAction, markUnreadAction } from "../actions";
import { ReadOnOpen } from "./_components/read-on-open";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default async function MessagePage({ params }: Props) {
  const ctx = await requireContext("inbox.readOwn");
  const { id } = await params;
  const message = await found(findMessage(ctx, { id }));
  const [t, locale] = await Promise.all([getTranslations("inbox"), getLocale()]);

  return (
    <>
      <PageHead
        crumbs={[{ href: "/inbox", label: t("title") }]}
        title={<NoticeTitle told={message.told} />}
        note={<Time at={message.createdAt} form="full" />}
        actions={
          <>
            {message.readAt && (
              <form action={markUnreadAction}>
                <input type="hidden" name="id" value={id} />
                <input type="hidden" name="locale" value={locale} />
                <Button type="submit" size="sm">
                  {t("markUnread")}
                </Button>
              </form>
            )}
            <form action={archiveAction}>
              <input type="hidden" name="id" value={id} />
              <input type="hidden" name="locale" value={locale} />
              <input type="hidden" name="archived" value={String(message.archivedAt === null)} />
              <Button type="submit" size="sm">
                {t(message.archivedAt === null ? "archive" : "unarchive")}
              </Button>
            </form>
          </>
        }
      />
      <NoticeBody told={message.told} apps={message.apps} />
      {!message.readAt && <ReadOnOpen id={id} markRead={markReadAction} />}
    </>
  );
}
