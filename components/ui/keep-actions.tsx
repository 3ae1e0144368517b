import { useTranslations } from "next-intl";

import { buttonClass, Buttons } from "./button";
import { CopyTextButton } from "./copy-button";
import { PrintButton } from "./print-button";

type Props = {
  /** Where the same is a page that stands by itself, with the text it is about. */
  page?: string;
  /** Where the same is a text file. */
  file?: string;
  /** Where it is a file for programs, with everything it is about. */
  data?: string;
  /** Where it is a proof that holds by itself (/verify). */
  proof?: string;
  /** The address of this page, in full: it stands on paper too. None where the address is a key. */
  address?: string;
};

/** How a receipt is kept: on paper or as PDF by the browser's own dialog, as a file, by its address. */
export function KeepActions({ page, file, data, proof, address }: Props) {
  const t = useTranslations("ui.keep");
  return (
    <div className="mt-5 print:mt-4">
      <Buttons className="print:hidden">
        <PrintButton label={t("print")} variant="outline" />
        {page && (
          <a href={page} download className={buttonClass()}>
            {t("page")}
          </a>
        )}
        {file && (
          <a href={file} download className={buttonClass()}>
            {t("file")}
          </a>
        )}
        {data && (
          <a href={data} download className={buttonClass()}>
            {t("data")}
          </a>
        )}
        {proof && (
          <a href={proof} download className={buttonClass()}>
            {t("proof")}
          </a>
        )}
        {address && <CopyTextButton text={address} label={t("copy")} />}
      </Buttons>
      {address && (
        <p className="text-small text-ink-muted mt-3">
          {t("address")} <span className="font-mono wrap-anywhere">{address}</span>
        </p>
      )}
    </div>
  );
}
