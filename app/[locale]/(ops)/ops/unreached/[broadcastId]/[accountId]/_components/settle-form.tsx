import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";

import { settle } from "../actions";

type Props = { broadcastId: string; accountId: string };

/** How the account was told after all, by phone for instance, or why it cannot be. */
export async function SettleForm({ broadcastId, accountId }: Props) {
  const t = await getTranslations("broadcasts.unreached.settle");
  return (
    <Section title={t("title")}>
      <ActionForm action={settle} label={t("title")} guard className="max-w-160">
        <input type="hidden" name="broadcastId" value={broadcastId} />
        <input type="hidden" name="accountId" value={accountId} />
        <TextareaField
          name="note"
          label={t("note")}
          hint={t("noteHint")}
          required
          rows={4}
          maxLength={2000}
        />
        <div className="mt-4">
          <SubmitButton>{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
