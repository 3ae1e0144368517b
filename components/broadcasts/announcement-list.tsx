import { useLocale, useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { type Announcement } from "@/domain/broadcasts/announcements";
import { at } from "@/lib/addresses";
import { noticeHref, noticeTitle } from "@/wording/notice-line";

import { NoticeKind } from "./gravity";

type Props = {
  announcements: readonly Announcement[];
  /** The reader's own message of each, where they were told by one. */
  messages?: ReadonlyMap<string, string>;
};

/** What was told to everybody: the day, what, and what kind of thing. */
export function AnnouncementList({ announcements, messages }: Props) {
  const t = useTranslations("announcements");
  const locale = useLocale();
  return (
    <ul className="border-line @container/list border-t">
      {announcements.map(({ id, startedAt, told, withdrawnAt, following }) => (
        <li
          key={id}
          className="border-line grid gap-x-6 gap-y-1 border-b py-4 @min-[24rem]/list:grid-cols-[6.5rem_minmax(0,1fr)]"
        >
          <span className="text-small text-ink-muted @min-[24rem]/list:pt-1">
            <Time at={startedAt} form="table-date" />
          </span>
          <div>
            <Link href={hrefOf({ id, told })} tone="main" className="max-md:py-1">
              {noticeTitle(told, locale)}
            </Link>
            <p className="text-small text-ink-muted mt-0.5">
              <NoticeKind told={told} withdrawnAt={withdrawnAt} following={following} />
            </p>
            <OwnMessage id={messages?.get(id)}>{t("sentToYou")}</OwnMessage>
          </div>
        </li>
      ))}
    </ul>
  );
}

function OwnMessage({ id, children }: { id: string | undefined; children: React.ReactNode }) {
  if (!id) return null;
  return (
    <p className="text-small mt-0.5">
      <Link href={at("/inbox/*", id)} className="max-md:py-1">
        {children}
      </Link>
    </p>
  );
}

/** An incident's notice stands on the incident's page, beside those that came before and after it. */
const hrefOf = ({ id, told }: Pick<Announcement, "id" | "told">) =>
  told.kind === "incident_notice" ? noticeHref(told) : at("/announcements/*", id);
