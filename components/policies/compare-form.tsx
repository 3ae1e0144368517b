import { useLocale, useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import type { VersionStatus } from "@/db/vocabulary/policies";
import { formatTableDate } from "@/lib/format";

type Choice = { label: string; status: VersionStatus; effectiveAt: Date | null };

type Props = {
  /** Address of the comparison, with the language: where a GET form leads. */
  action: string;
  versions: readonly Choice[];
  before: string;
  after: string;
  /** Kept as they are: how the comparison is shown. */
  kept: Record<string, string>;
};

/** Any two published versions; a plain form, so the choice becomes an address. */
export function CompareForm({ action: address, versions, before, after, kept }: Props) {
  const t = useTranslations("policies.compare");
  return (
    <form
      action={address}
      aria-label={t("choose")}
      className="text-ui flex flex-wrap items-center gap-x-3 gap-y-2 print:hidden"
    >
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <VersionSelect name="since" label={t("from")} value={before} versions={versions} />
      <VersionSelect name="to" label={t("to")} value={after} versions={versions} />
      <Button type="submit">{t("submit")}</Button>
    </form>
  );
}

type SelectProps = { name: string; label: string; value: string; versions: readonly Choice[] };

function VersionSelect({ name, label, value, versions }: SelectProps) {
  const t = useTranslations("policies.compare");
  const locale = useLocale();
  return (
    <label className="flex items-center gap-2">
      <span className="text-ink-muted">{label}</span>
      <Select key={`${locale} ${value}`} name={name} defaultValue={value} className="w-auto">
        {versions.map(({ label: version, status, effectiveAt }) => (
          <option key={version} value={version}>
            {status === "withdrawn" || !effectiveAt
              ? t("optionWithdrawn", { label: version })
              : t("option", { label: version, date: formatTableDate(effectiveAt) })}
          </option>
        ))}
      </Select>
    </label>
  );
}
