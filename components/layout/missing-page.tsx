import { useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";

type Props = {
  /** On the developers' side, whose way on is their own first page. */
  inConsole?: boolean;
};

/** "There is no such page", inside whichever shell the address belongs to. */
export function MissingPage({ inConsole = false }: Props) {
  const t = useTranslations("errors.page");
  return (
    <ErrorPanel
      title={t("notFoundTitle")}
      actions={
        <ButtonLink href={inConsole ? "/home" : "/policies"}>
          {t(inConsole ? "toConsole" : "toPolicies")}
        </ButtonLink>
      }
    >
      {t("notFoundText")}
    </ErrorPanel>
  );
}
