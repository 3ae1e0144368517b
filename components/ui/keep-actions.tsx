import { useTranslations } from "next-intl";

import { buttonClass, Buttons } from "./button";
import { CopyTextButton } from "./copy-button";
import { PrintButton } from "./print-button";
import { QrCode } from "./qr-code";

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
  /** Where a proof is checked, in full: on paper alone, for on the screen a link leads there. */
  check?: string;
};

/** How a receipt is kept: on paper or as PDF by the browser's own dialog, as a file, by its address. */
export function KeepActions({ page, file, data, proof, address, check }: Props) {
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
      <div className="print:flex print:items-center print:gap-4">
        {check && <PaperCode text={address ?? check} />}
        <div className="text-small text-ink-muted min-w-0">
          {address && (
            <p className="mt-3">
              {t("address")} <span className="font-mono wrap-anywhere">{address}</span>
            </p>
          )}
          {check && (
            <p className="hidden print:block">
              {t("check")} <span className="font-mono wrap-anywhere">{check}</span>
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

/** Leads from the paper to where its proof is taken or checked. */
function PaperCode({ text }: { text: string }) {
  const t = useTranslations("ui.keep");
  return (
    <div className="hidden flex-none print:block">
      <QrCode text={text} label={t("code", { address: text })} className="size-24" />
    </div>
  );
}
