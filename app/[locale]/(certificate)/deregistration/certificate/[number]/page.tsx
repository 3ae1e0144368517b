import { getLocale, getTranslations } from "next-intl/server";

import { CertificateSheet } from "@/components/deregistrations/certificate-sheet";
import { readCertificate, readCertificateProof } from "@/domain/deregistrations/certificate";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress } from "@/server/public-metadata";
import { visitorContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";
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
  const asked = { number, key: typeof key === "string" ? key : null };
  const certificate = await orNotFound(readCertificate(ctx, asked));
  const proof = await readCertificateProof(ctx, asked);
  const locale = localeIn(await getLocale());
  const file = at("/deregistration/certificate/*/proof.json", number, { key: asked.key });
  return (
    <CertificateSheet
      certificate={certificate}
      proof={proof}
      proofFile={withLanguage(locale, file)}
      check={publicAddress(locale, "/verify")}
      vendor={vendorName(locale)}
    />
  );
}
