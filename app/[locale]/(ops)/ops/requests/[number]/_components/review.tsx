import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Section } from "@/components/ui/section";

import { approve, sendBack } from "../actions";
import { type CaseParts } from "./parts";
import { Seen } from "./seen";

/** The second person's verdict on the proposal that waits. */
export function Review({ ctx, found }: CaseParts) {
  const t = useTranslations("cases.review");
  const waiting = found.decisions.find(({ verdict }) => verdict === null);
  if (!waiting || found.status !== "in_review") return null;
  const subject = (
    <>
      <Seen found={found} />
      <input type="hidden" name="decisionId" value={waiting.id} />
    </>
  );
  if (waiting.proposedBy === ctx.actor.id)
    return (
      <Section title={t("title")}>
        <Banner tone="plain">{t("own")}</Banner>
      </Section>
    );
  return (
    <Section title={t("title")}>
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
        <ActionForm action={approve} label={t("approve")}>
          {subject}
          <SubmitButton>{t("approve")}</SubmitButton>
        </ActionForm>
        <ActionForm action={sendBack} label={t("sendBack")} guard>
          {subject}
          <TextareaField name="reason" label={t("reason")} required rows={3} maxLength={2000} />
          <div className="mt-3">
            <SubmitButton variant="danger">{t("sendBack")}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </Section>
  );
}
