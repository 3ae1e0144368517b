import { getLocale, getTranslations } from "next-intl/server";

import { CertificateSheet } from "@/components/deregistrations/certificate-sheet";
import { readCertificate } from "@/domain/deregistrations/certificate";
import { orNotFound } from "@/server/or-not-found";
import { visitorContext } from "@/server/session";
import { vendorName } from "@/server/vendor";

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
  const [ctx, { number }, { key }] = await Promise.all([visitorContext(), params, searchParams]);
  const given = typeof key === "string" ? key : null;
  const certificate = await orNotFound(readCertificate(ctx, { number, key: given }));
  return <CertificateSheet certificate={certificate} vendor={vendorName(await getLocale())} />;
}
