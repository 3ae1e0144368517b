import { useLocale, useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { at, withLanguage } from "@/lib/addresses";

/** What somebody without an account has here: their requests, and messages about them. */
const GUEST_ROOMS = /^\/[^/]+\/(requests|inbox)(?:[/?#]|$)/;

/** The other door, for who has no account: it keeps where they wanted to go, if that is theirs. */
export function EndUserDoor({ returnPath }: { returnPath: string }) {
  const t = useTranslations("access.signIn");
  const locale = useLocale();
  const wanted = GUEST_ROOMS.test(returnPath) ? returnPath : withLanguage(locale, "/requests/new");
  return (
    <p className="text-ui text-ink-muted mt-6">
      {t("endUser")} <Link href={at("/sign-in/prove", { return: wanted })}>{t("endUserOpen")}</Link>
    </p>
  );
}
