import { useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import type { SignInPurpose } from "@/db/vocabulary";

/** Where a mail of this purpose is asked for. */
export const doorOf = (purpose: SignInPurpose): string =>
  purpose === "prove_address" ? "/sign-in/prove" : "/sign-in";

type Props = { returnPath: string; purpose?: SignInPurpose };

/** A link or code that is used up or older than ten minutes: says so and offers a new one. */
export function Ended({ returnPath, purpose = "sign_in" }: Props) {
  const t = useTranslations("access.ended");
  return (
    <>
      <h1 className="text-h1 mb-3">{t("title")}</h1>
      <p className="text-ink-soft mb-8">{t("text")}</p>
      <ButtonLink
        variant="primary"
        size="lg"
        href={`${doorOf(purpose)}?return=${encodeURIComponent(returnPath)}`}
      >
        {t("again")}
      </ButtonLink>
    </>
  );
}
