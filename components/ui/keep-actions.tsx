import { useTranslations } from "next-intl";

import { buttonClass, Buttons } from "./button";
import { CopyButton } from "./copy-button";
import { PrintButton } from "./print-button";

type Props = {
  /** Where the same is a text file. */
  file: string;
  /** The address of this page, in full: it stands on paper too. */
  address: string;
};

/** How a receipt is kept: on paper or as PDF by the browser's own dialog, as a file, by its address. */
export function KeepActions({ file, address }: Props) {
  const t = useTranslations("ui.keep");
  return (
    <div className="mt-8">
      <Buttons className="print:hidden">
        <a href={file} download className={buttonClass()}>
          {t("file")}
        </a>
        <PrintButton label={t("print")} variant="outline" />
      </Buttons>
      <p className="text-small text-ink-muted mt-3 flex flex-wrap items-center gap-x-1">
        {t("address")} <span className="font-mono wrap-anywhere">{address}</span>
        <CopyButton text={address} label={t("addressName")} />
      </p>
    </div>
  );
}
