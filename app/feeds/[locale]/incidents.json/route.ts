import { feedLocale, feedResponse } from "@/server/feed";
import { incidentsFile } from "@/server/public-files";
import { answer } from "@/server/route";

type Props = { params: Promise<{ locale: string }> };

/** The public incidents as they stand, for programs. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const language = feedLocale((await params).locale);
    const file = await incidentsFile(language);
    return feedResponse(request, { ...file, language, type: "application/json" });
  });
}
