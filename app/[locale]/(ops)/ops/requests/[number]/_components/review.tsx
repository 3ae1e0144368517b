import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Section } from "@/components/ui/section";

import { approve, sendBack } from "../actions";
import { type CaseParts } from "./parts";
import { Seen } from "./seen";
import { WordsForm } from "./words-form";

/** The second person's verdict on the proposal that waits. */
export function Review({ ctx, found }: CaseParts) {
  const t = useTranslations("cases.review");
  const waiting = found.decisions.find(({ verdict }) => verdict === null);
  if (!waiting || found.status !== "in_review") return null;
  const decisionId = <input type="hidden" name="decisionId" value={waiting.id} />;
  if (waiting.proposedBy === ctx.actor.id)
    return (
      <Section title={t("title")}>
        <Banner tone="plain">{t("own")}</Banner>
      </Section>
    );
  return (
    <Section title={t("title")}>
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
        <ActionForm
          action={approve}
          label={t("approve")}
          confirm={{
            title: t("approveTitle"),
            body: t("approveNote"),
            confirmLabel: t("approve"),
          }}
        >
          <Seen found={found} />
          {decisionId}
          <p className="text-ink-soft max-w-measure mb-3">{t("approveNote")}</p>
          <SubmitButton>{t("approve")}</SubmitButton>
        </ActionForm>
        <WordsForm
          found={found}
          action={sendBack}
          act={t("sendBack")}
          name="reason"
          label={t("reason")}
          maxLength={2000}
          danger
        >
          {decisionId}
        </WordsForm>
      </div>
    </Section>
  );
}
