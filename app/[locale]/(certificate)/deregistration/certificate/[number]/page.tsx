import { getTranslations } from "next-intl/server";

import { CertificateSheet } from "@/components/deregistrations/certificate-sheet";
import { PrintButton } from "@/components/ui/print-button";
import { PageHead } from "@/components/ui/page-head";
import { readCertificate } from "@/domain/deregistrations/certificate";
import { orNotFound } from "@/server/or-not-found";
import { visitorContext } from "@/server/session";

type Props = {
  params: Promise<{ number: string }>;
  searchParams: Promise<{ key?: string | string[] }>;
};

export async function generateMetadata() {
  const t = await getTranslations("deregistrations.certificate");
  // The address holds the key: it is not to be found, nor to be passed on.
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" as const };
}

/** The certificate of an account that has gone: for who has the key of the last mail, and for staff. */
export default async function CertificatePage({ params, searchParams }: Props) {
  const [ctx, { number }, { key }, t] = await Promise.all([
    visitorContext(),
    params,
    searchParams,
    getTranslations("deregistrations.certificate"),
  ]);
  const given = typeof key === "string" ? key : null;
  const certificate = await orNotFound(readCertificate(ctx, { number, key: given }));
  return (
    <>
      <PageHead
        title={t("heading", { number: certificate.stated.number })}
        actions={<PrintButton label={t("print")} />}
      />
      <CertificateSheet certificate={certificate} />
    </>
  );
}
