import { useTranslations } from "next-intl";

import { CheckboxField, RadiosField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { SubmitBar } from "@/components/ui/submit-bar";
import { MEMBER_ROLES, type MemberRole } from "@/db/vocabulary/access";
import { LOCALES } from "@/db/vocabulary/languages";
import { at } from "@/lib/addresses";

type Props = {
  accountId: string;
  /** The member being changed; without it one is added. */
  member?: { id: string; name: string; email: string; role: MemberRole };
};

/** The fields of a member's form. Whoever is known keeps their own language, and their address until it is changed on its own. */
export function MemberFields({ accountId, member }: Props) {
  const t = useTranslations("accounts");
  const role = useTranslations("access.memberRole");
  return (
    <>
      <input type="hidden" name="accountId" value={accountId} />
      {member ? (
        <>
          <input type="hidden" name="memberId" value={member.id} />
          <input type="hidden" name="email" value={member.email} />
        </>
      ) : (
        <>
          <input type="hidden" name="asNew" value="yes" />
          <TextField
            name="email"
            type="email"
            label={t("memberForm.email")}
            hint={t("memberForm.emailHint")}
            required
            maxLength={254}
            autoComplete="off"
          />
          <CheckboxField
            name="isAnotherPerson"
            label={t("memberForm.anotherPerson")}
            hint={t("memberForm.anotherPersonHint")}
          />
        </>
      )}
      <TextField
        name="name"
        label={t("memberForm.name")}
        hint={t("memberForm.nameHint")}
        required
        maxLength={80}
        defaultValue={member?.name}
        autoComplete="off"
      />
      <RadiosField
        name="role"
        label={t("memberForm.role")}
        required
        defaultValue={member?.role}
        options={MEMBER_ROLES.map((value) => ({
          value,
          label: role(value),
          hint: t(`roleMay.${value}`),
        }))}
      />
      {!member && (
        <RadiosField
          name="locale"
          label={t("memberForm.locale")}
          hint={t("memberForm.localeHint")}
          inline
          defaultValue="zh-CN"
          options={LOCALES.map((value) => ({ value, label: t(`locale.${value}`) }))}
        />
      )}
      <SubmitBar>
        <ButtonLink href={at("/ops/accounts/*", accountId)}>{t("memberForm.cancel")}</ButtonLink>
        <SubmitButton>{t(member ? "memberForm.save" : "memberForm.add")}</SubmitButton>
      </SubmitBar>
    </>
  );
}
