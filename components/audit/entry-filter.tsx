import { useLocale, useTranslations } from "next-intl";

import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { type AuditAction, type SubjectType } from "@/domain/audit/entries";
import { type AuditFilter } from "@/domain/audit/input";
import { withLanguage } from "@/lib/addresses";

type Props = {
  filter: AuditFilter;
  actions: readonly AuditAction[];
  subjectTypes: readonly SubjectType[];
  isFiltered: boolean;
};

/** The filters, which are the address of the page: to be kept, sent to a colleague, gone back to. */
export function EntryFilter({ filter, actions, subjectTypes, isFiltered }: Props) {
  const t = useTranslations("audit");
  const locale = useLocale();
  return (
    <search className="mb-5 block print:hidden">
      <form
        aria-label={t("filter.label")}
        action={withLanguage(locale, "/ops/audit")}
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 md:grid-cols-3 xl:grid-cols-[repeat(5,minmax(0,1fr))_auto]"
      >
        <Kept filter={filter} />
        <div className="max-md:col-span-2">
          <Field id="actor" label={t("filter.actor")}>
            <Input
              id="actor"
              name="actor"
              maxLength={200}
              defaultValue={filter.actor}
              placeholder={t("filter.actorHint")}
            />
          </Field>
        </div>
        <div>
          <Field id="action" label={t("filter.action")}>
            <Select id="action" name="action" defaultValue={filter.action}>
              <option value="">{t("filter.anyAction")}</option>
              {actions.map((action) => (
                <option key={action} value={action}>
                  {t(`actions.${action}`)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div>
          <Field id="subjectType" label={t("filter.subjectType")}>
            <Select id="subjectType" name="subjectType" defaultValue={filter.subjectType}>
              <option value="">{t("filter.anySubject")}</option>
              {subjectTypes.map((type) => (
                <option key={type} value={type}>
                  {t(`subject.${type}`)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div>
          <Field id="from" label={t("filter.from")}>
            <Input id="from" name="from" type="date" defaultValue={filter.from} />
          </Field>
        </div>
        <div>
          <Field id="to" label={t("filter.to")}>
            <Input id="to" name="to" type="date" defaultValue={filter.to} />
          </Field>
        </div>
        <div className="flex flex-wrap gap-2 max-xl:col-span-full">
          <Button type="submit">{t("filter.submit")}</Button>
          {isFiltered && (
            <ButtonLink href="/ops/audit" variant="text">
              {t("filter.clear")}
            </ButtonLink>
          )}
        </div>
      </form>
    </search>
  );
}

/** Filters that come by a link and not from a field; the form keeps them. */
function Kept({ filter }: { filter: AuditFilter }) {
  const t = useTranslations("audit.filter");
  const { subjectId, accountId, importId, entry } = filter;
  const kept = [
    { name: "subjectId", value: subjectId, label: t("onlySubject") },
    { name: "accountId", value: accountId, label: t("onlyAccount") },
    { name: "importId", value: importId, label: t("onlyImport") },
    { name: "entry", value: entry, label: t("onlyEntry") },
  ].filter(({ value }) => value !== undefined);
  if (kept.length === 0) return null;
  return (
    <div className="text-ink-soft col-span-full">
      {kept.map(({ name, value, label }) => (
        <p key={name}>
          {label} <code className="text-small text-ink-muted wrap-anywhere">{value}</code>
          <input type="hidden" name={name} value={value} />
        </p>
      ))}
    </div>
  );
}
