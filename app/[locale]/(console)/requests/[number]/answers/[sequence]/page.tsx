import { getLocale, getTranslations } from "next-intl/server";

import { AnswerSheet } from "@/components/requests/answer-sheet";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { readOwnAnswer } from "@/domain/requests/answer-sheet";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress } from "@/server/public-metadata";
import { requireContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";
import { vendorName } from "@/server/vendor";

type Props = { params: Promise<{ number: string; sequence: string }> };

export async function generateMetadata({ params }: Props) {
  const t = await getTranslations("requests.answerSheet");
  return { title: `${t("name")} ${(await params).number}` };
}

/** The answer of a request, to be kept and printed. */
export default async function AnswerSheetPage({ params }: Props) {
  const ctx = await requireContext("request.readOwn");
  const { number, sequence } = await params;
  const sheet = await orNotFound(readOwnAnswer(ctx, { number, sequence }));
  const [t, filing] = await Promise.all([
    getTranslations("requests.answerSheet"),
    getTranslations("requests.filing"),
  ]);
  const locale = localeIn(await getLocale());
  return (
    <>
      <AnswerSheet
        sheet={sheet}
        vendor={vendorName(locale)}
        crumbs={[
          { href: "/requests", label: filing("title") },
          { href: at("/requests/*", number), label: number },
        ]}
        address={publicAddress(locale, at("/requests/*/answers/*", number, sequence))}
        room=""
      />
      <Buttons className="mt-6 print:hidden">
        <ButtonLink href={at("/requests/*", number)}>{t("back")}</ButtonLink>
      </Buttons>
    </>
  );
}
