import { getLocale, getTranslations } from "next-intl/server";

import { AnswerSheet } from "@/components/requests/answer-sheet";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { readStaffAnswer } from "@/domain/requests/answer-sheet";
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

/** The answer as its requester has it: for the file, or to be sent by post. */
export default async function StaffAnswerSheetPage({ params }: Props) {
  const ctx = await requireContext("request.readAsStaff");
  const { number, sequence } = await params;
  const sheet = await orNotFound(readStaffAnswer(ctx, { number, sequence }));
  const [t, desk] = await Promise.all([
    getTranslations("requests.answerSheet"),
    getTranslations("requests.desk"),
  ]);
  const locale = localeIn(await getLocale());
  const own = sheet.answer.hasPage ? "/requests/*/answers/*" : "/ops/requests/*/answers/*";
  return (
    <>
      <AnswerSheet
        sheet={sheet}
        vendor={vendorName(locale)}
        crumbs={[
          { href: "/ops/requests", label: desk("title") },
          { href: at("/ops/requests/*", number), label: number },
        ]}
        address={publicAddress(locale, at(own, number, sequence))}
        room="/ops"
      />
      <Buttons className="mt-6 print:hidden">
        <ButtonLink href={at("/ops/requests/*", number)}>{t("back")}</ButtonLink>
      </Buttons>
    </>
  );
}
