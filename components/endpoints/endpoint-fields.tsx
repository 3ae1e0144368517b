import { useLocale, useTranslations } from "next-intl";

import { CheckboxesField, RadiosField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { SubmitBar } from "@/components/ui/submit-bar";
import { ACCOUNT_CHANNELS, ENDPOINT_TOPICS, type EndpointTopic } from "@/db/vocabulary/endpoints";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { at } from "@/lib/addresses";

/** The fields of a new endpoint's form. */
export function EndpointFields({ accountId }: { accountId: string }) {
  const t = useTranslations("endpoints");
  return (
    <>
      <input type="hidden" name="accountId" value={accountId} />
      <RadiosField
        name="channel"
        label={t("form.channel")}
        required
        defaultValue="webhook"
        options={ACCOUNT_CHANNELS.map((value) => ({
          value,
          label: t(`channel.${value}`),
          hint: t(`channelHint.${value}`),
        }))}
      />
      <TextField
        name="address"
        type="url"
        label={t("form.address")}
        hint={t("form.addressHint")}
        required
        maxLength={500}
        autoComplete="off"
      />
      <TextField
        name="secret"
        label={t("form.secret")}
        hint={t("form.secretHint")}
        maxLength={200}
        autoComplete="off"
      />
      <ChosenFields topics={ENDPOINT_TOPICS} />
      <SubmitBar>
        <ButtonLink href={at("/account/endpoints", { account: accountId })}>
          {t("form.cancel")}
        </ButtonLink>
        <SubmitButton>{t("form.submit")}</SubmitButton>
      </SubmitBar>
    </>
  );
}

type Chosen = { name?: string; topics: readonly EndpointTopic[]; locale?: Locale };

/** What may be changed of an endpoint that stands. */
export function ChosenFields({ name, topics, locale }: Chosen) {
  const t = useTranslations("endpoints");
  const languages = useTranslations("accounts.locale");
  const reader = useLocale();
  return (
    <>
      <TextField
        name="name"
        label={t("form.name")}
        hint={t("form.nameHint")}
        required
        maxLength={60}
        defaultValue={name}
        autoComplete="off"
      />
      <CheckboxesField
        name="topics"
        label={t("form.topics")}
        required
        defaultValues={topics}
        options={ENDPOINT_TOPICS.map((value) => ({
          value,
          label: t(`topic.${value}`),
          hint: t(`topicHint.${value}`),
        }))}
      />
      <RadiosField
        name="locale"
        label={t("form.locale")}
        hint={t("form.localeHint")}
        inline
        defaultValue={locale ?? reader}
        options={LOCALES.map((value) => ({ value, label: languages(value) }))}
      />
    </>
  );
}
