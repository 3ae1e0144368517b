import { useLocale, useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import type { SealedProof } from "@/domain/audit/proof";
import { formatDateTime } from "@/lib/format";

/** Where in the sealed record it stands: it can be checked without us. */
export function Sealing({ proof }: { proof: SealedProof | null }) {
  const t = useTranslations("verify.sealing");
  const locale = useLocale();
  if (!proof) return <p className="text-ink-muted text-small mt-2 print:hidden">{t("waiting")}</p>;
  const { entry, sealedAt, size, stamp } = proof;
  return (
    <p className="text-ink-muted text-small mt-2">
      {t("sealed", { place: entry.place + 1, size, at: formatDateTime(sealedAt, locale) })}{" "}
      {stamp &&
        `${t("stamped", { authority: stamp.authority, at: formatDateTime(stamp.at, locale) })} `}
      <span className="print:hidden">
        <Link href="/verify">{t("verify")}</Link>
      </span>
    </p>
  );
}
