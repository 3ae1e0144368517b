import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { type OpsVersion } from "@/domain/policies/find-version";

import { withdraw } from "../actions";

type Props = Pick<OpsVersion, "version">;

/** Possible until its midnight; it stays readable and says that it was withdrawn. */
export async function WithdrawForm({ version }: Props) {
  const t = await getTranslations("policies.ops.withdraw");
  return (
    <Section title={t("title")}>
      <p className="text-ink-muted max-w-measure mb-4">{t("text")}</p>
      <ActionForm
        action={withdraw}
        confirm={{
          title: t("confirmTitle", { label: version.label }),
          body: t("confirmText"),
          confirmLabel: t("submit"),
          danger: true,
        }}
        className="max-w-160"
      >
        <input type="hidden" name="versionId" value={version.id} />
        <div>
          <TextareaField
            name="reason"
            label={t("reason")}
            hint={t("reasonHint")}
            required
            rows={3}
            maxLength={2000}
          />
        </div>
        <div className="mt-4">
          <SubmitButton variant="danger">{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
