import { type NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";

import { readOwnRequest } from "@/domain/requests/read-own";
import { at } from "@/lib/addresses";
import { formatDate, formatDateTime } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { publicAddress } from "@/server/public-metadata";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn, textSheet } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string; number: string }> };

/** That a request was filed, as a text file; what it says of anybody is not in it. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: given, number } = await params;
    const locale = localeIn(given);
    const request = await readOwnRequest(await currentContext(), { number });
    const [t, filing, type] = await Promise.all([
      getTranslations({ locale, namespace: "requests.filing.submitted" }),
      getTranslations({ locale, namespace: "requests.filing" }),
      getTranslations({ locale, namespace: "requests.type" }),
    ]);
    return textSheet(locale, {
      number: request.number,
      title: t("title"),
      facts: [
        [t("number"), request.number],
        [filing("check.terms.type"), type(request.type)],
        [filing("list.received"), formatDateTime(request.receivedAt, locale)],
        [filing("list.due"), formatDate(shanghaiMidnight(request.dueDate), locale)],
        ...request.files.map(
          ({ name, sha256 }) =>
            [filing("check.terms.proof"), `${name} · SHA-256 ${sha256}`] as const,
        ),
      ],
      notes: request.isDueProvisional ? [t("provisional")] : [],
      address: publicAddress(locale, at("/requests/*", request.number)),
    });
  });
}
