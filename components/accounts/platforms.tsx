import { useTranslations } from "next-intl";

import type { Platform } from "@/db/vocabulary/accounts";

type Props = {
  apiOnly: boolean;
  platforms: readonly { platform: Platform; sdkVersion: string }[];
};

/** How an app integrates: each platform with its SDK's version, or the server's API alone. */
export function Platforms({ apiOnly, platforms }: Props) {
  const t = useTranslations("accounts");
  if (apiOnly) return <>{t("apiOnly")}</>;
  return (
    <ul className="flex flex-wrap gap-x-4">
      {platforms.map(({ platform, sdkVersion }) => (
        <li key={platform} className="whitespace-nowrap">
          {t(`platform.${platform}`)} <span className="tabular-nums">{sdkVersion}</span>
        </li>
      ))}
    </ul>
  );
}
