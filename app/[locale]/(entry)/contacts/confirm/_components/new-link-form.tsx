import { useLocale, useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import type { ContactConfirmation } from "@/domain/accounts/find-confirmation";
import { formatDate } from "@/lib/format";

import { renewConfirmationAction } from "../actions";
import { LinkFields, type MailLink } from "./link-fields";
import { Outcome } from "./outcome";

type Props = { asked: ContactConfirmation; link: MailLink };

/** Too late for this link; its holder may have another mailed to the same address. */
export function NewLinkForm({ asked, link }: Props) {
  const t = useTranslations("contacts");
  const locale = useLocale();
  const { kind, accountName, uin, maskedEmail, expiresAt } = asked;
  return (
    <Outcome
      title={t("confirm.expired.title")}
      text={t("confirm.expired.text", {
        ...{ account: accountName, uin, email: maskedEmail, kind: t(`kindInText.${kind}`) },
        date: formatDate(expiresAt, locale),
      })}
    >
      <ActionForm
        action={renewConfirmationAction}
        doneMessage={t("confirm.expired.renewed", { email: maskedEmail })}
      >
        <LinkFields link={link} />
        <SubmitButton>{t("confirm.expired.renew")}</SubmitButton>
      </ActionForm>
    </Outcome>
  );
}
