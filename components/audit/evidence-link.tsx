import { useLocale, useTranslations } from "next-intl";
import { type ReactNode } from "react";

import { linkClass } from "@/components/ui/link";
import { at, withLanguage } from "@/lib/addresses";

type Props = { broadcastId: string; accountId: string; children?: ReactNode };

/** Takes away how an account was told something; the account's name stands behind it where there are several. */
export function EvidenceLink({ broadcastId, accountId, children }: Props) {
  const t = useTranslations("verify.bundle");
  const locale = useLocale();
  return (
    <>
      <a
        href={withLanguage(locale, at("/evidence/*/*", broadcastId, accountId))}
        download
        className={linkClass()}
      >
        {t("download")}
      </a>
      {children && <> · {children}</>}
    </>
  );
}
