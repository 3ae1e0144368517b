import { getTranslations } from "next-intl/server";

import { BroadcastBody } from "@/components/broadcasts/broadcast-body";
import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { WithdrawnBanner } from "@/components/broadcasts/withdrawal-body";
import { PageHead } from "@/components/ui/page-head";
import { Time } from "@/components/ui/time";
import { findMessage } from "@/domain/inbox/list";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { archiveAction, markReadAction, markUnreadAction, unarchiveAction } from "./actions";
import { MessageButton, type Room } from "./message-button";
import { ReadOnOpen } from "./read-on-open";

type Props = { params: Promise<{ id: string }>; room: Room };

export async function MessagePage({ params, room }: Props) {
  const ctx = await requireContext("inbox.readOwn");
  const { id } = await params;
  const message = await orNotFound(findMessage(ctx, { id }));
  const t = await getTranslations("inbox");
  const isArchived = message.archivedAt !== null;

  return (
    <>
      <PageHead
        crumbs={[{ href: at(`${room}/inbox`), label: t("title") }]}
        title={<BroadcastTitle told={message.told} />}
        note={<Time at={message.createdAt} form="full" />}
        actions={
          <>
            {message.readAt && (
              <MessageButton action={markUnreadAction} id={id} room={room}>
                {t("markUnread")}
              </MessageButton>
            )}
            <MessageButton
              action={isArchived ? unarchiveAction : archiveAction}
              id={id}
              room={room}
            >
              {t(isArchived ? "unarchive" : "archive")}
            </MessageButton>
          </>
        }
      />
      {message.withdrawnAt && (
        <WithdrawnBanner
          at={message.withdrawnAt}
          href={message.withdrawalId ? at(`${room}/inbox/*`, message.withdrawalId) : null}
        />
      )}
      <div data-without-banner={message.told.kind === "policy_change" || undefined}>
        <BroadcastBody told={message.told} apps={message.apps} />
      </div>
      {!message.readAt && <ReadOnOpen ids={[id]} markRead={markReadAction} />}
    </>
  );
}
