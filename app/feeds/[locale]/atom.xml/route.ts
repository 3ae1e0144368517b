import { atomOf, updatedAt } from "@/lib/feed";
import { feedResponse, readFeed } from "@/server/feed";
import { answer } from "@/server/route";

type Props = { params: Promise<{ locale: string }> };

/** What was told to everybody, for feed readers. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const feed = await readFeed((await params).locale);
    return feedResponse(request, {
      ...{ body: atomOf(feed), type: "application/atom+xml" },
      ...{ language: feed.language, updated: updatedAt(feed) },
    });
  });
}
