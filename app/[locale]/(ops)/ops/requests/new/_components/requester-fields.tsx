import { useLocale, useTranslations } from "next-intl";

import { RadiosField, TextareaField, TextField } from "@/components/form/fields";
import { LOCALES } from "@/db/vocabulary/languages";
import { CAPACITIES } from "@/domain/requests/filing-steps";

/** "own" and "on_behalf" are a developer's; in a class an underscore would be read as a space. */
const DEVELOPERS = "hidden group-has-[[name=capacity][value^=o]:checked]:block";
const OTHERS =
  "group-has-[[name=capacity][value^=o]:checked]:hidden group-has-[[name=channel][value=finding]:checked]:block!";
/** Nobody asks for what operations found by themselves (P56). */
const ASKED = "group-has-[[name=channel][value=finding]:checked]:hidden";

/** In what capacity somebody asks, who it is, and how they are answered. */
export function RequesterFields({ uin }: { uin: string }) {
  const t = useTranslations("support.log");
  const who = useTranslations("requests.filing.who");
  const locale = useLocale();
  return (
    <>
      <div className={ASKED}>
        <RadiosField
          name="capacity"
          label={t("capacity")}
          required
          defaultValue={uin ? "own" : undefined}
          options={CAPACITIES.map((value) => ({ value, label: who(`choices.${value}`) }))}
        />
        <AccountFields uin={uin} />
        <TextField
          name="requesterName"
          label={t("name")}
          required
          maxLength={80}
          autoComplete="off"
        />
        <TextField
          name="email"
          type="email"
          label={t("email")}
          hint={t("emailHint")}
          autoComplete="off"
        />
        <TextareaField
          name="replyTo"
          label={t("replyTo")}
          hint={t("replyToHint")}
          rows={2}
          maxLength={500}
        />
        <RadiosField
          name="requesterLocale"
          label={t("language")}
          inline
          defaultValue={locale}
          options={LOCALES.map((value) => ({ value, label: t(`languages.${value}`) }))}
        />
      </div>
      <div className={`mt-5 ${OTHERS}`}>
        <TextField
          name="appName"
          label={t("appName")}
          hint={t("appNameHint")}
          maxLength={100}
          required
        />
      </div>
      <TextField
        name="sdkAppId"
        label={t("sdkAppId")}
        hint={t("sdkAppIdHint")}
        inputMode="numeric"
        maxLength={20}
        className="max-w-60"
      />
    </>
  );
}

/** Which developer's account it is for, said twice: by its number and by its name. */
function AccountFields({ uin }: { uin: string }) {
  const t = useTranslations("support.log");
  return (
    <div className={`border-line mt-5 border-l-2 pl-4 ${DEVELOPERS}`}>
      <TextField
        name="uin"
        label={t("uin")}
        hint={t("uinHint")}
        required
        maxLength={40}
        inputMode="numeric"
        defaultValue={uin}
        className="max-w-60"
      />
      <TextField
        name="accountName"
        label={t("accountName")}
        hint={t("accountNameHint")}
        required
        maxLength={100}
        autoComplete="off"
        className="max-w-80"
      />
    </div>
  );
}
