import { getLocale, getTranslations } from "next-intl/server";

import { DeletionReceiptSheet } from "@/components/requests/deletion-receipt";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { KeepActions } from "@/components/ui/keep-actions";
import { PageHead } from "@/components/ui/page-head";
import { readReceipt } from "@/domain/requests/receipt";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress } from "@/server/public-metadata";
import { requireContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ number: string }> };

export async function generateMetadata({ params }: Props) {
  const { number } = await params;
  return { title: number };
}

/** The deletion receipt, to be kept and printed. */
export default async function DeletionReceiptPage({ params }: Props) {
  const ctx = await requireContext("request.readOwn");
  const { number } = await params;
  const receipt = await orNotFound(readReceipt(ctx, { number }));
  const [t, filing] = await Promise.all([
    getTranslations("requests.receipt"),
    getTranslations("requests.filing"),
  ]);
  const locale = localeIn(await getLocale());
  return (
    <>
      <PageHead
        crumbs={[
          { href: "/requests", label: filing("title") },
          { href: at("/requests/*", number), label: number },
        ]}
        title={t("title", { number: receipt.receiptNumber })}
        note={t("lead")}
      />
      <DeletionReceiptSheet receipt={receipt} />
      <KeepActions
        file={withLanguage(locale, at("/requests/*/receipt/receipt.txt", number))}
        address={publicAddress(locale, at("/requests/*/receipt", number))}
      />
      <Buttons className="mt-6">
        <ButtonLink href={at("/requests/*", number)}>{t("back")}</ButtonLink>
      </Buttons>
    </>
  );
}
