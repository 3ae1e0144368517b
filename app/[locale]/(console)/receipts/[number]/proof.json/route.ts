import { type NextRequest } from "next/server";

import { readReceiptProof } from "@/domain/policies/own-answers";
import { proofDownload } from "@/server/proof-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ number: string }> };

/** The receipt as a proof that holds without us: /verify and verify.mjs check it. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { number } = await params;
    const proof = await readReceiptProof(await currentContext(), { receiptNumber: number });
    return proofDownload(number, proof);
  });
}
