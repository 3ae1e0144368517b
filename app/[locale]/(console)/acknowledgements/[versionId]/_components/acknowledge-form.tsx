import { useLocale, useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { CheckboxField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import type { PolicyVersion } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import type { ShownBy } from "@/db/vocabulary/policies";
import { formatDate, formatTableDate } from "@/lib/format";

import { acknowledge } from "../actions";

type Props = {
  account: { id: string; name: string };
  version: PolicyVersion;
  title: string;
  shownBy: ShownBy;
};

/** An unticked box beside the sentence that will stand in the proof, and a button that says which version. */
export function AcknowledgeForm({ account, version, title, shownBy }: Props) {
  const t = useTranslations("acknowledgements");
  const locale = useLocale() as Locale;
  const { label, effectiveAt, contentHash, id } = version;
  return (
    <ActionForm
      action={acknowledge}
      scope={account.id}
      label={t("page.acknowledgeFor", { account: account.name })}
    >
      <input type="hidden" name="versionId" value={id} />
      <input type="hidden" name="accountId" value={account.id} />
      <input type="hidden" name="contentHash" value={contentHash ?? ""} />
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="shownBy" value={shownBy} />
      <CheckboxField
        name="confirmed"
        label={t("statement.acknowledged", { account: account.name, title, label })}
      />
      <div className="mt-3">
        <SubmitButton>
          {t("page.acknowledge", { label, date: effectiveAt ? dayOf(effectiveAt, locale) : "" })}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

/** As a button holds it in one line. */
const dayOf = (moment: Date, locale: Locale): string =>
  locale === "zh-CN" ? formatTableDate(moment) : formatDate(moment, locale);
