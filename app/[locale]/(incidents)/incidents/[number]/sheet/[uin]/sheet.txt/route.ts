import { type NextRequest } from "next/server";

import { findFactSheet } from "@/domain/incidents/downstream";
import { at } from "@/lib/addresses";
import { publicAddress } from "@/server/public-metadata";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn, textSheet } from "@/server/text-sheet";
import { vendorName } from "@/server/vendor";
import { factSheetWords } from "@/wording/fact-sheet";

type Props = { params: Promise<{ locale: string; number: string; uin: string }> };

/** The fact sheet as a plain text file, word for word what its page says. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: given, number, uin } = await params;
    const locale = localeIn(given);
    const sheet = await findFactSheet(await currentContext(), { number, uin });
    const words = factSheetWords(sheet, locale, vendorName(locale));
    return textSheet(locale, {
      number: `${sheet.number}-${sheet.account.uin}`,
      title: words.title,
      facts: [...words.moments, ...words.facts],
      notes: [
        words.lead,
        words.disclaimer,
        words.momentsNote,
        ...words.parts.map(({ title, lines }) => [title, ...lines].join("\n")),
      ],
      address: publicAddress(locale, at("/incidents/*/sheet/*", sheet.number, sheet.account.uin)),
    });
  });
}
