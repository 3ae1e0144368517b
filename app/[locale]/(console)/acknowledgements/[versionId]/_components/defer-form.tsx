import { useLocale, useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import type { PolicyVersion } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import { formatDate } from "@/lib/format";
import { addDays } from "@/lib/shanghai";

import { defer } from "../actions";

type Props = { account: { id: string; name: string }; version: PolicyVersion; today: string };

/** Not now, but on a day of one's own choice before the version takes effect. */
export function DeferForm({ account, version, today }: Props) {
  const t = useTranslations("acknowledgements.defer");
  const locale = useLocale() as Locale;
  const { effectiveDate, effectiveAt, id } = version;
  if (!effectiveDate || !effectiveAt) return null;
  const [first, last] = [addDays(today, 1), addDays(effectiveDate, -1)];
  if (first > last) return null;
  return (
    <details className="mt-5">
      <summary className="text-link text-ui cursor-pointer">{t("open")}</summary>
      <div className="border-line mt-3 border-l-2 pl-4">
        <p className="text-ink-soft mb-3">{t("text")}</p>
        <ActionForm action={defer} scope={account.id} label={t("title")}>
          <input type="hidden" name="versionId" value={id} />
          <input type="hidden" name="accountId" value={account.id} />
          <TextField
            name="until"
            label={t("until")}
            hint={t("hint", { date: formatDate(effectiveAt, locale) })}
            type="date"
            min={first}
            max={last}
            required
          />
          <div className="mt-3">
            <SubmitButton variant="outline">{t("submit")}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </details>
  );
}
