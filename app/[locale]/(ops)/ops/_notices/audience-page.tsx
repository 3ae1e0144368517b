import { getLocale, getTranslations } from "next-intl/server";

import { DetailFrame } from "@/components/layout/detail-frame";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { listAccountChoices } from "@/domain/incidents/chosen-accounts";
import { listAudience } from "@/domain/incidents/list-audience";
import { listRehearsable } from "@/domain/incidents/list-rehearsable";
import { isOnItsWay } from "@/domain/reviews/rules";
import { localized } from "@/lib/localized";

import { noticeAddress } from "./address";
import { AudienceForm } from "./audience-form";
import { AudienceList } from "./audience-list";
import { AudienceSummary } from "./audience-summary";
import { NoticeHead, noticeName } from "./notice-head";
import { type NoticeProps } from "./notice-page";
import { readNoticeAt } from "./read-notice";
import { SavedAudiences } from "./saved-audiences";

export async function audienceMetadata({ params }: Pick<NoticeProps, "params">) {
  const { read } = await readNoticeAt(params);
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.audience"), getLocale()]);
  const { text } = localized(read.notice.parts.title, locale);
  return { title: t("pageTitle", { title: text || (await noticeName(read)) }) };
}

/** Whom a notice concerns: the rule or the list, exactly how many, and each of them. */
export async function AudiencePage({ params, searchParams }: NoticeProps) {
  const { ctx, read } = await readNoticeAt(params);
  const asked = readAsked(await searchParams);
  const listed = await listAudience(ctx, { noticeId: read.notice.id, ...asked });
  const t = await getTranslations("incidents.desk.audience");
  const candidates = read.notice.audience.rehearsal
    ? await listRehearsable(ctx, { noticeId: read.notice.id })
    : [];
  const { followsId } = read.notice;
  const edits = !followsId && isOnItsWay(read.notice) && may(ctx.actor, "notice.draft");
  const follow = await getTranslations("incidents.desk.follow");

  return (
    <>
      <NoticeHead
        read={read}
        part={t("part")}
        actions={<ButtonLink href={noticeAddress(read)}>{t("back")}</ButtonLink>}
      />
      {edits && read.notice.status === "in_review" && (
        <div className="mb-6">
          <Banner tone="warn" title={t("inReview")}>
            {t("inReviewText")}
          </Banner>
        </div>
      )}
      <DetailFrame
        aside={
          <Section title={t("count")} note={edits ? t("asSaved") : undefined}>
            <AudienceSummary read={read} />
          </Section>
        }
      >
        {edits ? (
          <>
            <AudienceForm
              read={read}
              candidates={candidates}
              choices={await listAccountChoices(ctx, { productId: read.notice.productId })}
            />
            <SavedAudiences ctx={ctx} read={read} />
          </>
        ) : (
          <p className="text-ink-muted">
            {followsId ? follow("audience") : t(`fixed.${read.notice.status}`)}
          </p>
        )}
      </DetailFrame>
      <Section id="list" title={t("list")} note={t("listNote")}>
        <AudienceList read={read} listed={listed} asked={asked} />
      </Section>
    </>
  );
}

export type Asked = { search: string; page: string; unreached: boolean };

function readAsked(search: Awaited<NoticeProps["searchParams"]>): Asked {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === "string" ? value : "";
  };
  return {
    search: text("search").trim().slice(0, 200),
    page: text("page"),
    unreached: text("unreached") === "yes",
  };
}
