import { useLocale, useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { CheckboxesField, TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import type { PolicyVersion } from "@/db/schema";
import type { ShownBy } from "@/db/vocabulary/policies";
import { localized } from "@/lib/localized";
import { changeText } from "@/text/change-words";

import { disagree } from "../actions";

type Props = {
  account: { id: string; name: string };
  version: PolicyVersion;
  title: string;
  shownBy: ShownBy;
  /** What stopping takes, in the vendor's words. */
  stop: React.ReactNode;
};

/** Disagreement is a way of its own (P04), not a closed dialog: it says what follows and keeps the reason. */
export function DisagreeForm({ account, version, title, shownBy, stop }: Props) {
  const t = useTranslations("acknowledgements");
  const locale = useLocale();
  const { label, id, contentHash } = version;
  const statement = t("statement.disagreed", { account: account.name, title, label });
  return (
    <details className="mt-5">
      <summary className="text-link text-ui cursor-pointer">{t("disagree.open")}</summary>
      <div className="border-line mt-3 border-l-2 pl-4">
        <p className="text-ink-soft mb-3">
          {t(version.status === "in_force" ? "stop.now" : "stop.before")}
        </p>
        {stop}
        <p className="text-ink-soft mt-2">{t("disagree.follows")}</p>
        <p className="text-ink-soft mt-2 mb-3">{t("disagree.later")}</p>
        <ActionForm
          action={disagree}
          scope={account.id}
          label={t("disagree.title")}
          confirm={{
            title: t("disagree.title"),
            body: statement,
            confirmLabel: t("disagree.submit"),
            danger: true,
          }}
        >
          <input type="hidden" name="versionId" value={id} />
          <input type="hidden" name="accountId" value={account.id} />
          <input type="hidden" name="contentHash" value={contentHash ?? ""} />
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="shownBy" value={shownBy} />
          <CheckboxesField
            name="changeNumbers"
            label={t("disagree.changes")}
            hint={t("disagree.changesHint")}
            options={version.changes.map(({ text }, index) => ({
              value: String(index + 1),
              label: `${index + 1}. ${changeText(localized(text, locale).text)}`,
            }))}
          />
          <TextareaField
            name="reason"
            label={t("disagree.reason")}
            hint={t("disagree.reasonHint")}
            rows={3}
          />
          <div className="mt-3">
            <SubmitButton variant="danger">{t("disagree.submit")}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </details>
  );
}
