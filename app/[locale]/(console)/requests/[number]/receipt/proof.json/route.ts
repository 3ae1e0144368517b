import { type NextRequest } from "next/server";

import { readDeletionProof } from "@/domain/requests/receipt";
import { answer } from "@/server/route";
import { proofDownload } from "@/server/proof-download";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ number: string }> };

/** The deletion receipt as a proof that holds without us: /verify and verify.mjs check it. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { number } = await params;
    return proofDownload(number, await readDeletionProof(await currentContext(), { number }));
  });
}
