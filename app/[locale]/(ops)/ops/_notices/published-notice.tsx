import { getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { findWithdrawals } from "@/domain/broadcasts/withdrawals";
import { type Context, type Person } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import {
  WithdrawalPanel,
  WithdrawnNote,
} from "@/app/[locale]/(ops)/ops/_withdrawals/withdrawal-panel";

import { noticeAddress } from "./address";
import { AudienceSummary } from "./audience-summary";
import { SuccessBanner } from "../_components/success-banner";
import { History } from "./history";
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
  const t = await getTranslations("incidents.desk.published");
  const { withdrawals, told } = await findWithdrawals(ctx, { subjectId: notice.id });
  const board = notice.broadcastId && may(ctx.actor, "broadcast.read") && (
    <ButtonLink href={`/ops/broadcasts/${notice.broadcastId}`} variant="primary">
      {t("board")}
    </ButtonLink>
  );
  return (
    <>
      <NoticeHead read={read} actions={board} />
      <SuccessBanner what={done} />
      <WithdrawnNote withdrawals={withdrawals} />
      {!notice.notifies && (
        <div className="mb-6">
          <Banner tone="plain" title={t("silent")}>
            <span className="wrap-anywhere whitespace-pre-line">{notice.silentReason}</span>
          </Banner>
        </div>
      )}
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_416px]">
        <div className="min-w-0">
          <NoticeContent read={read} />
          {notice.type === "announcement" && (
            <WithdrawalPanel
              ctx={ctx}
              subjectType="notice"
              subjectId={notice.id}
              people={told}
              withdrawals={withdrawals}
            />
          )}
        </div>
        <aside className="min-w-0">
          <Section title={t("facts")}>
            <NoticeFacts read={read} />
          </Section>
          <Section
            title={t("audience")}
            more={
              <ButtonLink size="sm" href={`${noticeAddress(read)}/audience`}>
                {t("list")}
              </ButtonLink>
            }
          >
            <AudienceSummary read={read} />
          </Section>
          <Section title={t("history")}>
            <History read={read} withdrawals={withdrawals} />
          </Section>
        </aside>
      </div>
      <Section title={t("told")} note={t("toldNote")}>
        <NoticePreview ctx={ctx} read={read} height="h-160" />
      </Section>
    </>
  );
}
