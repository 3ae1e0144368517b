import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { CopyLine } from "@/components/ui/copy-button";
import { formatDateTime } from "@/lib/format";

type Props = { name: string; token: string; oldEndsAt?: Date };

/** A token in full, this once. */
export function NewToken({ name, token, oldEndsAt }: Props) {
  const t = useTranslations("tickets.tokens");
  const locale = useLocale();
  return (
    <Banner tone="warn" title={t(oldEndsAt ? "rotated" : "created", { name })}>
      <p>{t("once")}</p>
      {oldEndsAt && <p>{t("oldUntil", { at: formatDateTime(oldEndsAt, locale) })}</p>}
      <CopyLine text={token} label={t("token")} />
    </Banner>
  );
}
