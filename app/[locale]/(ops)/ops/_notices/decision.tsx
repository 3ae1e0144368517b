import { getLocale, getTranslations } from "next-intl/server";

import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { formatNumber } from "@/lib/format";

import { Decision } from "../_reviews/decision";
import { approveAction, rejectAction } from "./actions";

type Props = { ctx: Context & { actor: Person }; read: OpsNotice };

/** To let a notice go, or to send it back. */
export async function NoticeDecision({ ctx, read }: Props) {
  const { notice, measured, needsTypedCount, visibility, changes } = read;
  const [t, r, locale] = await Promise.all([
    getTranslations("incidents.desk.decision"),
    getTranslations("reviews.decision"),
    getLocale(),
  ]);
  const words = {
    people: formatNumber(measured.people, locale),
    accounts: formatNumber(measured.accounts, locale),
  };
  const hidden = { noticeId: notice.id, contentHash: notice.contentHash ?? "" };
  return (
    <Decision
      isReviewer={may(ctx.actor, "notice.review")}
      isOwn={notice.writerIds.includes(ctx.actor.id)}
      ownWork={t("ownWork")}
      hindrance={changes ? t("appsChanged") : null}
      note={t("note")}
      approve={{
        hidden,
        action: approveAction,
        label: t("approve"),
        note: t(notice.notifies ? `told.${visibility}` : "told.silent", words),
        confirm: {
          title: t("confirmTitle"),
          body: t(notice.notifies ? "confirmTold" : "confirmSilent", words),
          confirmLabel: notice.notifies ? r("approveAndTell", words) : t("approve"),
        },
        typed: needsTypedCount
          ? {
              hint: t(measured.isEverybody ? "typedEverybody" : "typedMany", words),
              expected: measured.people,
            }
          : null,
      }}
      sendBack={{ hidden, action: rejectAction }}
    />
  );
}
