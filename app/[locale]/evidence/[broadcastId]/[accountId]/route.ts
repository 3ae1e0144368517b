import { type NextRequest } from "next/server";

import { evidenceBundle } from "@/server/evidence-bundle";
import { fileDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ broadcastId: string; accountId: string }> };

/** How one account was told and what it answered: a bundle that holds without us, for its members and auditors. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { name, bytes } = await evidenceBundle(await currentContext(), await params);
    return fileDownload({ name, mediaType: "application/zip", bytes });
  });
}
