import { type NextRequest } from "next/server";

import { findReceipt } from "@/domain/policies/own-answers";
import { readCopy } from "@/domain/policies/read-copy";
import { at } from "@/lib/addresses";
import { fileDownload } from "@/server/file-download";
import { publicAddress } from "@/server/public-metadata";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string; number: string }> };

/** The receipt for programs, with the whole text that was answered: its sha256 (RFC 8785) is `contentHash`. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: given, number } = await params;
    const locale = localeIn(given);
    const ctx = await currentContext();
    const receipt = await findReceipt(ctx, { receiptNumber: number });
    const { slug, label, contentHash: hash } = receipt;
    const { content } = await readCopy(ctx, { slug, label, locale, hash });
    const text = JSON.stringify(
      {
        receiptNumber: receipt.receiptNumber,
        address: publicAddress(locale, at("/receipts/*", number)),
        answer: receipt.answer,
        reason: receipt.reason,
        changeNumbers: receipt.changeNumbers,
        statement: receipt.statement,
        statementLanguage: receipt.locale,
        account: { uin: receipt.uin, name: receipt.accountName },
        person: { name: receipt.personName, role: receipt.memberRole },
        answeredAt: receipt.answeredAt,
        given: receipt.shownBy && {
          shownBy: receipt.shownBy,
          signedInAt: receipt.signedInAt,
          factorAt: receipt.factorAt,
          visitHash: receipt.visitHash,
          // SHA-256 over the salt's bytes and {"browser":…,"network":…} in canonical JSON is visitHash.
          visit: typeof receipt.visit === "string" ? null : receipt.visit,
        },
        withdrawal: receipt.withdrawal,
        version: {
          titles: receipt.titles,
          label,
          effectiveAt: receipt.effectiveAt,
          address: publicAddress(locale, at("/policies/*/*", slug, label)),
          contentHash: receipt.contentHash,
          content,
        },
      },
      null,
      2,
    );
    return fileDownload({
      name: `${number}.json`,
      mediaType: "application/json",
      bytes: new TextEncoder().encode(`${text}\n`),
    });
  });
}
