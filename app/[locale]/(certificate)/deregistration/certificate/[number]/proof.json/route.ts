import { type NextRequest } from "next/server";

import { readCertificateProof } from "@/domain/deregistrations/certificate";
import { proofDownload } from "@/server/proof-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ number: string }> };

/** The certificate as a proof that holds without us, for who has its key, and for staff. */
export function GET(request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const asked = { ...(await params), key: request.nextUrl.searchParams.get("key") };
    const proof = await readCertificateProof(await currentContext(), asked);
    return proofDownload(asked.number, proof);
  });
}
