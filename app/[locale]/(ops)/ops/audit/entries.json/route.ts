import { type NextRequest } from "next/server";

import { openList } from "@/domain/evidence/list-entries";
import { askedFilter, listedProofs } from "@/server/entry-list";
import { streamDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

/** The listed entries as a list of proofs, each of which holds without us. */
export function GET(request: NextRequest): Promise<Response> {
  return answer(async () => {
    const [ctx, filter] = [await currentContext(), askedFilter(request.nextUrl.searchParams)];
    await openList(ctx, { filter });
    const pieces = listedProofs(ctx, filter);
    return streamDownload({ name: "entries.json", mediaType: "application/json", pieces });
  });
}
