import { getLocale, getTranslations } from "next-intl/server";

import { ComposerFrame } from "@/components/layout/detail-frame";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { listAudience } from "@/domain/incidents/list-audience";
import { withQuery } from "@/lib/addresses";
import { localized } from "@/lib/localized";
import { redirectTo } from "@/server/redirect";

import { SuccessBanner } from "../_components/success-banner";
import { Standing } from "../_reviews/frame";
import { noticeAddress } from "./address";
import { AppTable } from "./app-table";
import { AppsChanged } from "./apps-changed";
import { AudienceSummary } from "./audience-summary";
import { NoticeSinceReturn, SinceNotice } from "./comparison";
import { NoticeDecision } from "./decision";
import { SendAlone } from "./emergency";
import { NoticeContent } from "./notice-content";
import { NoticeFacts } from "./notice-facts";
import { NoticeChecks } from "./notice-checks";
import { NoticeHead, noticeName } from "./notice-head";
import { type NoticeProps } from "./notice-page";
import { NoticePreview } from "./notice-preview";
import { NoticeHistory } from "./published-notice";
import { readNoticeAt } from "./read-notice";
import { GoesOut } from "./scheduled";

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
  if (status === "published") return redirectTo(here);
  const [t, r, { done }, listed] = await Promise.all([
    getTranslations("incidents.desk.review"),
    getTranslations("reviews"),
    searchParams,
    listAudience(ctx, { noticeId: read.notice.id }),
  ]);

  return (
    <>
      <NoticeHead
        read={read}
        part={r("review.part")}
        actions={
          (status === "draft" || status === "in_review") &&
          may(ctx.actor, "notice.draft") && <ButtonLink href={here}>{r("review.edit")}</ButtonLink>
        }
      />
      <SuccessBanner what={done} />
      <Standing status={status} discarderName={read.discarderName} />
      <GoesOut ctx={ctx} read={read} />
      <AppsChanged ctx={ctx} read={read} />
      <NoticeSinceReturn read={read} />
      <div className="mt-8">
        <ComposerFrame
          aside={
            <aside className="min-w-0">
              <Section title={r("review.facts")}>
                <NoticeFacts read={read} />
              </Section>
              <Section title={t("audience")}>
                <AudienceSummary read={read} />
              </Section>
              <Section title={r("history.title")}>
                <NoticeHistory read={read} />
              </Section>
            </aside>
          }
        >
          <NoticeContent read={read} />
        </ComposerFrame>
      </div>
      <NoticeChecks ctx={ctx} read={read} isOpen={false} />
      <SinceNotice read={read} />
      <Section
        title={t("list")}
        note={t("listNote", { shown: listed.rows.length, all: listed.found })}
        more={
          <ButtonLink size="sm" href={withQuery(noticeAddress(read, "/audience"), { "#": "list" })}>
            {t("wholeList")}
          </ButtonLink>
        }
      >
        <AppTable rows={listed.rows} hasSearch={false} />
      </Section>
      <Section
        title={r("review.leaves")}
        note={t("leavesNote")}
        more={
          <ButtonLink size="sm" href={noticeAddress(read, "/preview")}>
            {r("reader.open")}
          </ButtonLink>
        }
      >
        <NoticePreview ctx={ctx} read={read} height="h-160" />
      </Section>
      {status === "in_review" && (
        <>
          <NoticeDecision ctx={ctx} read={read} />
          <SendAlone ctx={ctx} read={read} />
        </>
      )}
    </>
  );
}
