import { useLocale, useTranslations } from "next-intl";

import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { SEVERITIES } from "@/db/vocabulary/incidents";
import type { Locale } from "@/db/vocabulary/languages";
import { INCIDENT_STATES, type PublishedFilter } from "@/domain/incidents/input";
import { withLanguage } from "@/lib/addresses";

type Props = {
  filter: Pick<PublishedFilter, "product" | "state" | "severity" | "q">;
  products: readonly { slug: string; product: Record<Locale, string> }[];
  isFiltered: boolean;
};

/** Narrows the list by words, product, status and severity; the filter is the address. */
export function IncidentFilter({ filter, products, isFiltered }: Props) {
  const t = useTranslations("incidents.list");
  const severities = useTranslations("notices.severity");
  const locale = useLocale();
  return (
    <search className="text-ui mb-8 block print:hidden">
      <form
        aria-label={t("filter")}
        action={withLanguage(locale, "/incidents")}
        className="grid items-end gap-x-4 gap-y-3 sm:grid-cols-[repeat(3,minmax(0,11rem))_auto] sm:justify-start"
      >
        <div className="sm:col-span-3">
          <Field id="incident-search" label={t("words")} hint={t("wordsHint")}>
            <Input
              id="incident-search"
              type="search"
              name="q"
              defaultValue={filter.q}
              maxLength={80}
              aria-describedby="incident-search-hint"
            />
          </Field>
        </div>
        <div className="max-sm:hidden" />
        <div>
          <Field id="product" label={t("product")}>
            <Select id="product" name="product" defaultValue={filter.product ?? ""}>
              <option value="">{t("all")}</option>
              {products.map(({ slug, product }) => (
                <option key={slug} value={slug}>
                  {product[locale]}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div>
          <Field id="state" label={t("state")}>
            <Select id="state" name="state" defaultValue={filter.state ?? ""}>
              <option value="">{t("all")}</option>
              {INCIDENT_STATES.map((state) => (
                <option key={state} value={state}>
                  {t(`states.${state}`)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div>
          <Field id="severity" label={t("severity")}>
            <Select id="severity" name="severity" defaultValue={filter.severity ?? ""}>
              <option value="">{t("all")}</option>
              {SEVERITIES.map((severity) => (
                <option key={severity} value={severity}>
                  {severities(severity)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button type="submit">{t("apply")}</Button>
          {isFiltered && (
            <ButtonLink href="/incidents" variant="text">
              {t("clear")}
            </ButtonLink>
          )}
        </div>
      </form>
    </search>
  );
}
