import { type NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";

import type { Context } from "@/domain/context";
import { exportAudienceApps } from "@/domain/incidents/saved-audiences";
import { csvDownload } from "@/server/csv";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string; audienceId: string }> };
type Page = Awaited<ReturnType<typeof exportAudienceApps>>;

/** The apps that a saved audience finds now, each with why, as a file. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale, audienceId } = await params;
    const ctx = await currentContext();
    const first = await exportAudienceApps(ctx, { audienceId });
    const t = await getTranslations({
      ...{ locale: localeIn(locale), namespace: "incidents.desk.audienceList" },
    });
    return csvDownload({
      name: `audience-${audienceId}.csv`,
      header: ["SDKAppID", t("app"), t("account"), "UIN", t("why")],
      pages: pagesOf(ctx, { audienceId, first }),
    });
  });
}

async function* pagesOf(ctx: Context, asked: { audienceId: string; first: Page }) {
  const { audienceId, first } = asked;
  let page = first;
  yield page.rows.map(lineOf);
  while (page.next) {
    page = await exportAudienceApps(ctx, { audienceId, page: page.next });
    yield page.rows.map(lineOf);
  }
}

const lineOf = ({ sdkAppId, name, accountName, uin, reason }: Page["rows"][number]) => [
  ...[sdkAppId, name, accountName, uin, reason],
];
