import { useTranslations } from "next-intl";

import { CheckboxesField, RadiosField, TextField } from "@/components/form/fields";
import { STAFF_ROLES, type StaffRole } from "@/db/vocabulary/access";
import { LOCALES } from "@/db/vocabulary/languages";

/** Who is invited: the address they sign in with, the name, the language of the mails. */
export function InvitedFields() {
  const t = useTranslations("staff");
  const language = useTranslations("accounts.locale");
  return (
    <>
      <TextField
        name="email"
        type="email"
        label={t("email")}
        hint={t("emailHint")}
        required
        maxLength={254}
        autoComplete="off"
      />
      <TextField name="name" label={t("name")} required maxLength={80} autoComplete="off" />
      <RadiosField
        name="locale"
        label={t("locale")}
        hint={t("localeHint")}
        inline
        defaultValue="zh-CN"
        options={LOCALES.map((value) => ({ value, label: language(value) }))}
      />
    </>
  );
}

type Props = {
  held?: readonly StaffRole[];
  /** A second administrator has still to decide on the administrator's role. */
  isAdminProposed?: boolean;
  required?: boolean;
};

export function RoleFields({ held = [], isAdminProposed = false, required = false }: Props) {
  const t = useTranslations("staff");
  const role = useTranslations("access.staffRole");
  const hint = (value: StaffRole) => {
    if (value !== "admin" || held.includes("admin")) return t(`roleMay.${value}`);
    return `${t("roleMay.admin")}${t(isAdminProposed ? "adminWaits" : "adminByTwo")}`;
  };
  return (
    <CheckboxesField
      name="roles"
      label={t("roles")}
      required={required}
      defaultValues={held}
      options={STAFF_ROLES.map((value) => ({
        value,
        label: role(value),
        hint: hint(value),
        disabled: value === "admin" && isAdminProposed,
      }))}
    />
  );
}
