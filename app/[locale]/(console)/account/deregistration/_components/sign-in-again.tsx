import { useLocale, useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { at, withLanguage } from "@/lib/addresses";

/** The way to a fresh sign-in and back to this page. */
export function SignInAgain({ accountId }: { accountId: string }) {
  const t = useTranslations("deregistrations.own.form");
  const path = withLanguage(useLocale(), at("/account/deregistration", { account: accountId }));
  return (
    <>
      <p className="max-w-measure mb-3">{t("stale")}</p>
      <ButtonLink href={at("/sign-in", { return: path })}>{t("signIn")}</ButtonLink>
    </>
  );
}
