import { useLocale, useTranslations } from "next-intl";

import { ReadingHead } from "@/components/layout/reading-page";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import type { ContactConfirmation } from "@/domain/accounts/find-confirmation";
import { formatDateTime } from "@/lib/format";

import { confirmContactAction } from "../actions";
import { LinkFields, type MailLink } from "./link-fields";

type Props = { asked: ContactConfirmation; link: MailLink };

/** The question, what a yes means, and the one button. */
export function ConfirmForm({ asked, link }: Props) {
  const t = useTranslations("contacts");
  const locale = useLocale();
  const { kind, accountName, uin, maskedEmail, expiresAt } = asked;
  return (
    <>
      <ReadingHead
        title={t("confirm.title")}
        lead={t.rich("confirm.text", {
          ...{ account: accountName, uin, email: maskedEmail, kind: t(`kindInText.${kind}`) },
          strong: (text) => <strong>{text}</strong>,
        })}
      />
      <p className="text-ink-soft">{t(`confirm.then.${kind}`)}</p>
      <p className="text-ink-soft mb-8">{t("confirm.mandatory")}</p>
      <ActionForm action={confirmContactAction}>
        <LinkFields link={link} />
        <SubmitButton>{t("confirm.submit")}</SubmitButton>
      </ActionForm>
      <p className="text-ink-muted text-ui mt-8">
        {t("confirm.refuse", { date: formatDateTime(expiresAt, locale) })}
      </p>
    </>
  );
}
