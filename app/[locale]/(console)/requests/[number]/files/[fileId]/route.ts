import { type NextRequest } from "next/server";

import { openOwnFile } from "@/domain/requests/open-own-file";
import { fileDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ number: string; fileId: string }> };

/** A file of the reader's own request, as an attachment; the look is on the record. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => fileDownload(await openOwnFile(await currentContext(), await params)));
}
