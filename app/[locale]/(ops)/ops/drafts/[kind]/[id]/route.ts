import { type NextRequest } from "next/server";

import { keepDraft } from "@/server/keep-draft";

type Props = { params: Promise<{ kind: string; id: string }> };

/** What somebody has typed of a draft and not saved, and that they have it open. */
export async function POST(request: NextRequest, { params }: Props): Promise<Response> {
  return keepDraft(request, await params);
}
