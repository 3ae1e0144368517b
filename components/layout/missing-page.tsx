import { useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";

/** "There is no such page", inside whichever shell the address belongs to. */
export function MissingPage() {
  const t = useTranslations("errors.page");
  return (
    <ErrorPanel
      title={t("notFoundTitle")}
      actions={<ButtonLink href="/policies">{t("toPolicies")}</ButtonLink>}
    >
      {t("notFoundText")}
    </ErrorPanel>
  );
}
