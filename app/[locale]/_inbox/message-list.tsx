import { useTranslations } from "next-intl";

import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { NoticeKind } from "@/components/broadcasts/gravity";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { RowTick } from "@/components/ui/choice";
import { Link } from "@/components/ui/link";
import { SelectAll } from "@/components/ui/select-all";
import { Time } from "@/components/ui/time";
import type { InboxMessage } from "@/domain/inbox/list";
import type { MessageChange } from "@/domain/inbox/mark";
import { at } from "@/lib/addresses";

import { changeMessagesAction } from "./actions";
import { MessageButton, PlaceFields } from "./message-button";
import type { InboxPlace } from "./place";

/** The form that the ticks of the rows belong to. */
const FORM = "messages";

type Props = { messages: readonly InboxMessage[]; place: InboxPlace };

/** Messages, to be opened one by one or ticked and changed together. */
export function MessageList({ messages, place }: Props) {
  const t = useTranslations("inbox");
  const isArchive = place.filter.show === "archived";
  const changes: readonly MessageChange[] = isArchive ? ["restore"] : ["read", "unread", "archive"];
  return (
    <>
      <ActionForm id={FORM} action={changeMessagesAction} label={t("ticked")} className="mt-3">
        <PlaceFields place={place} />
        <div className="border-line flex flex-wrap items-center gap-2 border-b pb-2">
          <SelectAll form={FORM} rows={messages.map(({ id }) => id).join(" ")} />
          {changes.map((change) => (
            <SubmitButton key={change} size="sm" variant="outline" name="change" value={change}>
              {t(`bulk.${change}`)}
            </SubmitButton>
          ))}
        </div>
      </ActionForm>
      <ul aria-label={t("list")}>
        {messages.map((message) => (
          <MessageRow key={message.id} message={message} place={place} />
        ))}
      </ul>
    </>
  );
}

type RowProps = { message: InboxMessage; place: InboxPlace };

function MessageRow({ message, place }: RowProps) {
  const t = useTranslations("inbox");
  const { id, told, createdAt, withdrawnAt, following } = message;
  const isUnread = asksToBeRead(message);
  const named = `message-${id}`;
  return (
    <li
      data-row
      className="group border-line grid cursor-pointer grid-cols-[24px_8px_minmax(0,1fr)] items-start gap-x-2 border-b py-3 md:grid-cols-[24px_8px_minmax(0,1fr)_max-content_max-content]"
    >
      <RowTick form={FORM} name="id" value={id} aria-labelledby={named} />
      <span
        aria-hidden
        className={isUnread ? "bg-danger mt-2 size-2 rounded-full forced-colors:border-4" : ""}
      />
      <div className={isUnread ? "font-semibold" : ""}>
        <Link
          href={at(`${place.room}/inbox/*`, id)}
          tone="plain"
          id={named}
          className="group-hover:underline"
        >
          {isUnread && <span className="sr-only">{t("unreadMark")}</span>}
          <BroadcastTitle told={told} />
        </Link>
        <p className="text-small text-ink-muted">
          <NoticeKind told={told} withdrawnAt={withdrawnAt} following={following} />
        </p>
      </div>
      <span className="text-ink-muted text-small max-md:col-start-3">
        <Time at={createdAt} form="table" />
      </span>
      <MessageActs message={message} place={place} describedBy={named} />
    </li>
  );
}

const asksToBeRead = ({ readAt, withdrawnAt }: InboxMessage) =>
  readAt === null && withdrawnAt === null;

/** What is withdrawn asks for nobody's eye, read or not. */
function MessageActs({ message, place, describedBy }: RowProps & { describedBy: string }) {
  const t = useTranslations("inbox");
  const { id, withdrawnAt, archivedAt } = message;
  const isUnread = asksToBeRead(message);
  const button = { id, place, variant: "text", describedBy } as const;
  return (
    <span className="flex flex-wrap max-md:col-start-3 max-md:-ml-4">
      {withdrawnAt === null && (
        <MessageButton change={isUnread ? "read" : "unread"} {...button}>
          {t(isUnread ? "markRead" : "markUnread")}
        </MessageButton>
      )}
      <MessageButton change={archivedAt ? "restore" : "archive"} {...button}>
        {t(archivedAt ? "unarchive" : "archive")}
      </MessageButton>
    </span>
  );
}
