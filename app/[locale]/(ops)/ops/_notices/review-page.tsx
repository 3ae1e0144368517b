import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { listAudience } from "@/domain/incidents/list-audience";
import { localized } from "@/lib/localized";

import { noticeAddress } from "./address";
import { AppTable } from "./app-table";
import { AppsChanged } from "./apps-changed";
import { AudienceSummary } from "./audience-summary";
import { Comparison } from "./comparison";
import { Decision } from "./decision";
import { SuccessBanner } from "../_components/success-banner";
import { History } from "./history";
import { NoticeContent } from "./notice-content";
import { NoticeFacts } from "./notice-facts";
import { NoticeHead, noticeName } from "./notice-head";
import { type NoticeProps } from "./notice-page";
import { NoticePreview } from "./notice-preview";
import { readNoticeAt } from "./read-notice";

export async function reviewMetadata({ params }: Pick<NoticeProps, "params">) {
  const { read } = await readNoticeAt(params);
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.review"), getLocale()]);
  const { text } = localized(read.notice.parts.title, locale);
  return { title: t("pageTitle", { title: text || (await noticeName(read)) }) };
}

/** Exactly what will leave and to whom, for the second person who lets it go, and for its author beforehand. */
export async function ReviewPage({ params, searchParams }: NoticeProps) {
  const { ctx, read } = await readNoticeAt(params);
  const here = noticeAddress(read);
  const { status } = read.notice;
  const before = read.compared;
  const wasReturned = before?.kind === "returned";
  if (status === "published") redirect(`/${await getLocale()}${here}`);
  const [t, { done }, listed] = await Promise.all([
    getTranslations("incidents.desk.review"),
    searchParams,
    listAudience(ctx, { noticeId: read.notice.id }),
  ]);

  return (
    <>
      <NoticeHead
        read={read}
        part={t("part")}
        actions={
          status !== "discarded" &&
          may(ctx.actor, "notice.draft") && <ButtonLink href={here}>{t("edit")}</ButtonLink>
        }
      />
      <SuccessBanner what={done} />
      <Standing read={read} />
      <AppsChanged ctx={ctx} read={read} />
      {before && wasReturned && <Comparison read={read} compared={before} />}
      <div className="mt-8 grid gap-x-10 gap-y-8 first:mt-0 xl:grid-cols-[minmax(0,1fr)_416px]">
        <div className="min-w-0">
          <NoticeContent read={read} />
        </div>
        <aside className="min-w-0">
          <Section title={t("facts")}>
            <NoticeFacts read={read} />
          </Section>
          <Section title={t("audience")}>
            <AudienceSummary read={read} />
          </Section>
          <Section title={t("history")}>
            <History read={read} withdrawals={[]} />
          </Section>
        </aside>
      </div>
      {before && !wasReturned && <Comparison read={read} compared={before} />}
      <Section
        title={t("list")}
        note={t("listNote", { shown: listed.rows.length, all: listed.found })}
        more={
          <ButtonLink size="sm" href={`${here}/audience#list`}>
            {t("wholeList")}
          </ButtonLink>
        }
      >
        <AppTable rows={listed.rows} hasSearch={false} />
      </Section>
      <Section title={t("leaves")} note={t("leavesNote")}>
        <NoticePreview ctx={ctx} read={read} height="h-160" />
      </Section>
      {status === "in_review" && <Decision ctx={ctx} read={read} />}
    </>
  );
}

/** Whether it waits for a decision at all. */
async function Standing({ read: { notice, discarderName } }: { read: OpsNotice }) {
  const t = await getTranslations("incidents.desk.review");
  if (notice.status !== "draft" && notice.status !== "discarded") return null;
  const isDraft = notice.status === "draft";
  return (
    <div className="mb-6">
      <Banner
        tone="plain"
        title={isDraft ? t("notSubmitted") : t("discarded", { name: discarderName ?? "" })}
      >
        {t(isDraft ? "notSubmittedText" : "discardedText")}
      </Banner>
    </div>
  );
}
