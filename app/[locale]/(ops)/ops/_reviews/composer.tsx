import { getTranslations } from "next-intl/server";

import { IndexedFrame } from "@/components/layout/detail-frame";
import { ActionForm, type FormAction } from "@/components/form/action-form";
import { SavedMark } from "@/components/form/form-outcome";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { CheckStatus } from "@/components/ui/check-status";
import { ContentsList } from "@/components/ui/contents";
import { Section } from "@/components/ui/section";
import { SubmitBar } from "@/components/ui/submit-bar";
import type { ReviewDecision } from "@/db/vocabulary/reviews";
import { standingReturn } from "@/domain/reviews/rules";
import { daysUntil, formatTableDateTime, formatTime } from "@/lib/format";

import { Panes } from "../_components/panes";
import { Hidden } from "./frame";

/** Of a look at what will leave, in a pane of its own. */
export const PREVIEW_HEIGHT = "h-[clamp(24rem,calc(100dvh-18rem),60rem)]";

type Review = {
  decision: ReviewDecision;
  decidedAt: Date;
  reason: string | null;
  reviewerName: string;
};
type Thing = { status: string; updatedAt: Date };

type FormProps = {
  now: Date;
  thing: Thing;
  /** Which thing, at which revision. */
  hidden: Record<string, string | number>;
  action: FormAction;
  label: string;
  /** To what the approval will be bound. */
  note: string;
  /** The sections of the form, as their ids and titles. */
  parts: readonly Part[];
  isComplete: boolean;
  checks: React.ReactNode;
  audience: React.ReactNode;
  preview: React.ReactNode;
  /** Keeps what is typed, and tells who else is here. */
  keeper: React.ReactNode;
  children: React.ReactNode;
};

type Part = { anchor: string; title: string };

/** The author's form, and what it makes: it is saved as it stands, and submitted when it is complete. */
export async function ComposerForm(props: FormProps) {
  const { now, thing, hidden, action, label, note, preview, keeper, children } = props;
  const t = await getTranslations("reviews.composer");
  const inReview = thing.status === "in_review";
  const savedToday = daysUntil(thing.updatedAt, now) === 0;
  const at = savedToday ? formatTime(thing.updatedAt) : formatTableDateTime(thing.updatedAt);
  return (
    <ActionForm action={action} guard label={label}>
      {/* Enter in a field presses the first button of a form: it must be the harmless one. */}
      <button
        type="submit"
        name="intent"
        value="save"
        tabIndex={-1}
        aria-hidden
        className="sr-only"
      />
      <Hidden values={hidden} />
      <Panes
        label={t("views")}
        panes={[
          {
            key: "write",
            label: t("write"),
            content: <IndexedFrame aside={<ComposerAside {...props} />}>{children}</IndexedFrame>,
          },
          {
            key: "preview",
            label: t("preview"),
            content: (
              <>
                <p className="text-small text-ink-muted mb-3">{t("previewNote")}</p>
                {preview}
              </>
            ),
          },
        ]}
      />
      <SubmitBar
        above={keeper}
        note={
          <span className="flex flex-wrap items-center gap-x-4">
            <SavedMark>{t("saved", { at })}</SavedMark>
            {note}
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
  );
}

/** Beside the form: its sections, what is missing in them, whom it reaches. */
async function ComposerAside({ parts, isComplete, checks, audience }: FormProps) {
  const t = await getTranslations("reviews.aside");
  return (
    <aside
      aria-label={t("label")}
      className="min-w-0 xl:sticky xl:top-[calc(var(--h-bar)+1.5rem)] xl:max-h-[calc(100dvh-10rem)] xl:self-start xl:overflow-y-auto"
    >
      <nav aria-label={t("parts")} className="text-small mb-8 leading-5.5 max-xl:hidden">
        <ContentsList entries={parts} />
      </nav>
      <Section title={t("check")} note={isComplete ? undefined : t("asSaved")}>
        {isComplete ? <CheckStatus isGood>{t("complete")}</CheckStatus> : checks}
      </Section>
      {audience}
    </aside>
  );
}

type StandingProps = {
  thing: Thing;
  reviews: readonly Review[];
  returnedBy: (name: string) => string;
};

/** Whether it waits for a reviewer, or has come back from one. */
export async function ComposerStanding({ thing, reviews, returnedBy }: StandingProps) {
  const t = await getTranslations("reviews.composer");
  if (thing.status === "in_review")
    return (
      <div className="mb-6">
        <Banner tone="warn" title={t("inReview")}>
          {t("inReviewText")}
        </Banner>
      </div>
    );
  const rejection = standingReturn(reviews, thing);
  if (!rejection) return null;
  return (
    <div className="mb-6">
      <Banner tone="danger" title={returnedBy(rejection.reviewerName)}>
        <span className="wrap-anywhere whitespace-pre-line">{rejection.reason}</span>
      </Banner>
    </div>
  );
}

type DiscardProps = {
  hidden: Record<string, string | number>;
  action: FormAction;
  /** What is asked, and what becomes of it. */
  title: string;
  text: string;
};

/** Throws a draft away; what somebody has reviewed stays to be read. */
export async function DiscardForm({ hidden, action, title, text }: DiscardProps) {
  const t = await getTranslations("reviews.composer");
  return (
    <ActionForm
      action={action}
      label={t("discard")}
      className="mt-8"
      confirm={{ title, body: text, confirmLabel: t("discard"), danger: true }}
    >
      <Hidden values={hidden} />
      <SubmitButton variant="danger">{t("discard")}</SubmitButton>
    </ActionForm>
  );
}
