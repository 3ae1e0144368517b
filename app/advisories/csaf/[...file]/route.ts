import { csafFolder } from "@/server/advisories";
import { answer } from "@/server/route";

type Props = { params: Promise<{ file: string[] }> };

/** Public incidents as CSAF 2.0 documents, in a provider's folder. */
export async function GET(_: Request, { params }: Props): Promise<Response> {
  return answer(async () => csafFolder((await params).file));
}
