import { type NextRequest } from "next/server";

import { proofText, readEntryProof } from "@/domain/audit/proof";
import { fileDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ seq: string }> };

/** One entry of the record as a proof that holds without us. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { seq } = await params;
    const { file } = await readEntryProof(await currentContext(), { seq });
    return fileDownload({
      name: `entry-${seq}.proof.json`,
      mediaType: "application/json",
      bytes: new TextEncoder().encode(proofText(file)),
    });
  });
}
