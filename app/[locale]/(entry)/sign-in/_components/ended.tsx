import { useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";

/** A link or code that is used up or older than ten minutes: says so and offers a new one. */
export function Ended({ returnPath }: { returnPath: string }) {
  const t = useTranslations("access.ended");
  return (
    <>
      <h1 className="text-h1 mb-3">{t("title")}</h1>
      <p className="text-ink-soft mb-8">{t("text")}</p>
      <ButtonLink
        variant="primary"
        size="lg"
        href={`/sign-in?return=${encodeURIComponent(returnPath)}`}
      >
        {t("again")}
      </ButtonLink>
    </>
  );
}
