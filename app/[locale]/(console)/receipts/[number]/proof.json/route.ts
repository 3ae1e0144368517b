import { type NextRequest } from "next/server";

import { proofText } from "@/domain/audit/proof";
import { NotFound } from "@/domain/errors";
import { readReceiptProof } from "@/domain/policies/own-answers";
import { fileDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ number: string }> };

/** The receipt as a proof that holds without us: /verify and verify.mjs check it. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { number } = await params;
    const proof = await readReceiptProof(await currentContext(), { receiptNumber: number });
    if (!proof) throw new NotFound("errors.notFound");
    return fileDownload({
      name: `${number}.proof.json`,
      mediaType: "application/json",
      bytes: new TextEncoder().encode(proofText(proof.file)),
    });
  });
}
