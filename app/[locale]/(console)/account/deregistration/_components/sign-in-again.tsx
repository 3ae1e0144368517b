import { useLocale, useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";

/** The way to a fresh sign-in and back to this page. */
export function SignInAgain({ accountId }: { accountId: string }) {
  const t = useTranslations("deregistrations.own.form");
  const path = `/${useLocale()}/account/deregistration?account=${accountId}`;
  return (
    <>
      <p className="max-w-measure mb-3">{t("stale")}</p>
      <ButtonLink href={`/sign-in?return=${encodeURIComponent(path)}`}>{t("signIn")}</ButtonLink>
    </>
  );
}
