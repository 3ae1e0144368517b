import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import type { AccountContact } from "@/domain/accounts/contacts-of";

import { removeContactAction, resendContactAction } from "../actions";

type Props = {
  contact: AccountContact;
  /** Who is told instead once this contact is gone; null where others remain. */
  standIns: string | null;
};

/** Send the confirmation again, while there is something to confirm; remove. */
export function ContactActions({ contact, standIns }: Props) {
  const t = useTranslations("contacts");
  const { id, kind, name, email, verifiedAt } = contact;
  const words = { kind: t(`kindInText.${kind}`), name };
  const fields = (
    <>
      <input type="hidden" name="contactId" value={id} />
    </>
  );
  return (
    <div className="flex flex-wrap gap-2 md:justify-end print:hidden">
      {!verifiedAt && (
        <ActionForm action={resendContactAction} label={t("resendNamed", words)}>
          {fields}
          <SubmitButton variant="outline" size="sm" aria-label={t("resendNamed", words)}>
            {t("resend")}
          </SubmitButton>
        </ActionForm>
      )}
      <ActionForm
        action={removeContactAction}
        label={t("removeNamed", words)}
        confirm={{
          title: t("removeTitle", words),
          body: (
            <>
              <p>{t("removeText", { email })}</p>
              {standIns !== null && <p className="mt-2">{t("removeLast", { owners: standIns })}</p>}
            </>
          ),
          confirmLabel: t("remove"),
          danger: true,
        }}
      >
        {fields}
        <SubmitButton variant="outline" size="sm" aria-label={t("removeNamed", words)}>
          {t("remove")}
        </SubmitButton>
      </ActionForm>
    </div>
  );
}
