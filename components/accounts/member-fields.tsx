import { useLocale, useTranslations } from "next-intl";

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
      <RoleField role={member?.role} />
      {!member && <LanguageField hint={t("memberForm.localeHint")} />}
      <SubmitBar>
        <ButtonLink href={at("/ops/accounts/*", accountId)}>{t("memberForm.cancel")}</ButtonLink>
        <SubmitButton>{t(member ? "memberForm.save" : "memberForm.add")}</SubmitButton>
      </SubmitBar>
    </>
  );
}

/** The fields of an owner's invitation: an address and a role, and no name, which only its bearer tells. */
export function InvitationFields({ accountId }: Pick<Props, "accountId">) {
  const t = useTranslations("accounts");
  return (
    <>
      <input type="hidden" name="accountId" value={accountId} />
      <TextField
        name="email"
        type="email"
        label={t("memberForm.email")}
        hint={t("invitation.emailHint")}
        required
        maxLength={254}
        autoComplete="off"
      />
      <RoleField role={undefined} />
      <LanguageField hint={t("invitation.localeHint")} />
      <SubmitBar>
        <ButtonLink href="/account">{t("memberForm.cancel")}</ButtonLink>
        <SubmitButton>{t("invitation.submit")}</SubmitButton>
      </SubmitBar>
    </>
  );
}

function RoleField({ role: chosen }: { role: MemberRole | undefined }) {
  const t = useTranslations("accounts");
  const role = useTranslations("access.memberRole");
  return (
    <RadiosField
      name="role"
      label={t("memberForm.role")}
      required
      defaultValue={chosen}
      options={MEMBER_ROLES.map((value) => ({
        value,
        label: role(value),
        hint: t(`roleMay.${value}`),
      }))}
    />
  );
}

/** Proposes the language of the page, in which whoever adds a person works. */
function LanguageField({ hint }: { hint: string }) {
  const t = useTranslations("accounts");
  return (
    <RadiosField
      name="locale"
      label={t("memberForm.locale")}
      hint={hint}
      inline
      defaultValue={useLocale()}
      options={LOCALES.map((value) => ({ value, label: t(`locale.${value}`) }))}
    />
  );
}
