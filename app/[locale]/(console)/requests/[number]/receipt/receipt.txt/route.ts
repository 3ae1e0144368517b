import { type NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";

import { readReceipt } from "@/domain/requests/receipt";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { publicAddress } from "@/server/public-metadata";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn, textSheet } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string; number: string }> };

export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: given, number } = await params;
    const locale = localeIn(given);
    const receipt = await readReceipt(await currentContext(), { number });
    const [t, words] = await Promise.all([
      getTranslations({ locale, namespace: "requests.receipt" }),
      getTranslations({ locale, namespace: "requests" }),
    ]);
    const type = words(`type.${receipt.type}`);
    return textSheet(locale, {
      number: receipt.receiptNumber,
      title: t("title", { number: receipt.receiptNumber }),
      facts: [
        [t("request"), t("requestText", { number: receipt.requestNumber, type })],
        [t("decision"), words(`outcome.${receipt.decision}`)],
        [t("subjects"), t("subjectsText", { count: receipt.subjectCount })],
        [t("received"), formatDateTime(receipt.receivedAt, locale)],
        [t("issued"), formatDateTime(receipt.issuedAt, locale)],
        ...receipt.stores.map(
          ({ store, action, doneAt, result, holdReason, holdText, executor, backupsUntil }) =>
            [
              words(`store.${store}`),
              [
                words(`act.${action}`),
                doneAt ? formatDateTime(doneAt, locale) : t("kept"),
                holdReason ? words(`hold.${holdReason}`) : result,
                ...[holdText, executor],
                backupsUntil && t("backups", { date: backupsUntil }),
              ]
                .filter(Boolean)
                .join(" · "),
            ] as const,
        ),
        ...receipt.users.flatMap(({ store, listHash, ...counts }) => [
          [words(`store.${store}`), t("users.counts", counts)] as const,
          [t("users.hash"), listHash] as const,
        ]),
        [t("hash"), receipt.factsHash],
      ],
      notes: [t("proof")],
      address: publicAddress(locale, at("/requests/*/receipt", receipt.requestNumber)),
    });
  });
}
