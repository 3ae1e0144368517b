import { getLocale, getTranslations } from "next-intl/server";

import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { listTestReaders } from "@/domain/broadcasts/test-mail";
import { type Context, type Person } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { listNoticeStates } from "@/domain/incidents/kept-wordings";
import { openNoticeChecks } from "@/domain/incidents/notice-checks";
import { at, withLanguage } from "@/lib/addresses";

import { SuccessBanner } from "../_components/success-banner";
import { ComposerForm, ComposerStanding, DiscardForm, PREVIEW_HEIGHT } from "../_reviews/composer";
import { DraftHistory, TypedBefore } from "../_reviews/draft-history";
import { DraftKeeper } from "../_reviews/draft-keeper";
import { TestMail } from "../_reviews/test-mail";
import { composeAction, discardAction, testAction } from "./actions";
import { noticeAddress } from "./address";
import { AudienceSummary } from "./audience-summary";
import { CheckList } from "./check-list";
import { ComposerFields, partsOf } from "./composer-fields";
import { checksOf, NoticeChecks } from "./notice-checks";
import { NoticeHead } from "./notice-head";
import { NoticePreview } from "./notice-preview";
import { TemplateChoice } from "./template-preview";

type Props = {
  ctx: Context & { actor: Person };
  read: OpsNotice;
  done: string | string[] | undefined;
};

/** The author's desk: the parts of a notice, and beside them whom it reaches and how it will look. */
export async function Composer({ ctx, read, done }: Props) {
  const { notice, reviews } = read;
  const [t, r, locale, states, people, checks] = await Promise.all([
    getTranslations("incidents.desk"),
    getTranslations("reviews"),
    getLocale(),
    listNoticeStates(ctx, { noticeId: notice.id }),
    listTestReaders(ctx, {}),
    checksOf(ctx, notice.id),
  ]);
  const missing = { ...read.missing, ...openNoticeChecks(checks) };
  const here = noticeAddress(read);
  const seen = { noticeId: notice.id, revision: notice.revision };
  // Where a draft begins it is the first choice; later it would only be in the way.
  const isBlank = !Object.values(notice.parts.situation).some(Boolean);
  const templates = <TemplateChoice ctx={ctx} read={read} />;
  return (
    <>
      <NoticeHead
        read={read}
        actions={
          <ButtonLink href={noticeAddress(read, "/review")}>{r("composer.whatLeaves")}</ButtonLink>
        }
      />
      <SuccessBanner what={done} />
      <ComposerStanding
        thing={notice}
        reviews={reviews}
        returnedBy={(name) => t("composer.returned", { name })}
      />
      <TypedBefore states={states} here={here} readerId={ctx.actor.id} />
      {isBlank && <div className="mb-6 empty:hidden">{templates}</div>}
      <ComposerForm
        now={ctx.now}
        thing={notice}
        hidden={seen}
        action={composeAction}
        label={t("composer.form")}
        note={t("composer.bound")}
        parts={await partsOf(read)}
        isComplete={Object.keys(missing).length === 0}
        checks={
          <CheckList
            label={r("aside.check")}
            missing={missing}
            isAnnouncement={notice.type === "announcement"}
          />
        }
        audience={<AudienceSection read={read} />}
        keeper={
          <DraftKeeper
            to={withLanguage(locale, at("/ops/drafts/*/*", "notice", notice.id))}
            here={withLanguage(locale, here)}
            revision={notice.revision}
          />
        }
        preview={<NoticePreview ctx={ctx} read={read} height={PREVIEW_HEIGHT} />}
      >
        <ComposerFields read={read} />
      </ComposerForm>
      <NoticeChecks ctx={ctx} read={read} isOpen={notice.status === "draft"} />
      <TestMail
        action={testAction}
        hidden={{ noticeId: notice.id }}
        people={people}
        readerId={ctx.actor.id}
      />
      {!isBlank && templates}
      <DraftHistory states={states} here={here} />
      {notice.status === "draft" && (
        <DiscardForm
          hidden={seen}
          action={discardAction}
          title={t("discard.confirmTitle")}
          text={t(reviews.length > 0 ? "discard.confirmKept" : "discard.confirmText")}
        />
      )}
    </>
  );
}

/** Whom it concerns; a draft is saved on the way to the choice. */
async function AudienceSection({ read }: Pick<Props, "read">) {
  const t = await getTranslations("incidents.desk.aside");
  return (
    <Section
      id="field-audience"
      title={t("audience")}
      more={
        read.notice.followsId ? null : read.notice.status === "in_review" ? (
          <ButtonLink size="sm" href={noticeAddress(read, "/audience")}>
            {t("editAudience")}
          </ButtonLink>
        ) : (
          <SubmitButton size="sm" variant="outline" name="intent" value="audience">
            {t("editAudience")}
          </SubmitButton>
        )
      }
    >
      <AudienceSummary read={read} />
    </Section>
  );
}
