import { type NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";

import { findReceipt } from "@/domain/policies/own-answers";
import { readCopy } from "@/domain/policies/read-copy";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { publicAddress } from "@/server/public-metadata";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn, textSheet } from "@/server/text-sheet";
import { answerGiven } from "@/wording/answer-given";

type Props = { params: Promise<{ locale: string; number: string }> };

/** The receipt to read anywhere, with the whole text that was answered. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: given, number } = await params;
    const locale = localeIn(given);
    const ctx = await currentContext();
    const receipt = await findReceipt(ctx, { receiptNumber: number });
    const [t, answers] = await Promise.all([
      getTranslations({ locale, namespace: "acknowledgements.receipt" }),
      getTranslations({ locale, namespace: "acknowledgements.answer" }),
    ]);
    const { accountName, uin, personName, memberRole, slug, label, effectiveAt } = receipt;
    const { withdrawal, reason, answeredAt, statement, contentHash } = receipt;
    return textSheet(locale, {
      number: receipt.receiptNumber,
      title: t("title", { number: receipt.receiptNumber }),
      facts: [
        [t("answer"), answers(receipt.answer)],
        [t("statement"), statement],
        [t("account"), t("accountText", { account: accountName, uin })],
        [t("person"), `${personName} · ${t(`role.${memberRole}`)}`],
        [t("answeredAt"), formatDateTime(answeredAt, locale)],
        [t("version"), t("versionText", { title: receipt.titles[locale], label })],
        effectiveAt && [
          t(withdrawal ? "plannedAt" : "effectiveAt"),
          formatDateTime(effectiveAt, locale),
        ],
        withdrawal && [t("withdrawnShort"), withdrawal.reason],
        reason ? [t("reason"), reason] : null,
        ...answerGiven(receipt, locale),
        [t("hash"), contentHash],
        [
          t("text"),
          `${publicAddress(locale, at("/policies/*/*", slug, label))}${receipt.isCorrectedSince ? `.html?text=${contentHash}` : ""}`,
        ],
      ],
      notes: [t("proof")],
      address: publicAddress(locale, at("/receipts/*", receipt.receiptNumber)),
      // In the language of the sentence: what its person had before their eyes.
      about: {
        title: t("versionText", { title: receipt.titles[receipt.locale], label }),
        body: (await readCopy(ctx, { slug, label, locale: receipt.locale, hash: contentHash })).text
          .body,
      },
    });
  });
}
