import { type NextRequest } from "next/server";

import { readEntryProof } from "@/domain/audit/proof";
import { proofDownload } from "@/server/proof-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ seq: string }> };

/** One entry of the record as a proof that holds without us. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { seq } = await params;
    return proofDownload(`entry-${seq}`, await readEntryProof(await currentContext(), { seq }));
  });
}
