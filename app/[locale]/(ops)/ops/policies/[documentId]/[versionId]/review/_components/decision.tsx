import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { countAudience } from "@/domain/policies/count-audience";
import { type OpsVersion } from "@/domain/policies/find-version";
import { TYPED_COUNT_ABOVE } from "@/domain/reviews/rules";
import { formatDateTime, formatNumber } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

import { approve, reject } from "../actions";

type Props = OpsVersion & { ctx: Context & { actor: Person } };

/** Approve or send back; who may not is told why, beside the button that stays where it is. */
export async function Decision(props: Props) {
  const { ctx, version, missing } = props;
  const t = await getTranslations("policies.ops.decision");
  const isOwn = version.writerIds.includes(ctx.actor.id);
  const reason = !may(ctx.actor, "policy.review")
    ? t("notApprover")
    : isOwn
      ? t("ownWork")
      : missing.effectiveDate
        ? t("tooLate")
        : null;
  const mayReject = may(ctx.actor, "policy.review") && !isOwn;

  return (
    <Section title={t("title")} note={t("note")}>
      {reason && (
        <div className="mb-4" id="why-not">
          <Banner tone="plain">{reason}</Banner>
        </div>
      )}
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
        {reason ? (
          <div>
            <Button disabled aria-describedby="why-not">
              {t("approve", { label: version.label })}
            </Button>
          </div>
        ) : (
          <ApproveForm {...props} />
        )}
        {mayReject && <RejectForm {...props} />}
      </div>
    </Section>
  );
}

async function ApproveForm({ ctx, version, document, isTold }: Props) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.decision"), getLocale()]);
  const { people } = isTold
    ? await countAudience(ctx, { productId: document.productId })
    : { people: 0 };
  const words = {
    label: version.label,
    at: formatDateTime(shanghaiMidnight(version.effectiveDate ?? ""), locale),
    people: formatNumber(people, locale),
  };
  return (
    <ActionForm
      action={approve}
      label={t("approve", words)}
      confirm={{
        title: t("confirmTitle", words),
        body: t(isTold ? "confirmTold" : "confirmUntold", words),
        confirmLabel: t(isTold ? "approveAndTell" : "approve", words),
      }}
    >
      <Seen {...{ version, document, locale }} />
      <p className="text-ink-muted max-w-measure mb-4">{t(isTold ? "told" : "untold", words)}</p>
      {people > TYPED_COUNT_ABOVE && (
        <TextField
          name="typedPeople"
          label={t("typed")}
          hint={t("typedHint", words)}
          required
          inputMode="numeric"
          autoComplete="off"
          className="max-w-40"
        />
      )}
      <div className="mt-4">
        <SubmitButton>{t("approve", words)}</SubmitButton>
      </div>
    </ActionForm>
  );
}

async function RejectForm({ version, document }: Props) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.decision"), getLocale()]);
  return (
    <ActionForm action={reject} label={t("reject")} guard>
      <Seen {...{ version, document, locale }} />
      <div>
        <TextareaField
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          required
          rows={4}
          maxLength={2000}
        />
      </div>
      <div className="mt-4">
        <SubmitButton variant="danger">{t("reject")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** The decision is about what was seen: its hash travels with the form. */
function Seen({
  version,
  document,
  locale,
}: Pick<Props, "version" | "document"> & { locale: string }) {
  return (
    <>
      <input type="hidden" name="versionId" value={version.id} />
      <input type="hidden" name="documentId" value={document.id} />
      <input type="hidden" name="contentHash" value={version.contentHash ?? ""} />
      <input type="hidden" name="locale" value={locale} />
    </>
  );
}
