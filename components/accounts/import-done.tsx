import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { at } from "@/lib/addresses";

type Props = {
  result: { added: number; changed: number; importId: string | null };
  /** Whether the reader may look at the record. */
  canReadRecord: boolean;
};

export function ImportDone({ result: { added, changed, importId }, canReadRecord }: Props) {
  const t = useTranslations("accounts.import");
  return (
    <Banner
      tone="ok"
      role="status"
      actions={
        <>
          <ButtonLink size="sm" href="/ops/accounts">
            {t("toList")}
          </ButtonLink>
          {importId && canReadRecord && (
            <ButtonLink size="sm" href={at("/ops/audit", { importId })}>
              {t("toRecord")}
            </ButtonLink>
          )}
        </>
      }
    >
      {importId ? t("done", { added, changed }) : t("doneNothing")}
    </Banner>
  );
}
