import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";

import { waive } from "../actions";

type Props = { account: { id: string; name: string }; versionId: string };

/** Asks one account no longer, with a reason that it will read. */
export function WaiveForm({ account, versionId }: Props) {
  const t = useTranslations("policies.ops.waive");
  return (
    <details className="mt-1">
      <summary className="text-link text-small inline-block min-h-6 cursor-pointer">
        {t("open")}
      </summary>
      <ActionForm
        action={waive}
        label={t("title", { account: account.name })}
        className="mt-2 min-w-60"
      >
        <input type="hidden" name="versionId" value={versionId} />
        <input type="hidden" name="accountId" value={account.id} />
        <TextareaField
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          required
          rows={2}
          maxLength={1000}
        />
        <div className="mt-3">
          <SubmitButton variant="outline">{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </details>
  );
}
