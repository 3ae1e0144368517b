import { type NextRequest } from "next/server";

import { readTellingProof } from "@/domain/evidence/take-evidence";
import { readKnowingProof } from "@/domain/inbox/know";
import { proofDownload } from "@/server/proof-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ broadcastId: string; accountId: string }> };

/**
 * That this was told, and what by its fingerprint, as a proof that holds without us; with `?of=known`
 * that the reader said for the account that they know of it.
 */
export function GET({ nextUrl }: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const about = await params;
    const ctx = await currentContext();
    return nextUrl.searchParams.get("of") === "known"
      ? proofDownload(`known-${about.broadcastId}`, await readKnowingProof(ctx, about))
      : proofDownload(`telling-${about.broadcastId}`, await readTellingProof(ctx, about));
  });
}
