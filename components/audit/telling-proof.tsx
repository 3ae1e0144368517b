import { useLocale, useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";
import type { SealedProof } from "@/domain/audit/proof";
import { at, withLanguage } from "@/lib/addresses";

import { Sealing } from "./sealing";

type Props = { broadcastId: string; accountId: string; proof: SealedProof | null };

/** Where in the sealed record a telling stands, and its proof, for one of the accounts it went to. */
export function TellingProof({ broadcastId, accountId, proof }: Props) {
  const t = useTranslations("verify.sealing");
  const locale = useLocale();
  return (
    <div className="mt-2">
      {proof && (
        <a
          href={withLanguage(locale, at("/evidence/*/*/proof.json", broadcastId, accountId))}
          download
          className={linkClass()}
        >
          {t("telling")}
        </a>
      )}
      <Sealing proof={proof} />
    </div>
  );
}
