import { getLocale, getTranslations } from "next-intl/server";

import { Sealing } from "@/components/audit/sealing";
import { Letterhead } from "@/components/layout/lockup";
import { DeletionFingerprint, DeletionResults } from "@/components/requests/deletion-receipt";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { KeepActions } from "@/components/ui/keep-actions";
import { linkClass } from "@/components/ui/link";
import { ProofSheet } from "@/components/ui/proof-sheet";
import { Section } from "@/components/ui/section";
import type { Locale } from "@/db/vocabulary/languages";
import { readDeletionProof, readReceipt } from "@/domain/requests/receipt";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress } from "@/server/public-metadata";
import { requireContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";
import { vendorName } from "@/server/vendor";

import { CheckUser } from "./_components/check-user";

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
  const proof = await readDeletionProof(ctx, { number });
  const [t, filing] = await Promise.all([
    getTranslations("requests.receipt"),
    getTranslations("requests.filing"),
  ]);
  const locale = localeIn(await getLocale());
  return (
    <>
      <ProofSheet
        crumbs={[
          { href: "/requests", label: filing("title") },
          { href: at("/requests/*", number), label: number },
        ]}
        head={<Letterhead owner={vendorName(locale)} />}
        kind={t("name")}
        number={receipt.receiptNumber}
        sentence={t("lead")}
        check={
          <>
            <DeletionFingerprint receipt={receipt} />
            <Sealing proof={proof} />
          </>
        }
        stamp={{ look: "plain", word: t("stamp"), at: receipt.issuedAt }}
        keep={
          <KeepActions
            file={withLanguage(locale, at("/requests/*/receipt/receipt.txt", number))}
            {...(proof && {
              proof: withLanguage(locale, at("/requests/*/receipt/proof.json", number)),
            })}
            address={publicAddress(locale, at("/requests/*/receipt", number))}
            check={publicAddress(locale, "/verify")}
          />
        }
      >
        <DeletionResults receipt={receipt} />
      </ProofSheet>
      {receipt.users.length > 0 && <Users number={number} locale={locale} />}
      <Buttons className="mt-6">
        <ButtonLink href={at("/requests/*", number)}>{t("back")}</ButtonLink>
      </Buttons>
    </>
  );
}

/** Looks up one user of those that were deleted one by one, without their name going anywhere. */
async function Users({ number, locale }: { number: string; locale: Locale }) {
  const t = await getTranslations("requests.receipt.users");
  const file = withLanguage(locale, at("/requests/*/receipt/users.csv", number));
  const found = {
    ...{ deleted: t("found.deleted"), absent: t("found.absent"), refused: t("found.refused") },
    ...{ by_hand: t("found.by_hand"), missing: t("found.missing"), failed: t("found.failed") },
  };
  return (
    <Section title={t("title")}>
      <p className="max-w-measure mb-3">{t("lead")}</p>
      <CheckUser
        file={file}
        words={{ label: t("label"), hint: t("hint"), check: t("check"), found }}
      />
      <p className="max-w-measure text-small mt-3">
        {t("byHand")}{" "}
        <a href={file} className={linkClass()}>
          {t("file")}
        </a>
      </p>
    </Section>
  );
}
