import { type NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";

import { reasonText } from "@/app/[locale]/(ops)/ops/_notices/reason-text";
import type { Locale } from "@/db/vocabulary/languages";
import type { Context } from "@/domain/context";
import { readReason } from "@/domain/incidents/audience-reason";
import { exportAudienceApps } from "@/domain/incidents/saved-audiences";
import { csvDownload } from "@/server/csv";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string; audienceId: string }> };
type Page = Awaited<ReturnType<typeof exportAudienceApps>>;

/** The apps that a saved audience finds now, each with why in words and as it is stored, as a file. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: asked, audienceId } = await params;
    const locale = localeIn(asked);
    const ctx = await currentContext();
    const first = await exportAudienceApps(ctx, { audienceId });
    const t = await getTranslations({
      ...{ locale, namespace: "incidents.desk.audienceList" },
    });
    return csvDownload({
      name: `audience-${audienceId}.csv`,
      header: ["SDKAppID", t("app"), t("account"), "UIN", t("why"), t("whyCode")],
      pages: pagesOf(ctx, { audienceId, first, locale }),
    });
  });
}

async function* pagesOf(ctx: Context, asked: { audienceId: string; first: Page; locale: Locale }) {
  const { audienceId, first, locale } = asked;
  let page = first;
  yield page.rows.map((row) => lineOf(row, locale));
  while (page.next) {
    page = await exportAudienceApps(ctx, { audienceId, page: page.next });
    yield page.rows.map((row) => lineOf(row, locale));
  }
}

const lineOf = (
  { sdkAppId, name, accountName, uin, reason }: Page["rows"][number],
  locale: Locale,
): string[] => [
  ...[sdkAppId, name, accountName, uin],
  ...[reasonText(readReason(reason), locale), reason],
];
