import { useTranslations } from "next-intl";

import { Button, ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { REGIONS } from "@/db/vocabulary/accounts";
import type { CoverageFilters } from "@/domain/policies/coverage";
import type { Address } from "@/lib/addresses";

type Props = {
  /** The page with its language, and without. */
  address: string;
  href: Address;
  filter: CoverageFilters;
  /** Those in use. */
  tiers: readonly string[];
};

/** Narrows the accounts by name or app, region, tier, and whether they were reached; the filter is the address. */
export function AnswerFilter({ address, href, filter, tiers }: Props) {
  const t = useTranslations("policies.ops.answers.narrow");
  const regions = useTranslations("accounts.region");
  const { show, q, region, tier, unreached } = filter;
  const isFiltered = Boolean(q || region || tier || unreached);
  return (
    <search className="text-ui my-4 block print:hidden">
      <form
        action={address}
        aria-label={t("label")}
        className="grid items-end gap-x-4 gap-y-3 sm:grid-cols-2 lg:flex lg:flex-wrap"
      >
        {show !== "all" && <input type="hidden" name="show" value={show} />}
        <Field id="answers-q" label={t("q")} className="mt-0">
          <Input id="answers-q" type="search" name="q" defaultValue={q} maxLength={200} />
        </Field>
        <Field id="answers-region" label={t("region")} className="mt-0">
          <Select id="answers-region" name="region" defaultValue={region ?? ""}>
            <option value="">{t("everywhere")}</option>
            {REGIONS.map((one) => (
              <option key={one} value={one}>
                {regions(one)}
              </option>
            ))}
          </Select>
        </Field>
        {(tiers.length > 0 || tier) && (
          <Field id="answers-tier" label={t("tier")} className="mt-0">
            <Select id="answers-tier" name="tier" defaultValue={tier}>
              <option value="">{t("everyTier")}</option>
              {[...new Set([...tiers, ...(tier ? [tier] : [])])].map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          </Field>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Checkbox
            id="answers-unreached"
            name="unreached"
            value="yes"
            label={t("unreached")}
            defaultChecked={unreached === "yes"}
          />
          <Button type="submit">{t("apply")}</Button>
          {isFiltered && (
            <ButtonLink href={href} variant="text">
              {t("clear")}
            </ButtonLink>
          )}
        </div>
      </form>
    </search>
  );
}
