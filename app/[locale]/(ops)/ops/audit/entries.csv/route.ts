import { type NextRequest } from "next/server";

import { openList } from "@/domain/evidence/list-entries";
import { csvDownload } from "@/server/csv";
import { askedFilter, LINE, listedLines } from "@/server/entry-list";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

/** The listed entries as lines of a table. */
export function GET(request: NextRequest): Promise<Response> {
  return answer(async () => {
    const [ctx, filter] = [await currentContext(), askedFilter(request.nextUrl.searchParams)];
    await openList(ctx, { filter });
    return csvDownload({ name: "entries.csv", header: LINE, pages: listedLines(ctx, filter) });
  });
}
