import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SavedMark } from "@/components/form/saved-mark";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { SubmitBar } from "@/components/ui/submit-bar";
import { type Context } from "@/domain/context";
import { type OpsVersion } from "@/domain/policies/find-version";
import { formatTime, formatTableDateTime, daysUntil } from "@/lib/format";

import { compose, discard } from "../actions";
import { ComposerAside } from "./composer-aside";
import { ComposerFields } from "./composer-fields";
import { ImportForm } from "./import-form";
import { VersionHead } from "./version-head";

type Props = OpsVersion & { ctx: Context };

/** The author's desk: the text, the changes, the questions, and beside them what will leave. */
export async function Composer({ ctx, ...read }: Props) {
  const { version, document, reviews } = read;
  const [t, locale] = await Promise.all([getTranslations("policies.ops.composer"), getLocale()]);
  const rejection = reviews.filter(({ decision }) => decision === "rejected").at(-1);
  const inReview = version.status === "in_review";
  const savedToday = daysUntil(version.updatedAt, ctx.now) === 0;

  return (
    <>
      <VersionHead
        {...read}
        actions={
          <ButtonLink href={`/ops/policies/${document.id}/${version.id}/review`}>
            {t("whatLeaves")}
          </ButtonLink>
        }
      />
      <div className="mb-6 grid gap-2 empty:hidden">
        {inReview && (
          <Banner tone="warn" title={t("inReview")}>
            {t("inReviewText")}
          </Banner>
        )}
        {rejection && !inReview && rejection.decidedAt > version.updatedAt && (
          <Banner tone="danger" title={t("rejected", { name: rejection.reviewerName })}>
            {rejection.reason}
          </Banner>
        )}
      </div>
      <ImportForm version={version} document={document} />
      <ActionForm action={compose} guard label={t("form")}>
        {/* Enter in a field presses the first button of a form: it must be the harmless one. */}
        <button
          type="submit"
          name="intent"
          value="save"
          tabIndex={-1}
          aria-hidden
          className="sr-only"
        />
        <input type="hidden" name="versionId" value={version.id} />
        <input type="hidden" name="documentId" value={document.id} />
        <input type="hidden" name="revision" value={version.revision} />
        <input type="hidden" name="locale" value={locale} />
        <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_416px]">
          <div className="min-w-0">
            <ComposerFields ctx={ctx} {...read} />
          </div>
          <ComposerAside ctx={ctx} {...read} />
        </div>
        <SubmitBar
          note={
            <span className="flex flex-wrap items-center gap-x-4">
              <SavedMark>
                {t("saved", {
                  at: savedToday
                    ? formatTime(version.updatedAt)
                    : formatTableDateTime(version.updatedAt),
                })}
              </SavedMark>
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
      {version.status === "draft" && <DiscardForm {...read} />}
    </>
  );
}

/** Throws a draft away; what somebody has reviewed stays to be read. */
async function DiscardForm({ version, reviews }: Pick<OpsVersion, "version" | "reviews">) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.composer"), getLocale()]);
  return (
    <ActionForm
      action={discard}
      label={t("discard")}
      className="mt-8"
      confirm={{
        title: t("discardTitle", { label: version.label }),
        body: t(reviews.length > 0 ? "discardKept" : "discardText"),
        confirmLabel: t("discard"),
        danger: true,
      }}
    >
      <input type="hidden" name="versionId" value={version.id} />
      <input type="hidden" name="revision" value={version.revision} />
      <input type="hidden" name="locale" value={locale} />
      <SubmitButton variant="danger">{t("discard")}</SubmitButton>
    </ActionForm>
  );
}
