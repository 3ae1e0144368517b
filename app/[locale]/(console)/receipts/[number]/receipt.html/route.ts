import { type NextRequest } from "next/server";

import { findReceipt } from "@/domain/policies/own-answers";
import { readCopy } from "@/domain/policies/read-copy";
import { readStopGuide } from "@/domain/policies/stop-guide";
import { fileDownload } from "@/server/file-download";
import { receiptDocument } from "@/server/receipt-document";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";
import { vendorName } from "@/server/vendor";

type Props = { params: Promise<{ locale: string; number: string }> };

/** The receipt as a page to print or to keep, with the whole text that was answered and what follows. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: given, number } = await params;
    const locale = localeIn(given);
    const ctx = await currentContext();
    const receipt = await findReceipt(ctx, { receiptNumber: number });
    const { slug, label, contentHash: hash } = receipt;
    const copy = await readCopy(ctx, { slug, label, locale: receipt.locale, hash });
    const page = await receiptDocument({
      ...{ receipt, copy, locale, vendor: vendorName(locale), now: ctx.now },
      ways: await readStopGuide(ctx, receipt),
    });
    return fileDownload({
      name: `${number}.html`,
      mediaType: "text/html; charset=utf-8",
      bytes: new TextEncoder().encode(page),
    });
  });
}
