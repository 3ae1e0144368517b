import { useLocale, useTranslations } from "next-intl";

import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { REQUEST_TYPES } from "@/db/vocabulary/requests";
import { withLanguage, at } from "@/lib/addresses";

/** Finds a request by number, ticket or type; the filter is the address. */
export function QueueFilter({ view, text, type }: { view: string; text: string; type: string }) {
  const t = useTranslations("requests.desk");
  const types = useTranslations("requests.type");
  const locale = useLocale();
  return (
    <search className="my-4 block print:hidden">
      <form
        action={withLanguage(locale, "/ops/requests")}
        className="grid items-end gap-x-4 gap-y-3 md:grid-cols-[16rem_12rem_auto] md:justify-start"
      >
        <input type="hidden" name="view" value={view} />
        <div>
          <Field id="text" label={t("filter.text")}>
            <Input id="text" name="text" maxLength={80} defaultValue={text} />
          </Field>
        </div>
        <div>
          <Field id="type" label={t("filter.type")}>
            <Select id="type" name="type" defaultValue={type}>
              <option value="">{t("filter.any")}</option>
              {REQUEST_TYPES.map((one) => (
                <option key={one} value={one}>
                  {types(one)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div className="flex gap-2">
          <Button type="submit">{t("filter.submit")}</Button>
          {(text || type) && (
            <ButtonLink variant="text" href={at("/ops/requests", { view })}>
              {t("filter.clear")}
            </ButtonLink>
          )}
        </div>
      </form>
    </search>
  );
}
