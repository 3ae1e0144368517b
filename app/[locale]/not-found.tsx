import { useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";

/** Said inside whichever shell the missing page belongs to. */
export default function NotFoundPage() {
  const t = useTranslations("errors.page");
  return (
    <div className="mx-auto max-w-312 px-5 md:px-8">
      <ErrorPanel
        title={t("notFoundTitle")}
        actions={<ButtonLink href="/policies">{t("toPolicies")}</ButtonLink>}
      >
        {t("notFoundText")}
      </ErrorPanel>
    </div>
  );
}
