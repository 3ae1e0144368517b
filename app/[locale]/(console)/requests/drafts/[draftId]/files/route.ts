import { type NextRequest } from "next/server";

import { receiveProof } from "@/server/proof-upload";

type Props = { params: Promise<{ draftId: string }> };

/** One file of a draft as raw bytes, its name in the query: what shows the progress of an upload. */
export async function POST(request: NextRequest, { params }: Props): Promise<Response> {
  return receiveProof(request, await params);
}
