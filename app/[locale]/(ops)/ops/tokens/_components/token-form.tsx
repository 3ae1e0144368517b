import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { CheckboxesField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { TOKEN_SCOPES } from "@/db/vocabulary/tickets";
import { TOKEN_DAYS } from "@/domain/tickets/input";
import { addDays, shanghaiDay } from "@/lib/shanghai";

import { createTokenAction } from "../actions";

/** A new token: its name, what it may do, and until when. */
export function TokenForm({ now }: { now: Date }) {
  const t = useTranslations("tickets.tokens");
  return (
    <Section title={t("new")}>
      <ActionForm action={createTokenAction} label={t("new")} className="max-w-form">
        <TextField
          name="name"
          label={t("name")}
          hint={t("nameHint")}
          required
          maxLength={60}
          autoComplete="off"
        />
        <CheckboxesField
          name="scopes"
          label={t("scopes")}
          options={TOKEN_SCOPES.map((scope) => ({
            value: scope,
            label: t(`scope.${scope}`),
            hint: t(`scopeHint.${scope}`),
          }))}
          defaultValues={["ticket_links"]}
        />
        <TextField
          name="expiresOn"
          type="date"
          label={t("expiresOn")}
          hint={t("expiresOnHint", { days: TOKEN_DAYS.most })}
          required
          defaultValue={addDays(shanghaiDay(now), TOKEN_DAYS.standard)}
          className="max-w-60"
        />
        <div className="mt-5">
          <SubmitButton>{t("create")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
