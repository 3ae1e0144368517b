import { getLocale, getTranslations } from "next-intl/server";

import { NoticeStatus, RehearsalChip } from "@/components/incidents/incident-status";
import { type Crumb } from "@/components/ui/breadcrumb";
import { PageHead } from "@/components/ui/page-head";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { at } from "@/lib/addresses";
import { localized } from "@/lib/localized";

import { noticeAddress } from "./address";

type Props = {
  read: OpsNotice;
  /** The page below the notice's own, e.g. "对象". */
  part?: string;
  actions?: React.ReactNode;
};

/** Which notice of what, where it stands, who wrote it. */
export async function NoticeHead({ read, part, actions }: Props) {
  const { notice, incident, writers } = read;
  const [t, locale, name] = await Promise.all([
    getTranslations("incidents.desk"),
    getLocale(),
    noticeName(read),
  ]);
  const title = localized(notice.parts.title, locale);
  const shownTitle = title.text || t("timeline.untitled");
  // An announcement stands alone: its kind says nothing that the list above it does not.
  const ownCrumb = incident ? name : shownTitle;
  const above: Crumb[] = incident
    ? [
        { label: t("incidents.title"), href: "/ops/incidents" },
        { label: incident.number, href: at("/ops/incidents/*", incident.number) },
      ]
    : [{ label: t("announcements.title"), href: "/ops/announcements" }];
  return (
    <PageHead
      title={<span lang={title.locale === locale ? undefined : title.locale}>{shownTitle}</span>}
      crumbs={[
        ...above,
        part ? { label: ownCrumb, href: noticeAddress(read) } : { label: ownCrumb },
        ...(part ? [{ label: part }] : []),
      ]}
      note={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <NoticeStatus status={notice.status} />
          {incident?.isRehearsal && <RehearsalChip />}
          <span>{name}</span>
          <span>
            {t("writers", { names: writers.map((one) => one.name).join(t("separator")) })}
          </span>
        </span>
      }
      actions={actions}
    />
  );
}

/** "第 2 号 · 进展", or "公告". */
export async function noticeName({
  notice: { type, sequence, followKind },
}: Pick<OpsNotice, "notice">): Promise<string> {
  const [t, types, kinds] = await Promise.all([
    getTranslations("incidents.desk.timeline"),
    getTranslations("notices.type"),
    getTranslations("notices.follow.kind"),
  ]);
  if (followKind) return kinds(followKind);
  return type === "announcement"
    ? types("announcement")
    : t("named", { sequence, type: types(type) });
}
