import { useLocale, useTranslations } from "next-intl";

import { ButtonLink, Buttons } from "@/components/ui/button";
import type { ContactConfirmation } from "@/domain/accounts/find-confirmation";
import { at, withLanguage } from "@/lib/addresses";
import { formatDate } from "@/lib/format";

import { Outcome } from "./outcome";

/** Confirmed: just now, or by an earlier mail. */
export function Confirmation({ asked }: { asked: ContactConfirmation }) {
  const t = useTranslations("contacts");
  const locale = useLocale();
  const { kind, accountName, uin, maskedEmail, verifiedAt } = asked;
  return (
    <Outcome
      title={t("confirm.used.title")}
      text={t("confirm.used.text", {
        ...{ email: maskedEmail, account: accountName, uin, kind: t(`kindInText.${kind}`) },
        date: verifiedAt ? formatDate(verifiedAt, locale) : "",
      })}
      more={t("confirm.used.after")}
    >
      <Buttons>
        <ButtonLink
          variant="primary"
          size="lg"
          href={at("/sign-in", { return: withLanguage(locale, "/inbox") })}
        >
          {t("confirm.used.signIn")}
        </ButtonLink>
        <ButtonLink size="lg" href="/">
          {t("confirm.home")}
        </ButtonLink>
      </Buttons>
    </Outcome>
  );
}
