import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";

import { changeSecretAction, nameAction, removeAction, testAction } from "../actions";

/** Test, a new secret, the end, where one stands; and the address, the first or another. */
export function CallbackForms({ isStanding }: { isStanding: boolean }) {
  const t = useTranslations("tickets.callback");
  return (
    <>
      {isStanding && <Standing />}
      <ActionForm action={nameAction} label={t("name")} className="max-w-form mt-6" resetOnDone>
        <TextField
          name="address"
          type="url"
          label={t(isStanding ? "newAddress" : "address")}
          hint={t(isStanding ? "newAddressHint" : "addressHint")}
          required
          maxLength={500}
          autoComplete="off"
        />
        <div className="mt-4">
          <SubmitButton variant={isStanding ? "outline" : "primary"}>
            {t(isStanding ? "rename" : "name")}
          </SubmitButton>
        </div>
      </ActionForm>
    </>
  );
}

function Standing() {
  const t = useTranslations("tickets.callback");
  return (
    <div className="mt-4 flex flex-wrap gap-2 print:hidden">
      <ActionForm action={testAction} label={t("test")}>
        <SubmitButton variant="outline">{t("test")}</SubmitButton>
      </ActionForm>
      <ActionForm
        action={changeSecretAction}
        label={t("exchange")}
        confirm={{
          title: t("exchangeTitle"),
          body: <p>{t("exchangeText")}</p>,
          confirmLabel: t("exchange"),
        }}
      >
        <SubmitButton variant="outline">{t("exchange")}</SubmitButton>
      </ActionForm>
      <ActionForm
        action={removeAction}
        label={t("remove")}
        confirm={{
          title: t("removeTitle"),
          body: <p>{t("removeText")}</p>,
          confirmLabel: t("remove"),
          danger: true,
        }}
      >
        <SubmitButton variant="outline">{t("remove")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
