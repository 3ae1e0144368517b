import { useTranslations } from "next-intl";

import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { SubmitBar } from "@/components/ui/submit-bar";
import { at } from "@/lib/addresses";

type Props = {
  /** The account being renamed; without it a new one is entered. */
  account?: { id: string; name: string };
};

export function AccountFields({ account }: Props) {
  const t = useTranslations("accounts.accountForm");
  return (
    <>
      {account ? (
        <input type="hidden" name="accountId" value={account.id} />
      ) : (
        <TextField
          name="uin"
          label={t("uin")}
          hint={t("uinHint")}
          required
          inputMode="numeric"
          maxLength={40}
          autoComplete="off"
        />
      )}
      <TextField
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        required
        maxLength={120}
        defaultValue={account?.name}
        autoComplete="off"
      />
      <SubmitBar>
        <ButtonLink href={account ? at("/ops/accounts/*", account.id) : "/ops/accounts"}>
          {t("cancel")}
        </ButtonLink>
        <SubmitButton>{t(account ? "save" : "create")}</SubmitButton>
      </SubmitBar>
    </>
  );
}
