import { getLocale, getTranslations } from "next-intl/server";

import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { isScheduled } from "@/domain/incidents/go-out";
import { formatNumber } from "@/lib/format";
import { plannedText } from "@/wording/planned-moment";

import { Decision } from "../_reviews/decision";
import { approveAction, rejectAction } from "./actions";

type Props = { ctx: Context & { actor: Person }; read: OpsNotice };

/** To let a notice go, or to send it back. */
export async function NoticeDecision({ ctx, read }: Props) {
  const { notice, measured, needsTypedCount, changes } = read;
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.decision"), getLocale()]);
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
        ...(await approvalOf(ctx, { read, words })),
        typed: needsTypedCount
          ? {
              hint: t(typedHint(read), words),
              expected: measured.people,
            }
          : null,
      }}
      sendBack={{ hidden, action: rejectAction }}
    />
  );
}

/** Why the number has to be typed. */
function typedHint({ measured, incident }: OpsNotice) {
  if (measured.isEverybody) return "typedEverybody";
  return incident?.isRehearsal && measured.isWide ? "typedRehearsal" : "typedMany";
}

type Words = { people: string; accounts: string };

/** The button and what it says it does: at once, or at the moment of an announcement. */
async function approvalOf(
  { now }: Context,
  { read: { notice, visibility, mails }, words }: { read: OpsNotice; words: Words },
) {
  const [t, r, locale] = await Promise.all([
    getTranslations("incidents.desk.decision"),
    getTranslations("reviews.decision"),
    getLocale(),
  ]);
  const { goesOutAt, goesOutZone, notifies } = notice;
  const title = t("confirmTitle");
  const kept = mails.withheld.reduce((sum, one) => sum + one.mails, 0);
  if (goesOutAt && isScheduled(notice, now)) {
    const later = { ...words, at: plannedText(goesOutAt, goesOutZone, locale) };
    const label = t("later.approve");
    return {
      label,
      note: t(notifies ? "later.told" : "later.silent", later),
      confirm: { title, body: t("later.confirm", later), confirmLabel: label },
    };
  }
  return {
    label: t("approve"),
    note: t(notifies ? `told.${visibility}` : "told.silent", words),
    confirm: {
      title,
      body:
        kept > 0
          ? t("confirmWithheld", { ...words, withheld: formatNumber(kept, locale) })
          : t(notifies ? "confirmTold" : "confirmSilent", words),
      confirmLabel: notifies ? r("approveAndTell", words) : t("approve"),
    },
  };
}
