import { feedLocale, feedResponse } from "@/server/feed";
import { effectiveDates } from "@/server/public-files";
import { answer } from "@/server/route";

type Props = { params: Promise<{ locale: string }> };

/** The days on which versions take effect, for calendars. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const language = feedLocale((await params).locale);
    const file = await effectiveDates(language);
    return feedResponse(request, { ...file, language, type: "text/calendar" });
  });
}
