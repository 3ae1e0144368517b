import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SavedMark } from "@/components/form/saved-mark";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { SubmitBar } from "@/components/ui/submit-bar";
import { type Context, type Person } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { daysUntil, formatTableDateTime, formatTime } from "@/lib/format";

import { composeAction } from "./actions";
import { noticeAddress } from "./address";
import { ComposerAside } from "./composer-aside";
import { ComposerFields } from "./composer-fields";
import { DiscardForm } from "./discard-form";
import { SuccessBanner } from "../_components/success-banner";
import { NoticeHead } from "./notice-head";

type Props = {
  ctx: Context & { actor: Person };
  read: OpsNotice;
  done: string | string[] | undefined;
};

/** The author's desk: the parts of a notice, and beside them whom it reaches and how it will look. */
export async function Composer({ ctx, read, done }: Props) {
  const { notice } = read;
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.composer"), getLocale()]);
  const inReview = notice.status === "in_review";

  return (
    <>
      <NoticeHead
        read={read}
        actions={<ButtonLink href={`${noticeAddress(read)}/review`}>{t("whatLeaves")}</ButtonLink>}
      />
      <SuccessBanner what={done} />
      <Standing read={read} />
      <ActionForm action={composeAction} guard label={t("form")}>
        {/* Enter in a field presses the first button of a form: it must be the harmless one. */}
        <button
          type="submit"
          name="intent"
          value="save"
          tabIndex={-1}
          aria-hidden
          className="sr-only"
        />
        <input type="hidden" name="noticeId" value={notice.id} />
        <input type="hidden" name="revision" value={notice.revision} />
        <input type="hidden" name="locale" value={locale} />
        <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_416px]">
          <div className="min-w-0">
            <ComposerFields read={read} />
          </div>
          <ComposerAside ctx={ctx} read={read} />
        </div>
        <SubmitBar
          note={
            <span className="flex flex-wrap items-center gap-x-4">
              <SavedMark>{t("saved", { at: savedAt(notice.updatedAt, ctx.now) })}</SavedMark>
              {t("bound")}
            </span>
          }
        >
          <SubmitButton variant="outline" name="intent" value="save">
            {t(inReview ? "saveAndReturn" : "save")}
          </SubmitButton>
          {!inReview && (
            <SubmitButton name="intent" value="submit">
              {t("submit")}
            </SubmitButton>
          )}
        </SubmitBar>
      </ActionForm>
      {notice.status === "draft" && <DiscardForm read={read} />}
    </>
  );
}

/** Whether it waits for a reviewer, or has come back from one. */
async function Standing({ read: { notice, reviews } }: Pick<Props, "read">) {
  const t = await getTranslations("incidents.desk.composer");
  const last = reviews.at(-1);
  const wasReturned = last?.decision === "rejected" && last.decidedAt > notice.updatedAt;
  if (notice.status === "in_review")
    return (
      <div className="mb-6">
        <Banner tone="warn" title={t("inReview")}>
          {t("inReviewText")}
        </Banner>
      </div>
    );
  if (!wasReturned) return null;
  return (
    <div className="mb-6">
      <Banner tone="danger" title={t("returned", { name: last.reviewerName })}>
        <span className="wrap-anywhere whitespace-pre-line">{last.reason}</span>
      </Banner>
    </div>
  );
}

const savedAt = (at: Date, now: Date) =>
  daysUntil(at, now) === 0 ? formatTime(at) : formatTableDateTime(at);
