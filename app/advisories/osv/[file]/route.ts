import { osvFile } from "@/server/advisories";
import { answer } from "@/server/route";

type Props = { params: Promise<{ file: string }> };

/** Public incidents in the Open Source Vulnerability format. */
export async function GET(_: Request, { params }: Props): Promise<Response> {
  return answer(async () => osvFile((await params).file));
}
