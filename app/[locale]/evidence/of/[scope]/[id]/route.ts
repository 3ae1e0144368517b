import { type NextRequest } from "next/server";

import { gatherInput } from "@/domain/evidence/gather";
import { parse } from "@/domain/parse";
import { gatherEvidence } from "@/server/evidence-gathered";
import { streamDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ scope: string; id: string }> };

/** All there is about a thing, or of some days, as a bundle that holds without us: to whose it is, and to auditors. */
export function GET(request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const days = Object.fromEntries(request.nextUrl.searchParams);
    const asked = parse(gatherInput, { ...days, ...(await params) });
    const { name, pieces } = await gatherEvidence(await currentContext(), asked);
    return streamDownload({ name, mediaType: "application/zip", pieces });
  });
}
