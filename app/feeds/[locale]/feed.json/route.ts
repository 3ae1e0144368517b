import { jsonFeedOf, updatedAt } from "@/lib/feed";
import { feedResponse, readFeed } from "@/server/feed";
import { answer } from "@/server/route";

type Props = { params: Promise<{ locale: string }> };

/** What was told to everybody, for programs. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const feed = await readFeed((await params).locale);
    return feedResponse(request, {
      ...{ body: jsonFeedOf(feed), type: "application/feed+json" },
      ...{ language: feed.language, updated: updatedAt(feed) },
    });
  });
}
