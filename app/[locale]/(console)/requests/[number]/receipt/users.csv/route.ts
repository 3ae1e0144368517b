import { type NextRequest } from "next/server";

import { readReceiptUsers } from "@/domain/requests/receipt";
import { csvDownload } from "@/server/csv";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ number: string }> };

/** What became of each user, by salted hash: whoever has the receipt finds a user in it without naming them. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { number } = await params;
    const lists = await readReceiptUsers(await currentContext(), { number });
    return csvDownload({
      name: `${number}-users.csv`,
      header: ["salt", "sha256", "outcome", "code", "gone"],
      pages: pagesOf(lists),
    });
  });
}

async function* pagesOf(lists: Awaited<ReturnType<typeof readReceiptUsers>>) {
  for (const { disposalId, users } of lists)
    yield users.map(({ hash, outcome, code, isGone }) => [
      ...[disposalId, hash, outcome, code === null ? null : String(code)],
      isGone === null ? null : String(isGone),
    ]);
}
