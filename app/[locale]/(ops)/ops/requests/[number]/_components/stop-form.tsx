import { useLocale, useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { MomentField } from "@/components/form/moment-field";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { formatDateTime } from "@/lib/format";

import { stop } from "../actions";
import { type RequestParts } from "./request-parts";
import { RevisionFields } from "./revision-fields";

/** What was stopped and when, in the words of the person who knows; asked once, until it is said (P38). */
export function StopForm({ ctx, found }: Pick<RequestParts, "ctx" | "found">) {
  const t = useTranslations("requests.desk.do");
  const reads = useTranslations("requests.desk.case.reads");
  const locale = useLocale();
  const { stopOrderedAt, stopConfirmedAt, status, handlerId } = found;
  if (!stopOrderedAt || stopConfirmedAt || status === "withdrawn") return null;
  if (handlerId !== ctx.actor.id) return null;
  return (
    <Section title={t("stopTitle")}>
      <ActionForm
        action={stop}
        label={t("stopTitle")}
        guard
        className="max-w-form"
        confirm={{ title: t("stopAsk"), body: t("stopAskBody"), confirmLabel: t("stop") }}
      >
        <RevisionFields found={found} />
        <p className="text-ink-soft mb-3">
          {t("stopLead", { date: formatDateTime(stopOrderedAt, locale) })}
        </p>
        <div>
          <MomentField name="stoppedAt" label={t("stoppedAt")} required at={null} />
          <TextareaField
            name="what"
            label={t("stopWhat")}
            hint={`${t("stopHint")} ${reads(found.locale)}`}
            required
            rows={3}
            maxLength={2000}
          />
        </div>
        <div className="mt-3">
          <SubmitButton>{t("stop")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
