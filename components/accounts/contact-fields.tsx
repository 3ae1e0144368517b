import { useLocale, useTranslations } from "next-intl";

import { RadiosField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { SubmitBar } from "@/components/ui/submit-bar";
import { CONTACT_KINDS, type ContactKind } from "@/db/vocabulary/accounts";
import { LOCALES } from "@/db/vocabulary/languages";
import { at } from "@/lib/addresses";

/** The fields of a new contact's form. `kind` is chosen already. */
export function ContactFields({ accountId, kind }: { accountId: string; kind: ContactKind }) {
  const t = useTranslations("contacts");
  const languages = useTranslations("accounts.locale");
  const locale = useLocale();
  return (
    <>
      <input type="hidden" name="accountId" value={accountId} />
      <RadiosField
        name="kind"
        label={t("form.kind")}
        required
        defaultValue={kind}
        options={CONTACT_KINDS.map((value) => ({
          value,
          label: t(`kind.${value}`),
          hint: t(`told.${value}`),
        }))}
      />
      <TextField
        name="email"
        type="email"
        label={t("form.email")}
        hint={t("form.emailHint")}
        required
        maxLength={254}
        autoComplete="off"
      />
      <TextField
        name="name"
        label={t("form.name")}
        hint={t("form.nameHint")}
        required
        maxLength={80}
        autoComplete="off"
      />
      <RadiosField
        name="locale"
        label={t("form.locale")}
        hint={t("form.localeHint")}
        inline
        defaultValue={locale}
        options={LOCALES.map((value) => ({ value, label: languages(value) }))}
      />
      <SubmitBar>
        <ButtonLink href={at("/account/contacts", { account: accountId })}>
          {t("form.cancel")}
        </ButtonLink>
        <SubmitButton>{t("form.submit")}</SubmitButton>
      </SubmitBar>
    </>
  );
}
