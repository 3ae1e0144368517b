import { getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { findWithdrawals, type Withdrawal } from "@/domain/broadcasts/withdrawals";
import { type Context, type Person } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { at } from "@/lib/addresses";

import { History, type Moment } from "../_reviews/history";
import { Published } from "../_reviews/published";
import { noticeAddress } from "./address";
import { AudienceSummary } from "./audience-summary";
import { Look, SendingBanner } from "./emergency";
import { Followed, FollowPanel } from "./following";
import { NoticeContent } from "./notice-content";
import { NoticeFacts } from "./notice-facts";
import { NoticeHead } from "./notice-head";
import { NoticePreview } from "./notice-preview";

type Props = {
  ctx: Context & { actor: Person };
  read: OpsNotice;
  done: string | string[] | undefined;
};

/** A notice that is out and never changes again: what it says, whom it concerns, how it came about. */
export async function PublishedNoticePage({ ctx, read, done }: Props) {
  const { notice } = read;
  const [t, r] = await Promise.all([
    getTranslations("incidents.desk.published"),
    getTranslations("reviews"),
  ]);
  const { withdrawals, told } = await findWithdrawals(ctx, { subjectId: notice.id });
  const board = notice.broadcastId && may(ctx.actor, "broadcast.read") && (
    <ButtonLink href={at("/ops/broadcasts/*", notice.broadcastId)} variant="primary">
      {t("board")}
    </ButtonLink>
  );
  return (
    <>
      <Published
        head={<NoticeHead read={read} actions={board} />}
        done={done}
        withdrawals={withdrawals}
        withdrawal={
          notice.type === "announcement" && !notice.followsId
            ? { ctx, subjectType: "notice", subjectId: notice.id, people: told }
            : null
        }
        note={
          notice.notifies ? (
            <>
              <Followed read={read} />
              <SendingBanner read={read} />
            </>
          ) : (
            <div className="mb-6">
              <Followed read={read} />
              <Banner tone="plain" title={t("silent")}>
                <span className="wrap-anywhere whitespace-pre-line">{notice.silentReason}</span>
              </Banner>
            </div>
          )
        }
        aside={
          <>
            <Section title={t("facts")}>
              <NoticeFacts read={read} />
            </Section>
            <Section
              title={t("audience")}
              more={
                <ButtonLink size="sm" href={noticeAddress(read, "/audience")}>
                  {t("list")}
                </ButtonLink>
              }
            >
              <AudienceSummary read={read} />
            </Section>
            <Section title={r("history.title")}>
              <NoticeHistory read={read} withdrawals={withdrawals} />
            </Section>
          </>
        }
      >
        <NoticeContent read={read} />
        {notice.type === "announcement" && (
          <FollowPanel
            ctx={ctx}
            read={read}
            people={told}
            isWithdrawn={withdrawals.some(({ decision }) => decision === "approved")}
          />
        )}
      </Published>
      <Look ctx={ctx} read={read} />
      <Section title={t("told")} note={t("toldNote")}>
        <NoticePreview ctx={ctx} read={read} height="h-160" />
      </Section>
    </>
  );
}

type HistoryProps = { read: OpsNotice; withdrawals?: readonly Withdrawal[] };

export async function NoticeHistory({ read, withdrawals = [] }: HistoryProps) {
  const [t, e] = await Promise.all([
    getTranslations("incidents.desk.history"),
    getTranslations("incidents.desk.emergency"),
  ]);
  const { sending } = read;
  const more: Moment[] = sending
    ? [
        { at: sending.sentAt, tone: "warn", title: e("moment.sent", { name: sending.senderName }) },
        {
          at: sending.lookedAt,
          tone: sending.verdict === "confirmed" ? "ok" : "danger",
          title: e(`moment.${sending.verdict ?? "confirmed"}`, { name: sending.lookerName ?? "" }),
        },
      ]
    : [];
  return (
    <History
      label={t("label")}
      thing={read.notice}
      past={read}
      more={more}
      withdrawals={withdrawals}
    />
  );
}
