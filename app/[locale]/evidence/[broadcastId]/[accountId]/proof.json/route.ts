import { type NextRequest } from "next/server";

import { readTellingProof } from "@/domain/evidence/take-evidence";
import { proofDownload } from "@/server/proof-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ broadcastId: string; accountId: string }> };

/** That this was told, and what by its fingerprint, as a proof that holds without us. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const about = await params;
    const proof = await readTellingProof(await currentContext(), about);
    return proofDownload(`telling-${about.broadcastId}`, proof);
  });
}
