import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { contactMail } from "@/server/vendor";

import { appealAction, withdrawAction, writeAction } from "../actions";

/** A message to the handler, with a file where it helps; where more was asked for, it says so. */
export function WriteForm({ number, needsMore }: { number: string; needsMore: boolean }) {
  const t = useTranslations("requests.filing.write");
  return (
    <Section title={t(needsMore ? "needMore" : "title")}>
      <ActionForm action={writeAction} resetOnDone guard className="max-w-measure">
        <input type="hidden" name="number" value={number} />
        <TextareaField name="body" label={t("body")} hint={t("hint")} />
        <FileField name="file" label={t("file")} hint={t("fileHint")} />
        <div className="mt-4">
          <SubmitButton variant={needsMore ? "primary" : "outline"}>{t("send")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

/** Taking it back: asked once more, because it ends the case. */
export function WithdrawForm({ number }: { number: string }) {
  const t = useTranslations("requests.filing.withdraw");
  return (
    <Section title={t("title")}>
      <p className="max-w-measure mb-3">{t("text")}</p>
      <ActionForm
        action={withdrawAction}
        label={t("title")}
        confirm={{
          title: t("title"),
          body: t("text"),
          confirmLabel: t("submit"),
          danger: true,
        }}
      >
        <input type="hidden" name="number" value={number} />
        <SubmitButton variant="danger">{t("submit")}</SubmitButton>
      </ActionForm>
    </Section>
  );
}

/** Not content with the answer: another person takes the case up again. */
export function AppealForm({ number }: { number: string }) {
  const t = useTranslations("requests.filing.appeal");
  return (
    <Section title={t("title")}>
      <p className="max-w-measure mb-3">{t("text")}</p>
      <ActionForm action={appealAction} guard className="max-w-measure">
        <input type="hidden" name="number" value={number} />
        <TextareaField name="reason" label={t("reason")} required />
        <div className="mt-4">
          <SubmitButton variant="outline">{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

/** The appeal is answered: where to turn now. */
export async function AppealDecided() {
  const t = await getTranslations("requests.filing.appeal");
  return (
    <Section title={t("decided")}>
      <p className="max-w-measure">{t("decidedText", { contact: await contactMail() })}</p>
    </Section>
  );
}
