import { useTranslations } from "next-intl";

import { ButtonLink, Buttons, buttonClass } from "@/components/ui/button";

type Props = { vendor: string; contact: string };

/** Who comes here: the developer, who has an account, and the end user, who has none. */
export function TwoDoors({ vendor, contact }: Props) {
  const t = useTranslations("home.public");
  return (
    <div className="mb-12 grid gap-x-14 gap-y-8 md:mb-16 md:grid-cols-2">
      <section className="border-line border-t pt-5">
        <h2 className="text-h4">{t("developer")}</h2>
        <p className="text-ink-soft mt-2">{t("developerText")}</p>
        <Buttons className="mt-4">
          <ButtonLink href="/home" variant="primary">
            {t("signIn")}
          </ButtonLink>
        </Buttons>
      </section>
      <section className="border-line border-t pt-5">
        <h2 className="text-h4">{t("endUser")}</h2>
        <p className="text-ink-soft mt-2">{t("endUserText", { vendor })}</p>
        <Buttons className="mt-4">
          <ButtonLink href="/rights">{t("rights")}</ButtonLink>
        </Buttons>
        <Buttons className="mt-2 -ml-4">
          <ButtonLink href="/policies" variant="text">
            {t("readPolicies")}
          </ButtonLink>
          <a href={`mailto:${contact}`} className={buttonClass({ variant: "text" })}>
            {t("write")}
          </a>
        </Buttons>
      </section>
    </div>
  );
}
