import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { formatNumber } from "@/lib/format";

import { remind } from "../actions";

type Props = {
  version: { id: string; label: string };
  unanswered: number;
  ahead: readonly number[];
};

/** A reminder to whoever may bind an account that has not answered. */
export async function RemindForm({ version, unanswered, ahead }: Props) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.remind"), getLocale()]);
  const words = {
    label: version.label,
    count: formatNumber(unanswered, locale),
    ahead: ahead.length,
    days: new Intl.ListFormat(locale, { type: "conjunction" }).format(ahead.map(String)),
  };
  return (
    <ActionForm
      action={remind}
      label={t("title")}
      confirm={{
        title: t("confirmTitle", words),
        body: t("confirmText"),
        confirmLabel: t("submit"),
      }}
      className="mt-6"
    >
      <input type="hidden" name="versionId" value={version.id} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton variant="outline">{t("submit")}</SubmitButton>
        <p className="text-small text-ink-muted">{t("text", words)}</p>
      </div>
    </ActionForm>
  );
}
